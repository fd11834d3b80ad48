"""Classes for whoever runs the site. What a class does, it does on its own pages."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cohorts.log import note
from cohorts.models import Cohort, Invitation, LogEntry, Membership, Role
from courses.admin.base import ReadOnlyAdmin


@admin.register(Cohort)
class CohortAdmin(ReadOnlyAdmin):
    list_display = ["name", "term", "course", "created_at", "archived_at"]
    list_filter = ["course", "archived_at"]
    search_fields = ["name", "term", "slug", "members__user__email"]
    list_select_related = ["course"]
    date_hierarchy = "created_at"


class MembershipForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["role", "listed_as", "number", "extra_time"]

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        owners = Membership.objects.filter(cohort=self.instance.cohort_id, role=Role.OWNER)
        if role == Role.OWNER and owners.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                _("The class has an owner. Make that person a teacher of it first.")
            )
        if role == Role.OWNER and self.instance.left_at:
            raise forms.ValidationError(_("Who has left the class cannot own it."))
        return role


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Here a class whose owner erased their account gets another."""

    form = MembershipForm
    list_display = ["user", "cohort", "role", "joined_at", "left_at"]
    list_filter = ["role"]
    search_fields = ["user__email", "listed_as", "cohort__name"]
    list_select_related = ["user", "cohort"]
    fields = ["cohort", "user", "role", "listed_as", "number", "extra_time", "group"]
    readonly_fields = ["cohort", "user", "group"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def save_model(
        self, request: HttpRequest, obj: Membership, form: forms.ModelForm, change: bool
    ) -> None:
        before = Role(form.initial["role"])
        super().save_model(request, obj, form, change)
        if before != obj.role:
            note(
                cohort=obj.cohort,
                kind=LogEntry.Kind.PEOPLE,
                what=_("Role, by whoever runs the site"),
                by=cast(User, request.user),
                now=timezone.now(),
                about=obj,
                before=before.label,
                after=obj.get_role_display(),
            )


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "cohort", "role", "invited_at", "accepted_at"]
    search_fields = ["email", "cohort__name"]
    list_select_related = ["cohort"]
    exclude = ["token"]


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "cohort", "kind", "what", "actor"]
    list_filter = ["kind"]
    search_fields = ["what", "cohort__name", "actor__email"]
    list_select_related = ["cohort", "actor"]
