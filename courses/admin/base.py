"""What the admin's pages of content have in common, and those that only show."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _

from courses.admin.fields import ProseFields
from courses.admin.object_history import HistoryAdmin
from courses.admin.racing import SavesAgain
from courses.models import (
    ConceptTick,
    Enrolment,
    LessonDraft,
    LessonProgress,
    ReferenceTick,
    Revision,
)

ROWS = 50
# Rows that would be deleted along with content, though they belong to a learner.
LEARNERS: tuple[type[models.Model], ...] = (ConceptTick, Enrolment, LessonProgress, ReferenceTick)
# What editors wrote, which would go along with it.
EDITORS: tuple[type[models.Model], ...] = (Revision, LessonDraft)


class ContentAdmin(ProseFields, SavesAgain, HistoryAdmin):
    """Content that editors write. It is archived rather than deleted."""

    list_per_page = ROWS
    save_on_top = True

    class Media:
        css = {"all": ["css/admin.css"]}

    def view_on_site(self, obj: Any) -> str | None:
        """Straight to the page, and only where there is one to see."""
        return obj.get_absolute_url() if self.is_on_site(obj) else None

    def is_on_site(self, obj: Any) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors archive. What never was of any use, a superuser takes away."""
        return bool(request.user.is_superuser) and super().has_delete_permission(request, obj)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Refuses, in words, what learners' rows, history and drafts point at."""
        listed, count, needed, protected = super().get_deleted_objects(objs, request)
        of_learners = _("%(number)d × %(rows)s of learners. Archive it instead of deleting it.")
        of_editors = _("%(number)d × %(rows)s. Archive it instead of deleting it.")
        for kinds, said in ((LEARNERS, of_learners), (EDITORS, of_editors)):
            for model in kinds:
                name = model._meta.verbose_name
                needed.discard(name)
                if found := count.get(str(model._meta.verbose_name_plural)):
                    protected.append(said % {"number": found, "rows": name})
        return listed, count, needed, protected


class ReadOnlyAdmin(admin.ModelAdmin):
    """What learners did: looked up by those with the permission to view, changed by nobody."""

    list_per_page = ROWS
    view_on_site = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only with the person: who may delete an account takes its rows along."""
        where = request.resolver_match.url_name if request.resolver_match else None
        with_person = where in {"accounts_user_delete", "accounts_user_changelist"}
        return with_person and super().has_delete_permission(request, obj)


def percent(share: float | None) -> str:
    return "" if share is None else f"{round(share * 100)}%"
