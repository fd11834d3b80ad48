"""Cards for what people did before there were cards, or before a concept had a key fact."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from accounts.models import User
from courses.models import ConceptTick
from quizzes.kinds import KINDS
from quizzes.models import Response, ReviewCard
from quizzes.review.cards import new_card

PEOPLE, ROWS = 1000, 2000


def make_cards(*, now: datetime) -> int:
    """Give everybody the cards that their answers and ticks are worth; how many were new.

    Running it again makes only what is missing. Two queries for each thousand people, and one
    for each two thousand cards.
    """
    before = ReviewCard.objects.count()
    people = User.objects.order_by("pk").values_list("pk", flat=True).iterator()
    while group := list(islice(people, PEOPLE)):
        for made in (of_answers(group, now), of_ticks(group, now)):
            while rows := list(islice(made, ROWS)):
                ReviewCard.objects.bulk_create(rows, ignore_conflicts=True)
    return ReviewCard.objects.count() - before


def of_answers(people: Iterable[int], now: datetime) -> Iterator[ReviewCard]:
    """One for each question that each of `people` has answered, with the newest score."""
    told = Response.objects.filter(
        attempt__user__in=people, attempt__submitted_at__isnull=False, attempt__withheld=False
    ).order_by("attempt__submitted_at", "pk")
    named = ("attempt__user", "version__question", "score", "version__kind", "answer")
    newest = {
        (user, question): score
        for user, question, score, kind, answer in told.values_list(*named).iterator()
        if not KINDS[kind].is_empty(answer)
    }
    for (user, question), score in newest.items():
        yield new_card(user, now, score or 0.0, question_id=question)


def of_ticks(people: Iterable[int], now: datetime) -> Iterator[ReviewCard]:
    """One for each concept with a key fact that each of `people` has ticked."""
    ticks = ConceptTick.objects.filter(user__in=people).exclude(concept__fact_prompt="")
    for user, concept in ticks.values_list("user", "concept").iterator():
        yield new_card(user, now, 1.0, concept_id=concept)
