"""One of everything in a class, to open by its address."""

from collections.abc import Callable
from typing import Any

from tests.class_factories import ClassOf
from tests.cohorts.talk.factories import (
    AnnouncementFactory,
    PostFactory,
    ReportFactory,
    ThreadFactory,
)
from tests.factories import LessonFactory

# By the name of the part in the address: what makes one in `cohort`, for `learner` where it is
# somebody's, and gives what stands in the address. Called for the class walked and for another.
Maker = Callable[..., Any]
MAKERS: dict[str, Maker] = {
    "cohort": lambda cohort, learner: cohort.slug,
    "member": lambda cohort, learner: learner.pk,
    "code": lambda cohort, learner: cohort.join_code,
    "announcement": lambda cohort, learner: AnnouncementFactory(cohort=cohort).pk,
    "thread": lambda cohort, learner: ThreadFactory(cohort=cohort, author=learner.user).pk,
    "post": lambda cohort, learner: PostFactory(thread__cohort=cohort, author=learner.user).pk,
    "report": lambda cohort, learner: ReportFactory(thread__cohort=cohort).pk,
    "lesson": lambda cohort, learner: LessonFactory(track__course=cohort.course).pk,
    "token": lambda cohort, learner: "a-token-of-nobody",
}
# Parts that name nothing of a class: the same thing, whoever asks.
PUBLIC = {"cohort", "code", "token", "lesson"}


def names_in(autumn: ClassOf) -> dict[str, Any]:
    return {name: make(autumn.cohort, autumn.learner) for name, make in MAKERS.items()}
