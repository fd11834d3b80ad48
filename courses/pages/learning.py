"""What a lesson's page has around its concepts: outcomes, key facts, an exercise."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from courses.markdown import render_inline, rendered
from courses.models import Concept


@dataclass(frozen=True, slots=True, eq=False)
class FactLine:
    """The key fact of a concept: what a review card asks, too."""

    slug: str
    name: str
    prompt: SafeString
    answer: SafeString


@dataclass(frozen=True, slots=True, eq=False)
class Exercise:
    """`answer` is empty where there is none."""

    task: SafeString
    answer: SafeString


def outcomes(lines: Iterable[str]) -> tuple[SafeString, ...]:
    return tuple(mark_safe(render_inline(line)) for line in lines)  # noqa: S308  (the renderer's)


def facts(concepts: Iterable[Concept]) -> tuple[FactLine, ...]:
    return tuple(
        FactLine(
            concept.slug,
            concept.name,
            mark_safe(render_inline(concept.fact_prompt)),  # noqa: S308
            block(concept.fact_answer, f"{concept.slug}-fact"),
        )
        for concept in concepts
        if concept.fact_prompt
    )


def exercise(task: str, answer: str) -> Exercise | None:
    if not task.strip():
        return None
    return Exercise(block(task, "exercise-task"), block(answer, "exercise-answer"))


def block(source: str, prefix: str) -> SafeString:
    return mark_safe(rendered(source, prefix=prefix).html)  # noqa: S308
