"""A question tried as a learner gets it: asked, checked, shown with its answer. Keeps nothing."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from courses.models import Concept
from quizzes.attempts.graded import Told
from quizzes.kinds import KINDS, Answer, AnswerError, PayloadError
from quizzes.models import Question, QuestionVersion
from quizzes.question_versions import digest_of
from quizzes.showing import Asked, Explained, asked, explained
from quizzes.sources import ConceptLink, LessonLink
from quizzes.wording import put_in_words

MOST_SEED = 32
NOWHERE = ConceptLink(0, "", "", archived=True, lesson=LessonLink(0, "", ""))


@dataclass(frozen=True, slots=True)
class Tried:
    """What is to be asked. The payload is sound."""

    kind: str
    prompt: str
    payload: dict[str, Any]
    explanation: str
    concept: ConceptLink = NOWHERE

    @property
    def version(self) -> QuestionVersion:
        """As it would be stored. Never saved."""
        said = {
            "kind": self.kind,
            "prompt": self.prompt,
            "payload": self.payload,
            "explanation": self.explanation,
        }
        return QuestionVersion(digest=digest_of(Question(**said)), **said)


@dataclass(frozen=True, slots=True)
class Trial:
    """Either `asked`, maybe again because of an `error`, or `explained` and `told`."""

    seed: str
    asked: Asked | None = None
    error: str = ""
    explained: Explained | None = None
    told: Told | None = None
    answer: Answer | None = None
    shown: bool = False

    @property
    def to_rate(self) -> str:
        """The answer in one's own words that only who wrote it can say the worth of; or ""."""
        waits = self.told is not None and self.told.pending and not self.shown
        return str((self.answer or {}).get("text", "")) if waits else ""


def of_question(question: Question) -> tuple[Tried | None, list[str]]:
    """A stored question, or what is wrong with it. Its concept's course has been fetched."""
    try:
        KINDS[question.kind].read(question.payload)
    except (KeyError, PayloadError) as error:
        said = error.in_words() if isinstance(error, PayloadError) else question.kind
        return None, [_("It cannot be asked as it is: %s") % said]
    tried = Tried(
        question.kind,
        question.prompt,
        question.payload,
        question.explanation,
        link_to(question.concept),
    )
    return tried, []


def link_to(concept: Concept) -> ConceptLink:
    lesson = LessonLink(concept.lesson_id, concept.lesson.title, "")
    url = "" if concept.archived else concept.get_absolute_url()
    return ConceptLink(concept.pk, concept.name, url, concept.archived, lesson)


def ask(tried: Tried, *, seed: str, answer: Answer | None = None, error: str = "") -> Trial:
    """`seed` alone decides the order of what is shuffled."""
    version = tried.version
    shown = asked(version, put_in_words(version), seed=seed, answer=answer)
    return Trial(seed, asked=shown, error=error, answer=answer)


def check(tried: Tried, *, seed: str, form: QueryDict) -> Trial:
    """The answer of `form`, graded; or asked again, with what to do."""
    kind = KINDS[tried.kind]
    try:
        answer = kind.from_form(tried.payload, form)
    except AnswerError as error:
        return ask(tried, seed=seed, answer=error.typed, error=str(error))
    if kind.is_empty(answer):
        said = _("Answer the question first, or show the right answer.")
        return ask(tried, seed=seed, error=said)
    return grade(tried, answer, seed=seed)


def show(tried: Tried, *, seed: str) -> Trial:
    """The right answer as if it had been given."""
    answer = KINDS[tried.kind].right_answer(tried.payload)
    if tried.kind == Question.Kind.FREE:
        answer = answer | {"self": 1.0}
    return grade(tried, answer, seed=seed, shown=True)


def grade(tried: Tried, answer: Answer, *, seed: str, shown: bool = False) -> Trial:
    version, kind = tried.version, KINDS[tried.kind]
    outcome = kind.grade(tried.payload, answer)
    found = explained(version, put_in_words(version), outcome, seed=seed, answer=answer)
    told = Told(
        verdict=found.verdict,
        pending=found.pending,
        rates=kind.self_assessed and not shown,
        answered=found.answered,
        gained=found.score,
        points=1.0,
        key=tuple(found.key),
        feedback=found.feedback,
        explanation=found.explanation,
        concept=tried.concept,
    )
    return Trial(seed, explained=found, told=told, answer=answer, shown=shown)


def act(tried: Tried, form: QueryDict, *, new_seed: str) -> Trial:
    """What the button that was pressed says: check, show the right answer, or ask anew."""
    seed = form.get("seed", "")[:MOST_SEED]
    match form.get("act"):
        case "check":
            return check(tried, seed=seed, form=form)
        case "show":
            return show(tried, seed=seed)
    return ask(tried, seed=new_seed)
