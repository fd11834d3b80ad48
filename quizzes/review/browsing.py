"""A learner's own cards, to look through: filters, and what is known of each."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from courses.models import Concept, Lesson
from quizzes.models import ReviewCard, ReviewLog
from quizzes.review.asking import cards_to_ask
from quizzes.review.curve import Curve, Review, curve_of
from quizzes.review.recall import recall_at
from quizzes.wording import in_line

State = ReviewCard.State
PAGE = 50
STATES = [
    ("", pgettext_lazy("of every state", "All")),
    ("due", _("Due now")),
    ("new", _("New")),
    ("learning", _("Being learnt")),
    ("review", _("Under review")),
    ("suspended", _("Put aside")),
]


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card as the list shows it. `recall` is from 0 to 1, None while it is new."""

    card: ReviewCard
    concept: Concept
    prompt: SafeString
    recall: float | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class History:
    line: CardLine
    logs: tuple[ReviewLog, ...]
    curve: Curve | None


class CardFilter(forms.Form):
    """What to look for; what makes no sense is passed over."""

    q = forms.CharField(label=_("Words in the question"), required=False, max_length=100)
    lesson = forms.TypedChoiceField(label=_("Lesson"), required=False, coerce=int)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def __init__(self, *args: Any, lessons: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lesson"].choices = [("", pgettext_lazy("of every lesson", "All")), *lessons]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def lessons_with_cards(user: User) -> list[tuple[int, str]]:
    """Those that `user` has cards of, in the order of the course. One query."""
    cards = ReviewCard.objects.of(user)
    concepts = Concept.objects.filter(
        Q(pk__in=cards.values("concept")) | Q(pk__in=cards.values("question__concept"))
    )
    lessons = Lesson.objects.filter(pk__in=concepts.values("lesson")).in_order()
    return list(lessons.values_list("pk", "title"))


def find(user: User, wanted: dict[str, Any], now: datetime) -> QuerySet[ReviewCard]:
    """The cards that `wanted` asks for, what is due first in front; put aside ones come last."""
    cards = cards_to_ask(user)
    if words := wanted.get("q"):
        cards = cards.filter(
            Q(question__prompt__icontains=words) | Q(concept__fact_prompt__icontains=words)
        )
    if lesson := wanted.get("lesson"):
        cards = cards.filter(Q(concept__lesson=lesson) | Q(question__concept__lesson=lesson))
    cards = cards.filter(in_state(wanted.get("state", ""), now))
    return cards.order_by(F("suspended_at").asc(nulls_first=True), "due_at", "pk")


def in_state(state: str, now: datetime) -> Q:
    active = Q(suspended_at=None)
    return {
        "due": active & Q(state__gt=State.NEW, due_at__lte=now),
        "new": active & Q(state=State.NEW),
        "learning": active & Q(state__in=[State.LEARNING, State.RELEARNING]),
        "review": active & Q(state=State.REVIEW),
        "suspended": ~active,
    }.get(state, Q())


def line_of(card: ReviewCard, now: datetime) -> CardLine:
    concept = card.question.concept if card.question else card.concept
    assert concept is not None  # noqa: S101  (a constraint of the table)
    return CardLine(
        card=card,
        concept=concept,
        prompt=prompt_html(card.question.prompt if card.question else concept.fact_prompt),
        recall=recall_of(card, now),
        is_due=card.suspended_at is None and card.state != State.NEW and card.due_at <= now,
    )


def recall_of(card: ReviewCard, now: datetime) -> float | None:
    if card.stability is None or card.reviewed_at is None:
        return None
    return recall_at(now, card.reviewed_at, card.stability)


@lru_cache(maxsize=2048)
def prompt_html(source: str) -> SafeString:
    return in_line(source)


def history_of(card: ReviewCard, now: datetime) -> History:
    """One query for all reviews, the newest first. The curve begins with the memory that the
    card has now: not before it was started again."""
    logs = tuple(card.logs.all())
    reviews: list[Review] = []
    for log in reversed(logs):
        if log.undone_at is None:
            reviews = [] if log.before.get("state") == State.NEW else reviews
            reviews.append(Review(log.reviewed_at, log.stability))
    curve = curve_of(reviews, now) if card.state != State.NEW else None
    return History(line_of(card, now), logs, curve)
