"""What learners remember of concepts. This app only shows it: whoever knows, registers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.contrib.auth.models import AnonymousUser

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Mastery:
    """`recall` is the share, from 0 to 1, of `cards` that one is expected to remember now;
    `due` of them wait for review. Without a reviewed card there is no mastery, not one of 0.
    """

    recall: float
    cards: int
    due: int = 0


UNKNOWN: Mapping[int, Mastery] = MappingProxyType({})

# By the id of the concept, in one query whatever the number of cards.
Source = Callable[[User, datetime], Mapping[int, Mastery]]
_sources: list[Source] = []


def register(source: Source) -> None:
    _sources.append(source)


def mastery_of(user: User | AnonymousUser, now: datetime) -> Mapping[int, Mastery]:
    """By the id of the concept; nothing is asked about a visitor."""
    if not user.is_authenticated:
        return UNKNOWN
    return {concept: found for source in _sources for concept, found in source(user, now).items()}


def together(parts: Iterable[Mastery]) -> Mastery | None:
    """Pure: of several concepts at once, in which each card weighs the same."""
    found = list(parts)
    cards = sum(part.cards for part in found)
    if not cards:
        return None
    recall = sum(part.recall * part.cards for part in found) / cards
    # Adding up may step over the edge by the last digit.
    return Mastery(min(1.0, recall), cards, sum(part.due for part in found))


def of_concepts(concepts: Iterable[int], mastery: Mapping[int, Mastery]) -> Mastery | None:
    return together(mastery[concept] for concept in concepts if concept in mastery)
