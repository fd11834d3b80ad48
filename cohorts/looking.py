"""Looking at a class as a learner of it sees it, without writing anything."""

from dataclasses import dataclass

from django.http import HttpRequest

from cohorts.models import Cohort

SESSION_KEY = "looking_at"


@dataclass(frozen=True, slots=True)
class Looking:
    slug: str
    name: str


def looking(request: HttpRequest) -> Looking | None:
    """What the session says; who is not signed in is not asked for one. No query beyond it."""
    if not request.user.is_authenticated:
        return None
    kept = request.session.get(SESSION_KEY)
    return Looking(*kept) if kept else None


def is_looking_at(request: HttpRequest, cohort: str) -> bool:
    found = looking(request)
    return found is not None and found.slug == cohort


def start_looking(request: HttpRequest, cohort: Cohort) -> None:
    request.session[SESSION_KEY] = [cohort.slug, cohort.name]


def stop_looking(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
