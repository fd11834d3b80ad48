"""One of everything in a class, to open by its address."""

from collections.abc import Callable
from typing import Any

from tests.class_factories import ClassOf

# By the name of the part in the address: what makes one in `cohort`, for `learner` where it is
# somebody's, and gives what stands in the address. Called for the class walked and for another.
Maker = Callable[..., Any]
MAKERS: dict[str, Maker] = {
    "cohort": lambda cohort, learner: cohort.slug,
    "member": lambda cohort, learner: learner.pk,
    "code": lambda cohort, learner: cohort.join_code,
    "token": lambda cohort, learner: "a-token-of-nobody",
}
# Parts that name nothing of a class: the same thing, whoever asks.
PUBLIC = {"cohort", "code", "token"}


def names_in(autumn: ClassOf) -> dict[str, Any]:
    return {name: make(autumn.cohort, autumn.learner) for name, make in MAKERS.items()}
