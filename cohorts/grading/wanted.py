"""Which of a class's work somebody wants to see: what a queue's address says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from cohorts.models import Group

WAITING, GRADED, ALL = "waiting", "graded", "all"
STATES = ((WAITING, _("Waiting")), (GRADED, _("Graded")), (ALL, _("All")))
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Wanted:
    """`item` is `work-` or `quiz-` and a key; what nobody knows is as if it were not said."""

    group: Group | None = None
    state: str = WAITING
    item: str = ""

    @property
    def work(self) -> int | None:
        return key_in(self.item, "work-")

    @property
    def quiz(self) -> int | None:
        return key_in(self.item, "quiz-")

    @property
    def query(self) -> str:
        """For an address: `?state=all&item=quiz-3`; empty where nothing special is wanted."""
        said = {
            "group": self.group.pk if self.group else "",
            "state": "" if self.state == WAITING else self.state,
            "item": self.item,
        }
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def wanted_in(query: Mapping[str, str], groups: Iterable[Group]) -> Wanted:
    by_key = {str(group.pk): group for group in groups}
    state, item = query.get("state", ""), query.get("item", "")
    known = key_in(item, "work-") is not None or key_in(item, "quiz-") is not None
    return Wanted(
        group=by_key.get(query.get("group", "")),
        state=state if state in dict(STATES) else WAITING,
        item=item if known else "",
    )


def key_in(item: str, start: str) -> int | None:
    digits = item.removeprefix(start)
    if digits == item or not (digits.isascii() and digits.isdecimal()):
        return None
    return int(digits) if len(digits) <= MOST_DIGITS else None
