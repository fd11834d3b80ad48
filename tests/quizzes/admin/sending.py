"""What a browser sends of the form of a question."""

from typing import Any

from courses.models import Concept
from quizzes.editor.answers import stored
from quizzes.models import Question
from tests.quiz_factories import PAYLOADS


def sent(question: Question, **fields: Any) -> dict[str, Any]:
    """With its line ends, and nothing changed but `fields`."""
    return {
        "concept": question.concept_id,
        "kind": question.kind,
        "difficulty": question.difficulty,
        "status": question.status,
        "slug": question.slug,
        "prompt": question.prompt.replace("\n", "\r\n"),
        "explanation": question.explanation.replace("\n", "\r\n"),
        **stored(question.kind, question.payload).sent(),
        **fields,
    }


def fresh(kind: str, concept: Concept) -> dict[str, Any]:
    """A new question, whose rows have no ids yet."""
    fields = stored(kind, PAYLOADS[kind]).sent()
    return {
        "concept": concept.pk,
        "kind": kind,
        "difficulty": 2,
        "status": "draft",
        "slug": "",
        "prompt": "What?",
        "explanation": "So.",
        **{name: "" if name.endswith("-id") else value for name, value in fields.items()},
    }
