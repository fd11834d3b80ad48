"""The pages that ask before something becomes of a lesson, and the buttons that need not ask."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.admin.base import ContentAdmin
from courses.changes.comparing import Difference, compare
from courses.changes.words import Piece, folded, words
from courses.editor import placing, previews, publishing, withdrawing
from courses.editor.checks import checks_of
from courses.editor.deed_forms import ChangeForm, PlaceForm, TimeForm
from courses.editor.desk import Desk
from courses.editor.pages import desk_or_404, page_context
from courses.editor.publishing import ChangedError, RefusedError, Words
from courses.editor.states import moment
from courses.models import Status, Track

PLACE = "admin/courses/lesson/place.html"
PUBLISH = "admin/courses/lesson/publish.html"
ASK = "admin/courses/lesson/ask.html"
STALE = gettext_lazy(
    "Nothing was changed: since the draft was begun, the text that readers have was changed, too. "
    "Save the draft first: you are shown both and decide."
)
CHANGED = gettext_lazy("Somebody changed this lesson while you looked. Look again, then decide.")


def allowed(request: HttpRequest, admin: ContentAdmin, lesson_id: int) -> Desk:
    desk = desk_or_404(lesson_id)
    if not admin.has_change_permission(request, desk.lesson):
        raise PermissionDenied
    return desk


def back(desk: Desk, where: str = "courses_lesson_change") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(f"admin:{where}", args=[desk.lesson.pk]))


def publish(request: HttpRequest, admin: ContentAdmin, lesson_id: int) -> HttpResponse:
    """What readers would get, against what they have; published now, or at a time."""
    desk = allowed(request, admin, lesson_id)
    data = request.POST if request.method == "POST" else None
    change, time = publish_forms(desk, data)
    valid = [form.is_valid() for form in (change, time)]  # each says what is wrong with it
    if data is not None and all(valid):
        answer = published(request, admin, desk, change, time)
        if answer:
            return answer
    return publish_page(request, admin, desk, change, time)


def publish_forms(desk: Desk, data: QueryDict | None) -> tuple[ChangeForm, TimeForm]:
    draft = desk.draft
    said = {"mark": draft.mark, "note": draft.note} if draft else {}
    planned = draft.publish_at if draft else desk.lesson.publish_at
    return ChangeForm(data, initial=said), TimeForm(data, initial={"publish_at": planned})


def published(
    request: HttpRequest, admin: ContentAdmin, desk: Desk, change: ChangeForm, time: TimeForm
) -> HttpResponse | None:
    """None where the form has to say something first."""
    at = time.cleaned_data["publish_at"] if "_schedule" in request.POST else None
    if "_schedule" in request.POST and not time.lies_ahead(timezone.now()):
        return None
    try:
        give(request, desk, Words(**change.cleaned_data), at)
    except ChangedError:
        admin.message_user(request, str(CHANGED), messages.ERROR)
        return back(desk, "courses_lesson_publish")
    except RefusedError as refused:
        for problem in refused.problems:
            change.add_error(None, problem.message)
        return None
    admin.log_change(request, desk.lesson, log_of(at))
    done = _("Published.") if at is None else _("Scheduled for %s.") % moment(at)
    admin.message_user(request, done, messages.SUCCESS)
    return back(desk)


def log_of(at: datetime | None) -> str:
    return _("Published.") if at is None else _("Scheduled for %s.") % at.isoformat(" ", "minutes")


def give(request: HttpRequest, desk: Desk, words: Words, at: datetime | None) -> None:
    seen, by = request.POST.get("stamp", ""), person(request)
    now, pk = timezone.now(), desk.lesson.pk
    if at is None:
        publishing.publish(lesson_id=pk, seen=seen, by=by, now=now, words=words)
    else:
        publishing.schedule(lesson_id=pk, seen=seen, at=at, by=by, now=now, words=words)


def person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]  # of the admin's pages, who is signed in


def publish_page(
    request: HttpRequest, admin: ContentAdmin, desk: Desk, change: ChangeForm, time: TimeForm
) -> HttpResponse:
    new = desk.lesson.status != Status.PUBLISHED
    context = {
        **page_context(request, admin, desk),
        "title": _("Publish “%s”") % desk.lesson,
        "subtitle": "",
        "change": change,
        "time": time,
        "new": new,
        "nothing": not new and desk.draft is None and desk.is_with_readers(timezone.now()),
        "stale": desk.is_stale,
        "differences": () if new or desk.is_stale else in_words(desk),
        "checks": checks_of(desk.text, desk.course, desk.name),
        "stamp": desk.stamp,
    }
    return TemplateResponse(request, PUBLISH, context)


def in_words(desk: Desk) -> list[tuple[Difference, tuple[Piece, ...]]]:
    """What is edited against the rows, each part word by word, with little of what stays."""
    found = compare(desk.rows, desk.text)
    return [(one, tuple(folded(words(one.before, one.after)))) for one in found]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that is asked about first: its words, its action, and to whom it is open."""

    title: Any
    says: tuple[Any, ...]
    button: Any
    done: Any
    do: Callable[..., None]
    open: Callable[[Desk], bool]
    shows_draft: bool = False
    # Whether the changes that wait become the text of the lesson.
    keeps_draft: bool = False


def discard_draft(*, lesson_id: int, seen: str, by: User, now: datetime) -> None:
    publishing.discard(lesson_id=lesson_id, seen=seen, now=now)


