"""Things on the left, each to be matched with one on the right.

Payload: {"left": [{"id": "a", "text": Markdown}], "right": [{"id": "x", "text": Markdown}],
          "key": {"a": "x"}, "feedback": {"a": Markdown}}
Answer:  {"pairs": {"a": "x"}}, in the order of the left; what is not matched is left out
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.kinds.base import Answer, AnswerError, Kind, Outcome, Part, Shown
from quizzes.kinds.items import Item, check_items, mixed, read_items
from quizzes.kinds.payload import PayloadError, check_markdown, mapping, optional_text, text

LEAST, MOST, MOST_RIGHT = 2, 8, 12


@dataclass(frozen=True, slots=True)
class Key:
    """`pairs` and `feedback` go by the ids of the left."""

    left: tuple[Item, ...]
    right: tuple[Item, ...]
    pairs: dict[str, str]
    feedback: dict[str, str]

    @property
    def texts(self) -> dict[str, str]:
        return {item.id: item.text for item in self.right}


class Matching(Kind):
    name = "matching"
    template = "quizzes/kinds/matching.html"
    graded_template = "quizzes/kinds/matching_graded.html"
    hint = gettext_lazy(
        "Choose what belongs to each. Every right pair gives its share of the point."
    )

    def read(self, payload: object) -> Key:
        fields = mapping(payload, (), required=("left", "right", "key"), optional=("feedback",))
        left = read_items(fields["left"], ("left",), least=LEAST, most=MOST)
        right = read_items(fields["right"], ("right",), least=LEAST, most=MOST_RIGHT)
        ids = [item.id for item in left]
        pairs = mapping(fields["key"], ("key",), required=ids)
        known = {item.id for item in right}
        for name in ids:
            if text(pairs[name], ("key", name)) not in known:
                raise PayloadError(("key", name), _("Nothing on the right has this id."))
        said = mapping(fields.get("feedback", {}), ("feedback",), required=(), optional=ids)
        feedback = {name: optional_text(said, name, ("feedback",)) for name in ids}
        return Key(left, right, {name: pairs[name] for name in ids}, feedback)

    def check(self, payload: object) -> None:
        key = self.read(payload)
        check_items(key.left, ("left",))
        check_items(key.right, ("right",))
        for name, said in key.feedback.items():
            check_markdown(said, ("feedback", name))
        for name, other in key.pairs.items():
            if name == other:
                raise PayloadError(
                    ("key", name), _("The two of a pair have the same id, which gives it away.")
                )

    def sources(self, payload: object) -> Iterable[str]:
        key = self.read(payload)
        texts = [item.text for item in (*key.left, *key.right)]
        return texts + [said for said in key.feedback.values() if said]

    def present(self, payload: object, *, seed: str, answer: Answer | None) -> tuple[Shown, ...]:
        """The left as written, each with all of the right, mixed."""
        key = self.read(payload)
        pairs = answer["pairs"] if answer else {}
        options = mixed(key.right, list(key.pairs.values()), seed)
        return tuple(
            Shown(
                item.id,
                item.text,
                value=pairs.get(item.id, ""),
                options=tuple(
                    Shown(one.id, one.text, chosen=pairs.get(item.id) == one.id) for one in options
                ),
            )
            for item in key.left
        )

    def from_form(self, payload: object, form: QueryDict) -> Answer:
        sent = {item.id: form.get(f"pair-{item.id}", "") for item in self.read(payload).left}
        return self.from_json(payload, {"pairs": {name: one for name, one in sent.items() if one}})

    def from_json(self, payload: object, raw: object) -> Answer:
        key = self.read(payload)
        pairs = raw.get("pairs") if isinstance(raw, dict) else None
        if not isinstance(pairs, dict):
            raise AnswerError(_("The pairs could not be read. Choose again."))
        known = set(key.texts)
        if any(name not in key.pairs for name in pairs) or any(
            not isinstance(one, str) or one not in known for one in pairs.values()
        ):
            raise AnswerError(_("This is not one of the pairs. Reload the page and choose again."))
        return {"pairs": {name: pairs[name] for name in key.pairs if name in pairs}}

    def is_empty(self, answer: Answer | None) -> bool:
        return not answer or not answer["pairs"]

    def grade(self, payload: object, answer: object) -> Outcome:
        key = self.read(payload)
        pairs = {} if answer is None else self.from_json(payload, answer)["pairs"]
        parts = tuple(part(key, item, pairs.get(item.id, "")) for item in key.left)
        return Outcome(sum(one.right for one in parts) / len(parts), parts)

    def right_answer(self, payload: object) -> Answer:
        return {"pairs": self.read(payload).pairs}

    def in_words(self, payload: object, answer: Answer) -> str:
        return " · ".join(label for _, label in self.counted(payload, answer))

    def counted(self, payload: object, answer: Answer | None) -> tuple[tuple[str, str], ...]:
        """Each pair that was made."""
        key = self.read(payload)
        pairs, texts = (answer["pairs"] if answer else {}), key.texts
        return tuple(
            (f"{item.id}={pairs[item.id]}", f"{item.text} → {texts[pairs[item.id]]}")
            for item in key.left
            if item.id in pairs
        )


def part(key: Key, item: Item, given: str) -> Part:
    right = given == key.pairs[item.id]
    texts = key.texts
    return Part(
        item.id,
        item.text,
        chosen=bool(given),
        right=right,
        feedback="" if right else key.feedback[item.id],
        given=texts.get(given, ""),
        expected=texts[key.pairs[item.id]],
    )
