"""What learners do with the course. These actions alone write progress.

The rule by which a lesson becomes done is `DONE_RULE`; learners read it on the page.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Case, F, Q, When
from django.db.models.functions import Greatest
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import (
    Concept,
    ConceptTick,
    Course,
    Enrolment,
    Lesson,
    LessonProgress,
    Reference,
    ReferenceTick,
)
from courses.pages.lesson import LessonPage
from courses.standing import Progress
from courses.statements import fetch

DONE_RULE = _(
    "A lesson is done when all its concepts are ticked and its quiz is passed, "
    "or when you mark it done yourself."
)
DONE_RULE_WITHOUT_QUIZ = _(
    "A lesson is done when all its concepts are ticked, or when you mark it done yourself."
)
# Sent in the transaction of a tick, with `user`, `concept` and `now`; unticking sends nothing.
concept_ticked = Signal()
# A page read again within this time is not written down again.
READ_AGAIN = timedelta(minutes=10)

# Plain SQL that both databases know: each is one statement, where the ORM takes up to four, or
# takes longer to write it than the database to answer.
ENROL = """
INSERT INTO courses_enrolment (user_id, course_id, enrolled_at) VALUES (%s, %s, %s)
    ON CONFLICT (user_id, course_id) """
COME_BACK = f"{ENROL} DO UPDATE SET left_at = NULL WHERE courses_enrolment.left_at IS NOT NULL"
STAY_AWAY = f"{ENROL} DO NOTHING"
# A row that is there is locked as it is, by an update that changes nothing.
FIND_OR_MAKE = """
INSERT INTO courses_lessonprogress (user_id, lesson_id, started_at, last_read_at, version_read,
                                    quiz_score, quiz_passed_at, by_hand)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (user_id, lesson_id)
    DO UPDATE SET version_read = courses_lessonprogress.version_read
