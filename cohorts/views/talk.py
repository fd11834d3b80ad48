"""Questions in a class: the list, asking, one question with its answers."""

from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import SignedInRequest
from cohorts.models import Membership, Thread
from cohorts.permissions import can_ask, can_moderate
from cohorts.talk import asking, finding, moderating
from cohorts.talk.forms import AnswerForm, AskForm, FindForm
from cohorts.talk.pace import TooFastError
from cohorts.talk.showing import reader_of, said
from cohorts.views.doors import enter

ROWS = 20
ANSWERS = 50
TOO_FAST = gettext_lazy("You wrote a lot in the last minutes. Wait a little, then send this again.")


def context_of(member: Membership, now: datetime) -> dict[str, Any]:
    return {
        "member": member,
        "here": "threads",
        "section": "classes",
        "now": now,
        "may_ask": can_ask(member),
        "may_moderate": can_moderate(member),
    }


@require_safe
@login_required
def threads(request: SignedInRequest, cohort: str) -> HttpResponse:
    member, now = enter(request, cohort), timezone.now()
    form = FindForm(request.GET, course=member.cohort.course, now=now)
    found = finding.find(member, form).signed().counted()
    context = context_of(member, now) | {
        "form": form,
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "wanted": any(form.cleaned_data.values()),
        "reports": moderating.open_reports(member.cohort).count() if can_moderate(member) else 0,
    }
    return render(request, "cohorts/talk/threads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: SignedInRequest, cohort: str) -> HttpResponse:
    member, now = enter(request, cohort, can_ask), timezone.now()
    posted = request.POST if request.method == "POST" else None
    initial = {"subject": request.GET.get("lesson", ""), "key": uuid4()}
    form = AskForm(posted, initial=initial, course=member.cohort.course, now=now)
    if form.is_valid() and (made := do_ask(member, form, now)):
        messages.success(request, _("Your class can read your question now."))
        return redirect("thread", cohort, made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = context_of(member, now) | {"form": form}
    return render(request, "cohorts/talk/ask.html", context, status=status)


def do_ask(member: Membership, form: AskForm, now: datetime) -> Thread | None:
    """None: the form says why not."""
    data = form.cleaned_data
    try:
        return asking.ask(
            member=member,
            lesson=data["subject"].lesson,
            concept=data["subject"].concept,
            title=data["title"],
            body=data["body"],
            sent_as=data["key"],
            now=now,
        )
    except TooFastError:
        form.add_error(None, TOO_FAST)
        return None


def get_thread_or_404(member: Membership, pk: int) -> Thread:
    found = Thread.objects.signed().select_related("lesson__track__course", "concept")
    return get_object_or_404(found, cohort=member.cohort, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def thread(request: SignedInRequest, cohort: str, thread: int) -> HttpResponse:
    """Posting to it answers."""
    post = request.method == "POST"
    member, now = enter(request, cohort), timezone.now()
    found = get_thread_or_404(member, thread)
    if post and not can_ask(member):
        raise PermissionDenied
    form = AnswerForm(
        request.POST if post else None,
        initial={"key": uuid4()},
        moderates=can_moderate(member),
    )
    if form.is_valid() and do_answer(member, found, form, now):
        messages.success(request, _("Your answer is posted."))
        return redirect(last_page(member, found))
    return show_thread(request, member, found, form, now)


def do_answer(member: Membership, thread: Thread, form: AnswerForm, now: datetime) -> bool:
    """Whether it was kept; otherwise the form says why not."""
    data = form.cleaned_data
    try:
        asking.answer(
            member=member,
            thread=thread,
            body=data["body"],
            pinned=data.get("pinned", False),
            sent_as=data["key"],
            now=now,
        )
    except TooFastError:
        form.add_error(None, TOO_FAST)
    except asking.ClosedError:
        form.add_error(None, _("The staff has hidden this question. Nobody can answer it now."))
    return form.is_valid()


def last_page(member: Membership, thread: Thread) -> str:
    pages = Paginator(thread.posts.filter(pinned=False), ANSWERS).num_pages
    address = reverse("thread", args=[member.cohort.slug, thread.pk])
    return f"{address}?page={pages}#answers-end" if pages > 1 else f"{address}#answers-end"


def show_thread(
    request: SignedInRequest, member: Membership, thread: Thread, form: AnswerForm, now: datetime
) -> HttpResponse:
    """The pinned answer comes first, on the first page; the others in the order of writing."""
    reader = reader_of(member, thread)
    posts = thread.posts.signed().order_by("created_at", "pk")
    page = Paginator(posts.filter(pinned=False), ANSWERS).get_page(request.GET.get("page"))
    pinned = posts.filter(pinned=True).first()
    context = context_of(member, now) | {
        "thread": thread,
        "question": said(thread, reader),
        "may_resolve": reader.moderates or (reader.writes and thread.author_id == reader.user_id),
        "pinned": said(pinned, reader) if pinned else None,
        "answers": [said(post, reader) for post in page],
        "number": page.paginator.count + bool(pinned),
        "page": page,
        "form": form if reader.writes and not thread.hidden_at else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "cohorts/talk/thread.html", context, status=status)
