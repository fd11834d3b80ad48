"""What is said in a class, to test with."""

from datetime import timedelta

import factory

from cohorts.models import Announcement, Post, Report, Thread
from tests.class_factories import NOW, CohortFactory
from tests.factories import LessonFactory, TrackFactory, UserFactory


class AnnouncementFactory(factory.django.DjangoModelFactory[Announcement]):
    """Posted an hour ago, not mailed."""

    class Meta:
        model = Announcement

    cohort = factory.SubFactory(CohortFactory)
    title = factory.Sequence(lambda n: f"Announcement {n}")
    body = "Bring a **laptop**."
    post_at = NOW - timedelta(hours=1)
    mail = False


class ThreadFactory(factory.django.DjangoModelFactory[Thread]):
    class Meta:
        model = Thread

    cohort = factory.SubFactory(CohortFactory)
    lesson = factory.LazyAttribute(
        lambda o: LessonFactory(track=TrackFactory(course=o.cohort.course))
    )
    author = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Question {n}")
    body = "Why is `x` so large?"
    created_at = NOW - timedelta(days=1)
    last_at = factory.SelfAttribute("created_at")


class PostFactory(factory.django.DjangoModelFactory[Post]):
    class Meta:
        model = Post

    thread = factory.SubFactory(ThreadFactory)
    author = factory.SubFactory(UserFactory)
    body = factory.Sequence(lambda n: f"Answer {n}.")
    created_at = NOW - timedelta(hours=2)


class ReportFactory(factory.django.DjangoModelFactory[Report]):
    """Of the question, where no answer is given."""

    class Meta:
        model = Report

    thread = factory.SubFactory(ThreadFactory)
    by = factory.SubFactory(UserFactory)
    reason = "It is rude."
    made_at = NOW - timedelta(hours=1)
