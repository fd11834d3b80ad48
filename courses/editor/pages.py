"""The page on which a lesson is edited."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.admin.base import ContentAdmin
from courses.content.documents import concept_document, reference_document
from courses.content.needs import short
from courses.content.normal import normal
from courses.editor import stash
from courses.editor.checks import checks_of
from courses.editor.conflicts import conflict_page, resolved_by
from courses.editor.desk import Desk, Saw, desk_of, saw_of
from courses.editor.parts import Seen
from courses.editor.previews import DAYS
from courses.editor.publishing import MovedError, RefusedError, Words, save_draft
from courses.editor.sheet import Sheet, concept_row
from courses.editor.states import state_of
from courses.editor.telling import change_message, said_of, saved
from courses.models import Concept, Status

FORM = "admin/courses/lesson/edit.html"


def desk_or_404(lesson_id: int) -> Desk:
    desk = desk_of(lesson_id)
    if desk is None:
        raise Http404
    return desk


def edit(request: HttpRequest, admin: ContentAdmin, lesson_id: int) -> HttpResponse:
    desk = desk_or_404(lesson_id)
    if not admin.has_change_permission(request, desk.lesson):
        if request.method == "POST" or not admin.has_view_permission(request, desk.lesson):
            raise PermissionDenied
        return form_page(request, admin, desk, Sheet.of(desk.rows, known(desk)))
    if request.method == "POST":
        return posted(request, admin, desk)
    waiting = stash.kept_for(request, lesson_id)
    if waiting is not None:
        text = _("You were signed out when you sent this. It is not saved yet: look, then save.")
        messages.warning(request, text)
        return form_page(request, admin, desk, Sheet(waiting), saw=saw_of(waiting))
    return form_page(request, admin, desk, sheet_of(desk))


def sheet_of(desk: Desk) -> Sheet:
    draft = desk.draft
    change = {"mark": draft.mark, "note": draft.note} if draft else {}
    return Sheet.of(desk.text, known(desk), change)


def known(desk: Desk) -> set[str]:
    return {concept.slug for concept in desk.lesson.concepts.all()}


def gone(desk: Desk) -> dict[str, str]:
    """The names, by slug, of concepts that are archived or left out of the draft."""
    here = {row["slug"] for row in desk.text["concepts"]}
    return {one.slug: one.name for one in desk.lesson.concepts.all() if one.slug not in here}


def gone_references(desk: Desk) -> dict[str, str]:
    here = {row["url"] for row in desk.text.get("references", ())}
    return {one.url: one.title for one in desk.lesson.references.all() if one.url not in here}


def posted(request: HttpRequest, admin: ContentAdmin, desk: Desk) -> HttpResponse:
    data = request.POST
    saw = saw_of(data) or Saw(Seen(), desk.waits)
    sheet = Sheet(data)
    for name in ("concepts", "references"):
        if f"_add_{name}" in data:
            return form_page(request, admin, desk, sheet.unchecked(name, {}), saw=saw, added=name)
        if key := data.get(f"_back_{name}"):
            row = row_of(desk, name, key)
            return form_page(request, admin, desk, sheet.unchecked(name, row), saw=saw, added=name)
    # Where two texts are put together, rows that were removed do not come any more.
    chosen = "against" in data
    if not sheet.is_valid(gone(desk)) or not (chosen or sheet.is_whole(saw.seen)):
        return form_page(request, admin, desk, sheet, saw=saw)
    return save(request, admin, desk, sheet, saw)


def addresses_for(desk: Desk) -> dict[str, str]:
    """The concepts that one of this lesson may need, by address, with their names; one query."""
    concepts = Concept.objects.current().filter(lesson__track__course=desk.course)
    there = concepts.exclude(lesson__status=Status.ARCHIVED).filter(lesson__track__archived=False)
    rows = there.order_by("lesson__track__position", "lesson__position", "position", "pk")
    own = desk.name.removesuffix(".yaml")
    return {
        short(own, f"{track}/{lesson}/{slug}"): f"{name} ({title})"
        for track, lesson, slug, name, title in rows.values_list(
            "lesson__track__slug", "lesson__slug", "slug", "name", "lesson__title"
        )
    }


def row_of(desk: Desk, name: str, key: str) -> Mapping[str, Any]:
    """What a removed row said, for the form that brings it back."""
    if name == "concepts":
        for concept in desk.lesson.concepts.all():
            if concept.slug == key:
                return concept_row(concept_document(concept), known(desk))
    for reference in desk.lesson.references.all():
        if reference.url == key:
            return reference_document(reference)
    return {}


def save(
    request: HttpRequest, admin: ContentAdmin, desk: Desk, sheet: Sheet, saw: Saw
) -> HttpResponse:
    text = normal(desk.name, sheet.document(desk.text))
    change = sheet.change.cleaned_data
    review = {"_review": True, "_draft": False}
    asked = next((value for name, value in review.items() if name in request.POST), None)
    try:
        now = save_draft(
            lesson_id=desk.lesson.pk,
            text=text,
            seen=saw,
            by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            words=Words(change["mark"], change["note"], asked),
            resolved=resolved_by(request.POST),
        )
    except RefusedError as refused:
        sheet.put(refused.problems)
        return form_page(request, admin, desk, sheet, saw=saw)
    except MovedError as moved:
        return conflict_page(request, admin, moved)
    stash.forget(request, desk.lesson.pk)
    if message := change_message(desk, now):
        admin.log_change(request, now.lesson, message)
    admin.message_user(request, saved(now), messages.SUCCESS)
    return HttpResponseRedirect(following(request, desk.lesson.pk))


def following(request: HttpRequest, lesson_id: int) -> str:
    """Where the button leads: to the page that asks before readers get anything, or back."""
    asks = {"_publish", "_schedule"} & request.POST.keys()
    name = "courses_lesson_publish" if asks else "courses_lesson_change"
    date = "#time-heading" if "_schedule" in request.POST else ""
    return reverse(f"admin:{name}", args=[lesson_id]) + date


def form_page(
    request: HttpRequest,
    admin: ContentAdmin,
    desk: Desk,
    sheet: Sheet,
    *,
    saw: Saw | None = None,
    added: str = "",
) -> HttpResponse:
    now = timezone.now()
    lesson = desk.lesson
    editable = admin.has_change_permission(request, lesson)
    context = {
        **page_context(request, admin, desk),
        "sheet": sheet,
        "editable": editable,
        "hidden": {**(saw or desk.saw).written(), "for": stash.sign(request, lesson.pk)},
        "gone_concepts": gone(desk),
        "gone_references": gone_references(desk),
        "checks": checks_of(desk.text, desk.course, desk.name) if editable else (),
        "previews": lesson.previews.valid(now).select_related("made_by") if editable else (),
        "added": added,
        # Kept nowhere but on this page: it came from somebody's browser.
        "unsaved": saw is not None,
        "preview_days": DAYS,
        "addresses": addresses_for(desk) if editable else {},
    }
    return TemplateResponse(request, FORM, context)


def page_context(request: HttpRequest, admin: ContentAdmin, desk: Desk) -> dict[str, Any]:
    """What all pages about a lesson have."""
    now = timezone.now()
    lesson = desk.lesson
    editable = admin.has_change_permission(request, lesson)
    seen = desk if editable else Desk(lesson, None, desk.rows, desk.newest)
    return {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "media": admin.media,
        "title": lesson.title,
        "subtitle": f"{lesson.track}, {desk.course}",
        "original": lesson,
        "lesson": lesson,
        "desk": seen,
        "draft": seen.draft,
        "said": said_of(seen, request.user, now),
        "state": state_of(lesson, seen.draft, now),
        "here": timezone.get_current_timezone_name(),
        "absolute_url": admin.view_on_site(lesson) if lesson.status != Status.ARCHIVED else None,
        "has_view_permission": True,
        "has_change_permission": editable,
    }