RETURNING *"""
# How many concepts a lesson has, and how many of them are ticked.
TICKED = """
SELECT COUNT(concept.id), COUNT(tick.id)
  FROM courses_concept concept
  LEFT JOIN courses_concepttick tick ON tick.concept_id = concept.id AND tick.user_id = %s
 WHERE concept.lesson_id = %s AND NOT concept.archived"""


def enrol(*, user: User, course: Course, now: datetime, come_back: bool = True) -> None:
    """Put `user` on `course`; who had left finds their progress again. One query.

    Without `come_back` who has left stays away.
    """
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(COME_BACK if come_back else STAY_AWAY, [user.pk, course.pk, at])


def enrol_all(*, users: Sequence[int], course: Course, now: datetime) -> None:
    """`enrol` for the people with these ids. Two queries for each thousand of them."""
    rows = [Enrolment(user_id=user, course=course, enrolled_at=now) for user in users]
    Enrolment.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    gone = Enrolment.objects.filter(user__in=users, course=course).exclude(left_at=None)
    gone.update(left_at=None)


def leave(*, user: User, course: Course, now: datetime) -> None:
    """Take `user` off `course`. Progress stays, for the day they come back."""
    # Who enrolled in another window a moment after `now` leaves at that moment.
    left_at = Greatest(now, F("enrolled_at"))
    Enrolment.objects.active().filter(user=user, course=course).update(left_at=left_at)


def done_rule(lesson: LessonPage) -> str:
    return str(DONE_RULE if lesson.quiz_required else DONE_RULE_WITHOUT_QUIZ)


def read_lesson(*, user: User, lesson_id: int, version: int, now: datetime) -> None:
    """Note that `user` has opened a lesson: from now on it is where they continue.

    Of a lesson that has changed meanwhile, the version that they knew is kept until they say that
    they have seen the changes.
    """
    read = {"last_read_at": now, "version_read": version}
    known = Q(changes_from=0, version_read__gt=0, version_read__lt=version)
    since = Case(When(known, F("version_read")), default=F("changes_from"))
    LessonProgress.objects.update_or_create(
        user=user,
        lesson_id=lesson_id,
        defaults={**read, "changes_from": since},
        create_defaults={**read, "started_at": now},
    )


def see_changes(*, user: User, lesson: Lesson, version: int) -> None:
    """Note that `user` has seen what changed up to `version`; what came later stays marked."""
    later = version if 0 < version < lesson.version else 0
    marked = LessonProgress.objects.filter(user=user, lesson=lesson, changes_from__gt=0)
    marked.update(changes_from=later)


def is_worth_noting(
    progress: Progress | LessonProgress | None, version: int, now: datetime
) -> bool:
    """Whether opening a lesson at `now` says more than what was noted last."""
    return (
        progress is None
        or now - progress.last_read_at > READ_AGAIN
        or progress.version_read != version
    )


@transaction.atomic
def tick_concept(*, user: User, concept: Concept, now: datetime) -> LessonProgress:
    # Not get_or_create: between its two looks another window can tick and untick again.
    tick = ConceptTick(user=user, concept=concept, ticked_at=now)
    ConceptTick.objects.bulk_create([tick], ignore_conflicts=True)
    enrol(user=user, course=concept.lesson.track.course, now=now)
    concept_ticked.send(Concept, user=user, concept=concept, now=now)
    return settle(user=user, lesson=concept.lesson, now=now)


@transaction.atomic
def untick_concept(*, user: User, concept: Concept, now: datetime) -> LessonProgress:
    ConceptTick.objects.filter(user=user, concept=concept).delete()
    return settle(user=user, lesson=concept.lesson, now=now)


def tick_reference(*, user: User, reference: Reference, now: datetime) -> None:
    set_references(user=user, shown=[reference], ticked=[reference], now=now)


def untick_reference(*, user: User, reference: Reference) -> None:
    ReferenceTick.objects.filter(user=user, reference=reference).delete()


@transaction.atomic
def set_references(
    *, user: User, shown: Sequence[Reference], ticked: Sequence[Reference], now: datetime
) -> None:
    """Of the references `shown`, all of one lesson, just the `ticked` ones are read.

    A constant number of queries.
    """
    unread = {reference.pk for reference in shown} - {reference.pk for reference in ticked}
    if unread:
        ReferenceTick.objects.filter(user=user, reference__in=unread).delete()
    if ticked:
        ReferenceTick.objects.bulk_create(
            [ReferenceTick(user=user, reference=one, ticked_at=now) for one in ticked],
            ignore_conflicts=True,
        )
        enrol(user=user, course=ticked[0].lesson.track.course, now=now)


@transaction.atomic
def mark_done(*, user: User, lesson: Lesson, now: datetime, opened: bool = True) -> LessonProgress:
    """Done because the learner says so, whatever is ticked; `opened` says whether on its page."""
    enrol(user=user, course=lesson.track.course, now=now)
    progress = progress_of(user, lesson, now, opened=opened)
    progress.by_hand = True
    progress.completed_at = progress.completed_at or now
    progress.save(update_fields=["by_hand", "completed_at"])
    return progress


@transaction.atomic
def unmark_done(*, user: User, lesson: Lesson, now: datetime) -> LessonProgress:
    """Take back the mark made by hand; what the ticks and the quiz say counts again."""
    progress = progress_of(user, lesson, now)
    progress.by_hand = False
    progress.save(update_fields=["by_hand"])
    return settle(user=user, lesson=lesson, now=now)


@transaction.atomic(savepoint=False)
def quiz_finished(
    *,
    user: User,
    lesson: Lesson,
    score: float,
    passed: bool,
    now: datetime,
    replaces: bool = False,
) -> LessonProgress:
    """Take over what counts of a quiz: the best score is kept, unless this one `replaces` it.

    The first pass stays whatever comes after it. Who has left the course stays away: an attempt
    may be closed by the clock, or graded by somebody, long after. Without a savepoint: what fails
    here fails the caller's transaction. Four queries at most.
    """
    enrol(user=user, course=lesson.track.course, now=now, come_back=False)
    passed_at = now if passed else None
    progress = progress_of(
        user, lesson, now, opened=False, quiz_score=score, quiz_passed_at=passed_at
    )
    was = (progress.quiz_score, progress.quiz_passed_at)
    progress.quiz_score = score if replaces else max(score, progress.quiz_score or 0.0)
    progress.quiz_passed_at = progress.quiz_passed_at or passed_at
    moved = apply_rule(progress, user, lesson, now)
    if moved or was != (progress.quiz_score, progress.quiz_passed_at):
        progress.save(update_fields=["quiz_score", "quiz_passed_at", "completed_at"])
    return progress


def raise_quiz_score(*, lesson_id: int, users: Sequence[int], score: float) -> None:
    """Give `users` at least `score` as the best of their quizzes of a lesson. One query.

    For scores that bring no pass: whether the lesson is done stays as it is.
    """
    lower = LessonProgress.objects.filter(user__in=users, lesson=lesson_id, quiz_score__lt=score)
    lower.update(quiz_score=score)


def settle(*, user: User, lesson: Lesson, now: datetime) -> LessonProgress:
    """Apply the rule: set or clear when the lesson became done."""
    progress = progress_of(user, lesson, now)
    if apply_rule(progress, user, lesson, now):
        progress.save(update_fields=["completed_at"])
    return progress


def apply_rule(progress: LessonProgress, user: User, lesson: Lesson, now: datetime) -> bool:
    """Whether `completed_at` had to change; the caller saves it."""
    done = progress.by_hand or fulfils_rule(user, lesson, progress)
    if done == bool(progress.completed_at):
        return False
    progress.completed_at = now if done else None
    return True


def fulfils_rule(user: User, lesson: Lesson, progress: LessonProgress) -> bool:
    if lesson.quiz_required and not progress.quiz_passed_at:
        return False
    ((concepts, ticked),) = fetch(TICKED, [user.pk, lesson.pk])
    return bool(concepts) and concepts == ticked


def progress_of(
    user: User,
    lesson: Lesson,
    now: datetime,
    *,
    opened: bool = True,
    quiz_score: float | None = None,
    quiz_passed_at: datetime | None = None,
) -> LessonProgress:
    """The row to change, locked until the transaction ends; a new one starts with the values.

    Who has not `opened` the lesson has read no version of it. One query, whether it is new or not.
    """
    started, passed = map(connection.ops.adapt_datetimefield_value, (now, quiz_passed_at))
    read = (started, started, lesson.version if opened else 0)
    sent = [user.pk, lesson.pk, *read, quiz_score, passed, False]
    progress: LessonProgress = LessonProgress.objects.raw(FIND_OR_MAKE, sent)[0]
    return progress
