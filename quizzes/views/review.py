"""The review session: a card is asked, checked, rated; a rating is taken back.

Only rating and undoing write; every form may be sent twice.
"""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import SignedInRequest
from accounts.redirects import sign_in_to_post
from quizzes.kinds import AnswerError
from quizzes.models import ReviewCard, ReviewLog
from quizzes.review.answering import rate_answer
from quizzes.review.asking import (
    Front,
    allowed,
    answer_in,
    concept_of,
    explained_to,
    fields_of,
    front_of,
    said_of,
)
from quizzes.review.buttons import buttons_of
from quizzes.review.forms import CheckForm, LookForm, RateForm, UndoForm
from quizzes.review.rating import SuspendedError
from quizzes.review.rating import undo as take_back
from quizzes.review.rest import rest_of
from quizzes.review.session import (
    ASIDE,
    MovedOnError,
    Session,
    next_front,
    same_front,
    session_of,
    wanted_front,
)
from quizzes.views.doors import get_card_or_404

MORE = 10
# In the session: the day on which limits were raised, and by how many cards.
RAISED = "review_raised"
MOST_RAISED = 1000


def session_in(request: SignedInRequest, now: datetime) -> Session:
    return session_of(request.user, now, raised_today(request, now))


def raised_today(request: SignedInRequest, now: datetime) -> int:
    day, cards = request.session.get(RAISED, ("", 0))
    return int(cards) if day == now.astimezone(request.user.zone).date().isoformat() else 0


@login_required
@never_cache
@require_safe
def review(request: SignedInRequest) -> HttpResponse:
    """At most eight queries, those for session and user among them, however many cards."""
    now = timezone.now()
    session = session_in(request, now)
    card, early = LookForm(request.GET).wanted
    front = wanted_front(request.user, card, now) if card else None
    front = front or next_front(request.user, session, now, early=early)
    if front is None:
        return rest(request, session, now)
    return ask(request, session, front, now)


def ask(
    request: SignedInRequest, session: Session, front: Front, now: datetime, error: str = ""
) -> HttpResponse:
    by_oneself: dict[str, Any] = {}
    if front.asked is None:
        retention = session.preferences.retention
        by_oneself["said"] = said_of(front)
        by_oneself["buttons"] = buttons_of(front.card, allowed(None), retention, now)
    context = context_of(session, front=front, error=error, **by_oneself)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    return render(request, "quizzes/review/ask.html", context, status=status)


def rest(
    request: SignedInRequest, session: Session, now: datetime, *, stopped: bool = False
) -> HttpResponse:
    context = context_of(session, rest=rest_of(request.user, now), stopped=stopped, more=MORE)
    return render(request, "quizzes/review/rest.html", context)


def context_of(session: Session, **more: Any) -> dict[str, Any]:
    return {"section": "review", "session": session, "due": session.left, **more}


@login_required
@never_cache
@require_safe
def summary(request: SignedInRequest) -> HttpResponse:
    """What was done today, for who stops while cards are left."""
    now = timezone.now()
    return rest(request, session_in(request, now), now, stopped=True)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_to_post
@never_cache
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what an answer is worth. Nothing is written; reloading says it again."""
    card, now = get_card_or_404(request, pk), timezone.now()
    form = CheckForm(request.POST)
    if not form.is_valid():
        return redirect(address_of(card))
    try:
        front = same_front(request.user, card, now=now, **form.shown)
    except MovedOnError as why:
        return move_on(request, card, why)
    if front.asked is None:
        return redirect(address_of(card))
    return checked(request, front, now)


def checked(request: SignedInRequest, front: Front, now: datetime) -> HttpResponse:
    session = session_in(request, now)
    try:
        explained = explained_to(front, answer_in(front, request.POST))
    except AnswerError as error:
        as_typed = front_of(front.card, now, error.typed) or front
        return ask(request, session, as_typed, now, str(error))
    ratings = allowed(explained.verdict if explained else None)
    context = context_of(
        session,
        front=front,
        explained=explained,
        buttons=buttons_of(front.card, ratings, session.preferences.retention, now),
        fields=fields_of(request.POST),
    )
    return render(request, "quizzes/review/checked.html", context)


@require_POST
@sign_in_to_post
def rate(request: SignedInRequest, pk: int) -> HttpResponse:
    card, now = get_card_or_404(request, pk), timezone.now()
    form = RateForm(request.POST)
    if not form.is_usable:
        return redirect(address_of(card))
    try:
        rate_answer(
            user=request.user,
            front=same_front(request.user, card, now=now, **form.shown),
            form=request.POST,
            rating=form.cleaned_data["rating"],
            seconds=form.cleaned_data.get("seconds"),
            now=now,
        )
    except AnswerError:
        return redirect(address_of(card))
    except SuspendedError:
        return move_on(request, card, MovedOnError(ASIDE, again=False))
    except MovedOnError as why:
        return move_on(request, card, why)
    return redirect("review")


def move_on(request: SignedInRequest, card: ReviewCard, why: MovedOnError) -> HttpResponse:
    if said := str(why):
        messages.info(request, said)
    return redirect(address_of(card) if why.again else "review")


def address_of(card: ReviewCard) -> str:
    return f"{reverse('review')}?card={card.pk}"


@require_POST
@sign_in_to_post
def undo(request: SignedInRequest) -> HttpResponse:
    form = UndoForm(request.POST)
    if not form.is_valid():
        return redirect("review")
    review_id = form.cleaned_data["review"]
    log = take_back(user=request.user, review_id=review_id, now=timezone.now())
    if log is None:
        messages.info(request, _("There is nothing to take back."))
        return redirect("review")
    messages.success(request, taken_back(log))
    return redirect(address_of(log.card))


def taken_back(log: ReviewLog) -> str:
    return _("Taken back: “%(rating)s” for the card on %(concept)s.") % {
        "rating": log.get_rating_display(),
        "concept": concept_of(log.card),
    }


@require_POST
@sign_in_to_post
def more(request: SignedInRequest) -> HttpResponse:
    """Raise today's limits, in this browser."""
    now = timezone.now()
    cards = min(raised_today(request, now) + MORE, MOST_RAISED)
    request.session[RAISED] = (now.astimezone(request.user.zone).date().isoformat(), cards)
    return redirect("review")
