"""Publishing, archiving and taking back, several at once."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import model_ngettext
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses import editing
from courses.admin.archiving import ArchivingAdmin
from courses.admin.base import ContentAdmin
from courses.models import Status


class StatusAdmin(ArchivingAdmin, ContentAdmin):
    """For things with a status: `course` is the lookup to the id of the course of one."""

    stays: ClassVar[str | Promise] = gettext_lazy(
        "Readers no longer see it. What learners did with it stays with them, and is there again "
        "once you bring it back."
    )
    again = gettext_lazy("It becomes a draft. Readers see it once you publish it.")
    actions = ["publish", "archive", "back_to_draft"]

    @admin.action(description=gettext_lazy("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        done = self.set_status(request, queryset, Status.PUBLISHED)
        self.say(request, done, ngettext("%s is published.", "%s are published.", len(done)))
        self.warn(request, done)

    @admin.action(description=gettext_lazy("Back to draft"), permissions=["change"])
    def back_to_draft(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        done = self.set_status(request, queryset, Status.DRAFT)
        self.say(request, done, ngettext("%s is a draft again.", "%s are drafts again.", len(done)))

    def is_archived(self, obj: Any) -> bool:
        return bool(obj.status == Status.ARCHIVED)

    def set_archived(self, things: Sequence[Any], archived: bool) -> None:
        self.put_status(things, Status.ARCHIVED if archived else Status.DRAFT)

    def put_status(self, things: Sequence[Any], status: str) -> None:
        """Into the database, and nothing else."""
        editing.set_status(things=things, status=status, course=self.course)

    @transaction.atomic
    def set_status(
        self, request: HttpRequest, queryset: QuerySet[Any], status: str
    ) -> Sequence[Any]:
        """Those whose status was another one; each change is in its history."""
        things = list(queryset.exclude(status=status).select_related(self.course))
        with self.recording(request, things):
            self.put_status(things, status)
        for thing in things:
            thing.status = status
        LogEntry.objects.log_actions(
            request.user.pk,  # type: ignore[arg-type]
            things,
            CHANGE,
            [{"changed": {"fields": [_("status")]}}],
        )
        return things

    def say(self, request: HttpRequest, done: Sequence[Any], sentence: str) -> None:
        if not done:
            self.message_user(request, _("Nothing to do: it was so already."), messages.INFO)
            return
        what = f"{len(done)} {model_ngettext(self.opts, len(done))}"
        self.message_user(request, sentence % what, messages.SUCCESS)

    def warn(self, request: HttpRequest, things: Iterable[Any]) -> None:
        for gap in self.gaps(things):
            self.message_user(request, gap, messages.WARNING)

    def gaps(self, things: Iterable[Any]) -> Iterable[str]:
        """What is published but would leave a reader wanting; a sentence each."""
        return ()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.status == Status.PUBLISHED:
            self.warn(request, [form.instance])

    def is_on_site(self, obj: Any) -> bool:
        return bool(obj.status != Status.ARCHIVED)