DEEDS = {
    "discard": Deed(
        gettext_lazy("Discard the draft of “%s”"),
        (
            gettext_lazy("The lesson stays as it was before them."),
            gettext_lazy("These changes are thrown away, and nothing brings them back:"),
        ),
        gettext_lazy("Discard the draft"),
        gettext_lazy("The draft is discarded."),
        discard_draft,
        lambda desk: desk.draft is not None,
        shows_draft=True,
    ),
    "take-back": Deed(
        gettext_lazy("Take “%s” back to draft"),
        (
            gettext_lazy("Readers lose the lesson at once: its page, its place on the road."),
            gettext_lazy("What learners ticked stays, and is there again once you publish it."),
        ),
        gettext_lazy("Take it back to draft"),
        gettext_lazy("The lesson is a draft. Readers do not have it."),
        withdrawing.take_back,
        lambda desk: desk.lesson.status == Status.PUBLISHED,
        shows_draft=True,
        keeps_draft=True,
    ),
}


def ask(request: HttpRequest, admin: ContentAdmin, lesson_id: int, deed: str) -> HttpResponse:
    desk = allowed(request, admin, lesson_id)
    asked = DEEDS[deed]
    if not asked.open(desk):
        admin.message_user(request, _("Nothing to do: it was so already."), messages.INFO)
        return back(desk)
    if asked.keeps_draft and desk.is_stale:
        admin.message_user(request, str(STALE), messages.ERROR)
        return back(desk)
    if request.method == "POST":
        return done(request, admin, desk, deed)
    context = {
        **page_context(request, admin, desk),
        "title": asked.title % desk.lesson,
        "subtitle": "",
        "deed": asked,
        "differences": in_words(desk) if asked.shows_draft and desk.draft else (),
        "stamp": desk.stamp,
    }
    return TemplateResponse(request, ASK, context)


def done(request: HttpRequest, admin: ContentAdmin, desk: Desk, deed: str) -> HttpResponse:
    asked = DEEDS[deed]
    try:
        asked.do(
            lesson_id=desk.lesson.pk,
            seen=request.POST.get("stamp", ""),
            by=person(request),
            now=timezone.now(),
        )
    except ChangedError:
        admin.message_user(request, str(CHANGED), messages.ERROR)
        return HttpResponseRedirect(request.path)
    admin.log_change(request, desk.lesson, str(asked.done))
    admin.message_user(request, str(asked.done), messages.SUCCESS)
    return back(desk)


def place(request: HttpRequest, admin: ContentAdmin, lesson_id: int) -> HttpResponse:
    """Under which address the lesson is, and where on the road."""
    desk = allowed(request, admin, lesson_id)
    form = place_form(request, desk)
    if request.method == "POST" and form.is_valid():
        try:
            placing.place(lesson=form.save(commit=False), by=person(request), now=timezone.now())
        except IntegrityError:
            # Somebody took the address since the form looked: now it says so.
            form = place_form(request, desk_or_404(lesson_id))
            if form.is_valid():
                raise
        else:
            admin.log_change(request, desk.lesson, [{"changed": {"fields": form.changed_data}}])
            admin.message_user(request, _("The lesson has its place."), messages.SUCCESS)
            return back(desk)
    context = {**page_context(request, admin, desk_or_404(lesson_id)), "form": form}
    context |= {"title": _("Address and place of “%s”") % desk.lesson, "subtitle": ""}
    return TemplateResponse(request, PLACE, context)


def place_form(request: HttpRequest, desk: Desk) -> PlaceForm:
    form = PlaceForm(request.POST or None, instance=desk.lesson)
    form.fields["track"].queryset = Track.objects.filter(course=desk.course)  # type: ignore[attr-defined]
    return form


def unschedule(request: HttpRequest, admin: ContentAdmin, lesson_id: int) -> HttpResponse:
    desk = allowed(request, admin, lesson_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    publishing.unschedule(lesson_id=lesson_id, now=timezone.now())
    admin.log_change(request, desk.lesson, _("Took the date of the draft back."))
    admin.message_user(request, _("The draft has no date any more."), messages.SUCCESS)
    return back(desk)


class LinkForm(forms.Form):
    days = forms.TypedChoiceField(coerce=int, choices=[(days, days) for days in previews.DAYS])


def make_link(request: HttpRequest, admin: ContentAdmin, lesson_id: int) -> HttpResponse:
    desk = allowed(request, admin, lesson_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = LinkForm(request.POST)
    if not form.is_valid():
        admin.message_user(request, _("Choose for how long the link works."), messages.ERROR)
        return back(desk)
    days, now = form.cleaned_data["days"], timezone.now()
    try:
        previews.make_link(lesson=desk.lesson, days=days, by=person(request), now=now)
    except previews.TooManyError:
        text = _("There are %d links already. End one first.") % previews.MOST
        admin.message_user(request, text, messages.ERROR)
    else:
        admin.message_user(request, _("There is a new preview link."), messages.SUCCESS)
    return HttpResponseRedirect(f"{back(desk).url}#previews")


def end_link(
    request: HttpRequest, admin: ContentAdmin, lesson_id: int, link_id: int
) -> HttpResponse:
    desk = allowed(request, admin, lesson_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    previews.end_link(lesson=desk.lesson, link_id=link_id)
    admin.message_user(request, _("The preview link has ended."), messages.SUCCESS)
    return HttpResponseRedirect(f"{back(desk).url}#previews")
