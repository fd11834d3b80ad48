"""The preview of a regrade as its page shows it: keys and answers as HTML, a page of changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from accounts.models import User
from quizzes.kinds import KINDS, AnswerError, PayloadError
from quizzes.models import Attempt, QuestionVersion
from quizzes.regrading.preview import Answered, Change, Preview
from quizzes.showing import Explained, explained, html_of
from quizzes.wording import Wording, words_of


@dataclass(frozen=True, slots=True)
class Key:
    """A version with what is right in it; `number` is how many answers were graded by it."""

    version: QuestionVersion
    explained: Explained
    number: int


@dataclass(frozen=True, slots=True)
class ShownChange:
    learner: User
    quiz: str
    answer: SafeString
    change: Change


@dataclass(frozen=True, slots=True)
class Unreadable:
    learner: User
    answer: SafeString


def new_key(preview: Preview) -> Key:
    version = preview.version
    return key_of(version, words_by_digest([version])[version.digest], preview.readable)


def old_keys(preview: Preview) -> tuple[Key, ...]:
    """Of the answers that were previewed, the key that graded most of them first."""
    words = words_by_digest([version for version, _ in preview.keys])
    return tuple(key_of(one, words[one.digest], number) for one, number in preview.keys)


def words_by_digest(versions: Sequence[QuestionVersion]) -> dict[str, Wording]:
    """By digest: the new key may not have been stored."""
    words = words_of(versions)
    return {version.digest: words[version.pk] for version in versions}


def key_of(version: QuestionVersion, words: Wording, number: int) -> Key:
    outcome = KINDS[version.kind].grade(version.payload, None)
    return Key(version, explained(version, words, outcome, seed="", answer=None), number)


def changes(found: Iterable[Change]) -> list[ShownChange]:
    """At most two queries, and one to the cache."""
    found = list(found)
    versions = asked_by(change.answered for change in found)
    words = words_of(versions.values())
    return [
        ShownChange(
            learner=change.attempt.user,
            quiz=change.attempt.quiz.title,
            answer=in_html(change.answered, versions, words),
            change=change,
        )
        for change in found
    ]


def unreadable(found: Sequence[Answered]) -> list[Unreadable]:
    versions = asked_by(found)
    words = words_of(versions.values())
    attempts = Attempt.objects.select_related("user").in_bulk({one.attempt for one in found})
    return [Unreadable(attempts[one.attempt].user, in_html(one, versions, words)) for one in found]


def asked_by(found: Iterable[Answered]) -> dict[int, QuestionVersion]:
    return QuestionVersion.objects.in_bulk({one.version for one in found})


def in_html(
    answered: Answered, versions: Mapping[int, QuestionVersion], words: Mapping[int, Wording]
) -> SafeString:
    """What was answered, in the words of the version that was asked."""
    version = versions[answered.version]
    try:
        pairs = KINDS[version.kind].counted(version.payload, answered.answer)
    except (AnswerError, PayloadError):
        pairs = ()
    labels = ((html_of(label, words[version.pk]),) for _, label in pairs)
    return format_html_join(" · ", "{}", labels)
