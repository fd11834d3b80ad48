from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.admin import AuthenticatorAdmin
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.erasure import is_last_superuser
from accounts.models import User

# The admin's own sign-in page knows neither rate limits nor second factors.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class OnlySuperusers:
    """Whoever may change people can become anyone: staff alone is not enough."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_module_permission(request)


class NewPersonForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "display_name"]


class PersonForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        stays = self.cleaned_data.get("is_superuser") and self.cleaned_data.get("is_active")
        before = User.objects.get(pk=self.instance.pk)
        if is_last_superuser(before) and not stays:
            raise forms.ValidationError(
                _("This is the last active superuser. Make someone else one first.")
            )
        return data


@admin.register(User)
class PersonAdmin(OnlySuperusers, DjangoUserAdmin):
    form = PersonForm
    add_form = NewPersonForm
    list_display = ["email", "display_name", "is_staff", "is_active", "date_joined", "last_login"]
    list_filter = ["is_staff", "is_superuser", "is_active", "groups", "date_joined"]
    search_fields = ["email", "display_name"]
    ordering = ["-date_joined"]
    date_hierarchy = "date_joined"
    filter_horizontal = ["groups", "user_permissions"]
    readonly_fields = ["date_joined", "last_login"]
    fieldsets = [
        (None, {"fields": ["email", "display_name", "password"]}),
        (_("Preferences"), {"fields": ["time_zone", "theme"]}),
        (
            _("May do"),
            {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]},
        ),
        (_("Dates"), {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "display_name", "usable_password", "password1", "password2"]})
    ]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (isinstance(obj, User) and is_last_superuser(obj))

    def save_model(self, request: HttpRequest, obj: User, form: forms.Form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            # A new address has to be confirmed at the next sign-in; the old one opens nothing.
            EmailAddress.objects.filter(user=obj).delete()
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True)


admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class SecondFactorAdmin(OnlySuperusers, AuthenticatorAdmin):
    """For helping someone who lost every factor: look and remove, never the secrets."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    fields = readonly_fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
