"""What the demo learner did: two weeks of lessons, a quiz, and reviews on some evenings."""

from datetime import datetime, timedelta
from random import Random

from django.conf import settings

from accounts.models import User
from courses import progress
from courses.models import Lesson
from quizzes import attempts
from quizzes.models import Quiz, Response, ReviewCard, ReviewLog
from quizzes.review.rating import rate

DAYS = 14
# The days after the first on which cards were reviewed; since then some have fallen due.
EVENINGS = (6, 8, 11)
CARDS_A_DAY = 12
Rating = ReviewLog.Rating
MOSTLY_GOOD = (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.GOOD, Rating.GOOD, Rating.EASY)


def walk(*, user: User, now: datetime) -> None:
    """One lesson done, the next one begun. The same for the same `now`."""
    rng, first = Random(1), now - timedelta(days=DAYS)  # noqa: S311  (plausible, not secret)
    lessons = Lesson.objects.published(now).filter(track__course__slug=settings.DEFAULT_COURSE)
    for number, lesson in enumerate(lessons.in_order()[:2]):
        day = first + timedelta(weeks=number)
        read(user, lesson, day, ticks=2 if number else 5)
        if not number:
            quiz = Quiz.objects.published(now).filter(lesson=lesson).first()
            if quiz:
                take(user, quiz, day + timedelta(days=5), rng)
            progress.mark_done(user=user, lesson=lesson, now=day + timedelta(days=5))
    for days in EVENINGS:
        review(user, first + timedelta(days=days), rng)


def read(user: User, lesson: Lesson, day: datetime, ticks: int) -> None:
    progress.enrol(user=user, course=lesson.track.course, now=day)
    progress.read_lesson(user=user, lesson_id=lesson.pk, version=lesson.version, now=day)
    for days, concept in enumerate(lesson.concepts.current()[:ticks]):
        progress.tick_concept(user=user, concept=concept, now=day + timedelta(days=days))


def take(user: User, quiz: Quiz, at: datetime, rng: Random) -> None:
    """Every question but some answered rightly, at half a minute each."""
    attempt = attempts.start(user=user, quiz=quiz, now=at, rng=rng)
    for response in attempt.responses.in_order().select_related("version"):
        at += timedelta(seconds=30)
        if rng.random() < 0.8:
            answer(user, response, at)
    attempts.submit(user=user, attempt_id=attempt.pk, now=at)


def answer(user: User, response: Response, at: datetime) -> None:
    attempts.save_answer(
        user=user,
        attempt_id=response.attempt_id,
        position=response.position,
        read=lambda kind, payload: kind.right_answer(payload),
        sequence=None,
        now=at,
    )


def review(user: User, evening: datetime, rng: Random) -> None:
    due = ReviewCard.objects.of(user).active().filter(due_at__lte=evening).order_by("pk")
    for number, card in enumerate(due[:CARDS_A_DAY]):
        rate(
            user=user,
            card_id=card.pk,
            rating=rng.choice(MOSTLY_GOOD),
            seen_reviews=card.reviews,
            now=evening + timedelta(seconds=20 * number),
        )
