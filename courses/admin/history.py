"""The course's history: who changed what, each change by itself, and every version again."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import (
    ChoicesFieldListFilter,
    DateFieldListFilter,
    RelatedOnlyFieldListFilter,
)
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.ids import is_id
from courses.admin.base import ReadOnlyAdmin
from courses.admin.restoring import RestoresVersions, may_restore
from courses.content.documents import Document
from courses.content.writing import to_yaml
from courses.history.restoring import document_now
from courses.history.showing import parts_of
from courses.history.telling import figures, tell, what_of, with_before
from courses.models import Revision
from courses.models.history import RevisionQuerySet

ROWS = 30
# So many earlier and later versions can be chosen to compare with.
CHOICES = 100


class Told(ChangeList):
    """The list knows what each row changed."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        for told in tell(self.result_list, timezone.now()):
            told.revision.told = told  # type: ignore[attr-defined]


class ByPerson(RelatedOnlyFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("person")


class BySource(ChoicesFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("where it came from")


class ByDate(DateFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("date")


@admin.register(Revision)
class RevisionAdmin(RestoresVersions, ReadOnlyAdmin):
    list_per_page = ROWS
    list_display = ["change", "why", "made_at"]
    list_filter = [
        ("made_by", ByPerson),
        ("source", BySource),
        "mark",
        ("made_at", ByDate),
        ("course", RelatedOnlyFieldListFilter),
        "name",
    ]
    search_fields = ["note"]
    search_help_text = gettext_lazy("Words of a note")
    date_hierarchy = "made_at"
    ordering = ["-pk"]
    show_full_result_count = False

    class Media:
        css = {"all": ["css/admin-history.css"]}

    def get_queryset(self, request: HttpRequest) -> RevisionQuerySet:
        return with_before(Revision.objects.select_related("made_by", "course", "lesson__track"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Told

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context = {"title": _("What changed in the course"), **(extra_context or {})}
        return super().changelist_view(request, context)

    @admin.display(description=gettext_lazy("change"))
    def change(self, revision: Any) -> str:
        words = figures(revision.told)
        return (
            format_html("{} ({})", revision.told.sentence, words)
            if words
            else revision.told.sentence
        )

    @admin.display(description=gettext_lazy("why"))
    def why(self, revision: Any) -> str:
        said = [revision.get_mark_display(), revision.note]
        return ": ".join(filter(None, said))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.download)
        address: Any = path("<int:pk>/yaml/", view, name="courses_revision_yaml")
        return [address, *super().get_urls()]

    def seen(self, request: HttpRequest, pk: Any) -> Any:
        """The revision for who may see it."""
        self.allow(request)
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def download(self, request: HttpRequest, pk: int) -> HttpResponse:
        revision = self.seen(request, pk)
        answer = HttpResponse(
            to_yaml(revision.name, revision.data), content_type="application/yaml; charset=utf-8"
        )
        name = revision.name.rpartition("/")[2]
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What the revision changed, or how it differs from another one or from now."""
        revision = self.seen(request, number(object_id))
        others = siblings(revision)
        against = request.GET.get("against", "")
        before, after, between = sides(revision, others, against)
        rendered = request.GET.get("as") != "source"
        [told] = tell([revision], timezone.now())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Version of %s") % what_of(revision),
            "opts": self.opts,
            "revision": revision,
            "told": told,
            "parts": parts_of(revision.name, before, after, as_page=rendered),
            "between": between,
            "against": against,
            "rendered": rendered,
            "others": others.exclude(pk=revision.pk)[:CHOICES],
            "newest": others.first() == revision,
            "may_restore": may_restore(request.user, revision),
        }
        return TemplateResponse(request, "admin/courses/revision/change_form.html", context)


def number(text: str) -> int:
    if not is_id(text):
        raise Http404
    return int(text)


def siblings(revision: Revision) -> QuerySet[Revision]:
    """All revisions of the same document, the newest first, without what they say."""
    if revision.lesson:
        found = Revision.objects.of_lesson(revision.lesson)
    else:
        found = Revision.objects.of_file(revision.course, revision.name)
    return found.select_related("made_by").defer("data")


def sides(
    revision: Any, others: QuerySet[Revision], against: str
) -> tuple[Document, Document, str]:
    """The earlier and the later of the two states that are compared, and what they are."""
    if against == "now":
        return revision.data, document_now(revision), _("From this version to what is there now")
    if against:
        other = get_object_or_404(others, pk=number(against))
        moment = {"when": when(other)}
        if other.pk < revision.pk:
            return other.data, revision.data, _("From %(when)s to this version") % moment
        return revision.data, other.data, _("From this version to %(when)s") % moment
    earlier = Revision.objects.filter(pk=revision.before_id).first() if revision.before_id else None
    said = _("What this change changed") if earlier else _("Everything, as it was first kept")
    return (earlier.data if earlier else {}), revision.data, said


def when(revision: Revision) -> str:
    return date_format(localtime(revision.made_at), "j F Y, H:i")
