"""`python -m benchmarks.seed FILE`: a thousand learners in all stages of the loaded course.

The same every time. Writes one learner a line (as JSON) to FILE: the session's key, and what
`pages.py` names; to `quizzes` beside it, how whole attempts answer.
"""

import json
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import django

django.setup()

from allauth.account.models import EmailAddress  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.errors import BenchError  # noqa: E402
from benchmarks.seed_attempts import attempts_of  # noqa: E402
from benchmarks.seed_class import classes_of  # noqa: E402
from benchmarks.seed_quizzes import quizzes_of  # noqa: E402
from benchmarks.seed_reviews import cards_of_all  # noqa: E402
from benchmarks.sessions import sign_in  # noqa: E402
from courses.models import (  # noqa: E402
    ConceptTick,
    Course,
    Enrolment,
    Lesson,
    LessonProgress,
    ReferenceTick,
)

LEARNERS, BATCH = 1000, 2000
Done = list[tuple[User, Lesson, datetime]]


def people(number: int) -> list[User]:
    users = User.objects.bulk_create(
        User(email=f"learner-{n}@example.org", display_name=f"Learner {n}", password="!")
        for n in range(number)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return users


def lessons_of(course: Course, now: datetime) -> list[Lesson]:
    lessons = Lesson.objects.filter(track__course=course).published(now).in_order()
    return list(lessons.prefetch_related("concepts", "references"))


def walks(users: Iterable[User], lessons: list[Lesson], now: datetime, rng: Random) -> Done:
    """Each learner did the first so many lessons, in order, one every second day."""
    return [
        (user, lesson, now - timedelta(days=2 * (reached - place), minutes=rng.randrange(600)))
        for user in users
        for reached in [rng.randrange(len(lessons))]
        for place, lesson in enumerate(lessons[: reached + 1])
    ]


def progress(course: Course, users: list[User], done: Done, rng: Random) -> None:
    first = min((at for *_, at in done), default=timezone.now()) - timedelta(days=1)
    Enrolment.objects.bulk_create(
        Enrolment(user=user, course=course, enrolled_at=first) for user in users
    )
    concepts = [
        ConceptTick(user=user, concept=concept, ticked_at=at)
        for user, lesson, at in done
        for concept in lesson.concepts.all()
    ]
    references = [
        ReferenceTick(user=user, reference=reference, ticked_at=at)
        for user, lesson, at in done
        for reference in lesson.references.all()
        if rng.random() < 0.3
    ]
    ConceptTick.objects.bulk_create(concepts, batch_size=BATCH)
    ReferenceTick.objects.bulk_create(references, batch_size=BATCH)
    LessonProgress.objects.bulk_create((progress_of(*one) for one in done), batch_size=BATCH)


def progress_of(user: User, lesson: Lesson, at: datetime) -> LessonProgress:
    return LessonProgress(
        user=user,
        lesson=lesson,
        started_at=at - timedelta(hours=1),
        last_read_at=at,
        version_read=lesson.version,
        quiz_score=1.0,
        quiz_passed_at=at,
        completed_at=at,
    )


def main(file: Path) -> None:
    rng, now = Random(1), timezone.now()
    course = Course.objects.first()
    if course is None:
        raise BenchError("No course is loaded.")
    # One more, who is known by 100,000 cards and no visit.
    *users, keeper = people(LEARNERS + 1)
    done = walks(users, lessons_of(course, now), now, rng)
    progress(course, users, done, rng)
    attempts = attempts_of(users, done, now, rng)
    # After the attempts, so that nobody has been at them; before the keeper's many questions.
    file.with_name("quizzes").write_text(json.dumps(quizzes_of(course)))
    cards_of_all(keeper, now)
    teacher, member = classes_of(course, lessons_of(course, now), now)
    *keys, kept, taught, enrolled = sign_in([*users, keeper, teacher, member], rng)
    others = {"keeper": kept, "teacher": taught, "member": enrolled}
    lines = [
        {"session": key, **others, **attempts[user.pk]}
        for user, key in zip(users, keys, strict=True)
    ]
    file.write_text("\n".join(map(json.dumps, lines)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
