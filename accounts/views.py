from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import erasure
from accounts.export import archive
from accounts.middleware import SignedInRequest
from accounts.models import User
from accounts.overview import overview
from accounts.preferences import PreferencesForm
from accounts.privacy import sections
from accounts.redirects import sign_in_to_post

ASKED_ONCE = "erase_asked_once"


@login_required
@require_GET
def account(request: SignedInRequest) -> HttpResponse:
    form = PreferencesForm(instance=request.user)
    return render(
        request, "accounts/account.html", {"form": form, "overview": overview(request.user)}
    )


@require_POST
@sign_in_to_post
def preferences(request: SignedInRequest) -> HttpResponse:
    # A copy: an invalid form writes into its instance, and the page shows the person as stored.
    person = User.objects.get(pk=request.user.pk)
    form = PreferencesForm(request.POST, instance=person)
    if not form.is_valid():
        context = {"form": form, "overview": overview(request.user)}
        return render(request, "accounts/account.html", context)
    form.save()
    messages.success(request, _("Your preferences are saved."))
    return redirect("account")


@require_POST
@sign_in_to_post
def export(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    response = HttpResponse(archive(user=request.user, now=now), content_type="application/zip")
    name = f"cairn-{now:%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
@reauthentication_required(app="allauth.account")
def erase(request: SignedInRequest) -> HttpResponse:
    """The first question: what goes, what stays, and the e-mail address typed."""
    if erasure.is_last_superuser(request.user):
        return render(request, "accounts/erase_refused.html", status=403)
    form = erasure.EmailForm(request.POST or None, user=request.user)
    if form.is_valid():
        request.session[ASKED_ONCE] = request.user.pk
        return redirect("erase_confirm")
    return render(request, "accounts/erase.html", {"form": form, "sections": sections()})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
@reauthentication_required(app="allauth.account")
def erase_confirm(request: SignedInRequest) -> HttpResponse:
    """The second question, only after the first; then the account is gone."""
    if request.session.get(ASKED_ONCE) != request.user.pk:
        return redirect("erase")
    if request.method != "POST":
        return render(request, "accounts/erase_confirm.html")
    email = request.user.email
    try:
        erasure.erase(user=request.user)
    except erasure.LastSuperuserError:
        return redirect("erase")
    say_goodbye(request, email)
    return redirect("home")


def say_goodbye(request: HttpRequest, email: str) -> None:
    # The account is gone whatever the mail server says.
    mail = get_adapter().render_mail("account/email/account_erased", email, {})
    mail.send(fail_silently=True)
    logout(request)
    messages.success(request, _("Your account and everything that belonged to it are deleted."))
