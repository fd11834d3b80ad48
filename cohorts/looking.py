"""Looking at a class as a learner of it sees it, without writing anything."""

from django.http import HttpRequest

SESSION_KEY = "looking_at"


def is_looking_at(request: HttpRequest, cohort: str) -> bool:
    return request.session.get(SESSION_KEY) == cohort
