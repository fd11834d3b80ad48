"""A card as the review page asks it, and what an answer to it is worth.

A card asks what its question or key fact says now, whatever it said when the card was made.
"""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.models import Concept
from quizzes.kinds import KINDS, Answer, AnswerError, Outcome, is_sound
from quizzes.models import Question, QuestionVersion, ReviewCard
from quizzes.question_versions import digest_of
from quizzes.question_versions import version as version_as
from quizzes.review.scheduling import AGAIN, EASY, HARD
from quizzes.showing import Asked, Explained, asked, explained, html_of
from quizzes.wording import Wording, as_block, in_line, words_of

# What the forms of review send beside an answer; "unknown" goes along with it.
OURS = {"csrfmiddlewaretoken", "seen", "digest", "seconds", "rating"}
NOTHING = gettext_lazy("Answer first, or choose “I do not know”.")
logger = logging.getLogger(__name__)

# The lowest and the highest rating that an answer can be given; without one, all four.
ALLOWED = {"wrong": (AGAIN, AGAIN), "part": (AGAIN, HARD), "right": (HARD, EASY)}


@dataclass(frozen=True, slots=True)
class Front:
    """What is asked. `asked` is the answer form, None where the learner rates themselves.

    `version` is not stored, and None for a key fact; `digest` is of all that is shown.
    """

    card: ReviewCard
    concept: Concept
    digest: str
    version: QuestionVersion | None
    words: Wording | None
    asked: Asked | None
    prompt: SafeString


@dataclass(frozen=True, slots=True)
class Said:
    """What a learner compares their own answer with."""

    answer: SafeString
    criteria: tuple[SafeString, ...] = ()
    explanation: SafeString | None = None


def cards_to_ask(user: User) -> QuerySet[ReviewCard]:
    """One's own cards, with all that asking one needs."""
    path = "lesson__track__course"
    own = ReviewCard.objects.of(user)
    return own.select_related(f"question__concept__{path}", f"concept__{path}")


def front_of(card: ReviewCard, now: datetime, answer: Answer | None = None) -> Front | None:
    """None where the question cannot be shown, which is an editor's mistake and logged.

    No query, for a card out of `cards_to_ask`. `answer` fills the form in.
    """
    if card.question is not None:
        return of_question(card, card.question, now, answer)
    concept = concept_of(card)
    said = f"{concept.fact_prompt}\0{concept.fact_answer}"
    digest = hashlib.sha256(said.encode()).hexdigest()
    return Front(card, concept, digest, None, None, None, in_line(concept.fact_prompt))


def concept_of(card: ReviewCard) -> Concept:
    """A constraint says that it is of the one or of the other."""
    return card.question.concept if card.question else cast(Concept, card.concept)


def of_question(
    card: ReviewCard, question: Question, now: datetime, answer: Answer | None
) -> Front | None:
    if not is_sound(question.kind, question.payload):
        logger.error("Question %s cannot be asked: its payload is broken.", question.pk)
        return None
    version = version_as(question, digest_of(question), now)
    words = words_of([version])[version.pk]
    form = None
    if not KINDS[question.kind].self_assessed:
        form = asked(version, words, seed=seed_of(card), answer=answer)
    return Front(card, question.concept, version.digest, version, words, form, words.prompt)


def seed_of(card: ReviewCard) -> str:
    """Options stand in another order at each review, and stay put on reload."""
    return f"{card.pk}:{card.reviews}"


def said_of(front: Front) -> Said:
    """The answer of a card that the learner rates themselves."""
    if front.version is None or front.words is None:
        return Said(as_block(front.concept.fact_answer))
    kind, payload, words = KINDS[front.version.kind], front.version.payload, front.words
    return Said(
        answer=format_html_join("", "{}", ((html_of(one, words),) for one in kind.blocks(payload))),
        criteria=tuple(html_of(one, words) for one in kind.sources(payload)),
        explanation=words.explanation,
    )


def answer_in(front: Front, form: QueryDict) -> Answer | None:
    """What was answered in the form of `front`; None for "I do not know". Raises AnswerError."""
    if front.asked is None or front.version is None or "unknown" in form:
        return None
    if not any(value.strip() for _name, value in fields_of(form)):
        raise AnswerError(str(NOTHING))
    answer = front.asked.kind.from_form(front.version.payload, form)
    if front.asked.kind.is_empty(answer):
        raise AnswerError(str(NOTHING))
    return answer


def fields_of(form: QueryDict) -> list[tuple[str, str]]:
    """The answer in `form` as it was sent, to be sent once more along with a rating."""
    return [(name, one) for name, sent in form.lists() if name not in OURS for one in sent]


def outcome_of(front: Front, answer: Answer | None) -> Outcome | None:
    """None where only the learner can tell."""
    if front.asked is None or front.version is None:
        return None
    return front.asked.kind.grade(front.version.payload, answer)


def explained_to(front: Front, answer: Answer | None) -> Explained | None:
    outcome = outcome_of(front, answer)
    if outcome is None or front.version is None or front.words is None:
        return None
    return explained(front.version, front.words, outcome, seed=seed_of(front.card), answer=answer)


def allowed(verdict: str | None) -> range:
    """The ratings that `verdict` deserves; None: the learner rates themselves."""
    lowest, highest = ALLOWED[verdict] if verdict else (AGAIN, EASY)
    return range(lowest, highest + 1)
