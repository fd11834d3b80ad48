"""Things to put in order.

Payload: {"items": [{"id": "a", "text": Markdown}] in the right order, "feedback": Markdown}
Answer:  {"order": ["b", "a", …]}, every id once
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.kinds.base import Answer, AnswerError, Kind, Outcome, Part, Shown
from quizzes.kinds.items import Item, check_items, mixed, read_items
from quizzes.kinds.payload import PayloadError, check_markdown, mapping, optional_text

LEAST, MOST = 3, 8


@dataclass(frozen=True, slots=True)
class Key:
    items: tuple[Item, ...]
    feedback: str

    @property
    def ids(self) -> list[str]:
        return [item.id for item in self.items]


class Ordering(Kind):
    name = "ordering"
    template = "quizzes/kinds/ordering.html"
    graded_template = "quizzes/kinds/ordering_graded.html"
    hint = gettext_lazy(
        "Give each its place, the first at the top. Every one in its right place gives its share "
        "of the point."
    )

    def read(self, payload: object) -> Key:
        fields = mapping(payload, (), required=("items",), optional=("feedback",))
        items = read_items(fields["items"], ("items",), least=LEAST, most=MOST)
        return Key(items, optional_text(fields, "feedback", ()))

    def check(self, payload: object) -> None:
        key = self.read(payload)
        check_items(key.items, ("items",))
        check_markdown(key.feedback, ("feedback",))
        if key.ids == sorted(key.ids):
            raise PayloadError(
                ("items",), _("The ids in alphabetical order would be the answer. Change them.")
            )

    def sources(self, payload: object) -> Iterable[str]:
        key = self.read(payload)
        return [item.text for item in key.items] + ([key.feedback] if key.feedback else [])

    def present(self, payload: object, *, seed: str, answer: Answer | None) -> tuple[Shown, ...]:
        """In the learner's order, else mixed. `value` is the place, `options` are all places."""
        key = self.read(payload)
        texts = {item.id: item.text for item in key.items}
        order = answer["order"] if answer else [item.id for item in mixed(key.items, key.ids, seed)]
        places = [str(place) for place in range(1, len(order) + 1)]
        return tuple(
            Shown(
                name,
                texts[name],
                value=place,
                options=tuple(Shown(one, one, chosen=one == place) for one in places),
            )
            for place, name in zip(places, order, strict=True)
        )

    def from_form(self, payload: object, form: QueryDict) -> Answer:
        """`item` are the ids as they stood, `place-<id>` where each is to go."""
        stood = form.getlist("item")
        self.from_json(payload, {"order": stood})
        wanted = {name: place_of(form.get(f"place-{name}"), at) for at, name in enumerate(stood, 1)}
        return self.from_json(payload, {"order": moved(stood, wanted)})

    def from_json(self, payload: object, raw: object) -> Answer:
        ids = self.read(payload).ids
        order = raw.get("order") if isinstance(raw, dict) else None
        if not isinstance(order, list) or not all(isinstance(one, str) for one in order):
            refuse()
        if sorted(order) != sorted(ids):
            refuse()
        return {"order": list(order)}

    def is_empty(self, answer: Answer | None) -> bool:
        return not answer

    def grade(self, payload: object, answer: object) -> Outcome:
        key = self.read(payload)
        order = [] if answer is None else self.from_json(payload, answer)["order"]
        parts = tuple(part(item, place, order) for place, item in enumerate(key.items, 1))
        score = sum(one.right for one in parts) / len(parts)
        return Outcome(score, parts, feedback=key.feedback if score < 1 else "")

    def right_answer(self, payload: object) -> Answer:
        return {"order": self.read(payload).ids}

    def in_words(self, payload: object, answer: Answer) -> str:
        return " · ".join(label for _, label in self.counted(payload, answer))

    def counted(self, payload: object, answer: Answer | None) -> tuple[tuple[str, str], ...]:
        """Each item in the place that it was given."""
        texts = {item.id: item.text for item in self.read(payload).items}
        order = answer["order"] if answer else []
        return tuple((f"{at}-{name}", f"{at}. {texts[name]}") for at, name in enumerate(order, 1))


def refuse() -> NoReturn:
    raise AnswerError(_("The order could not be read. Reload the page and order them again."))


def part(item: Item, place: int, order: Sequence[str]) -> Part:
    """An item, where it belongs and where it was put."""
    given = order.index(item.id) + 1 if order else 0
    return Part(
        item.id,
        item.text,
        chosen=bool(given),
        right=given == place,
        given=str(given or ""),
        expected=str(place),
    )


def place_of(sent: str | None, stood: int) -> int:
    """A place from 1; one that makes no sense is the place where it stood."""
    known = sent is not None and sent.isascii() and sent.isdigit() and len(sent) < 3
    return int(sent) if known and sent else stood


def moved(stood: Sequence[str], wanted: dict[str, int]) -> list[str]:
    """`stood` with each at its wanted place; where two want the same one, who moved goes there.

    Up: before the one that stands there. Down: behind it, as the others have moved up.
    """

    def rank(at: int, name: str) -> tuple[int, int]:
        step = wanted[name] - at
        return wanted[name], (step > 0) - (step < 0)

    ranks = {name: rank(at, name) for at, name in enumerate(stood, 1)}
    return sorted(stood, key=lambda name: ranks[name])
