from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from accounts.models import User


@dataclass(frozen=True)
class Overview:
    """How a person's account is protected, as the account page says it."""

    confirmed: bool
    totp: bool
    passkeys: int
    recovery_codes: int

    @property
    def second_factor(self) -> bool:
        return self.totp or self.passkeys > 0


def overview(user: User) -> Overview:
    """Two queries."""
    factors = list(Authenticator.objects.filter(user=user))
    codes = [factor for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES]
    return Overview(
        confirmed=EmailAddress.objects.filter(user=user, primary=True, verified=True).exists(),
        totp=any(factor.type == Authenticator.Type.TOTP for factor in factors),
        passkeys=sum(factor.type == Authenticator.Type.WEBAUTHN for factor in factors),
        recovery_codes=sum(len(code.wrap().get_unused_codes()) for code in codes),
    )
