"""Courses to test with, made by factory-boy: small, published, in natural-key order."""

import factory
from django.utils import timezone

from accounts.models import User
from courses.models import (
    Concept,
    Course,
    Enrolment,
    Lesson,
    Notebook,
    Reference,
    Status,
    Term,
    Track,
)


class UserFactory(factory.django.DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    display_name = factory.Sequence(lambda n: f"Person {n}")


class CourseFactory(factory.django.DjangoModelFactory[Course]):
    class Meta:
        model = Course
        django_get_or_create = ("slug",)

    slug = "llm-course"
    title = "LLM Course"


class TrackFactory(factory.django.DjangoModelFactory[Track]):
    class Meta:
        model = Track

    course = factory.SubFactory(CourseFactory)
    slug = factory.Sequence(lambda n: f"track-{n}")
    title = factory.Sequence(lambda n: f"Track {n}")
    position = factory.Sequence(lambda n: n)


class LessonFactory(factory.django.DjangoModelFactory[Lesson]):
    class Meta:
        model = Lesson

    track = factory.SubFactory(TrackFactory)
    slug = factory.Sequence(lambda n: f"lesson-{n}")
    title = factory.Sequence(lambda n: f"Lesson {n}")
    introduction = "An *introduction*."
    position = factory.Sequence(lambda n: n)
    status = Status.PUBLISHED


class ConceptFactory(factory.django.DjangoModelFactory[Concept]):
    class Meta:
        model = Concept

    lesson = factory.SubFactory(LessonFactory)
    slug = factory.Sequence(lambda n: f"concept-{n}")
    name = factory.Sequence(lambda n: f"Concept {n}")
    claim = "I could explain it"
    body = "A **body**."
    position = factory.Sequence(lambda n: n)


class ReferenceFactory(factory.django.DjangoModelFactory[Reference]):
    class Meta:
        model = Reference

    lesson = factory.SubFactory(LessonFactory)
    title = factory.Sequence(lambda n: f"Reference {n}")
    url = factory.Sequence(lambda n: f"https://example.org/{n}")
    kind = Reference.Kind.ARTICLE
    note = "Worth reading."
    position = factory.Sequence(lambda n: n)


class NotebookFactory(factory.django.DjangoModelFactory[Notebook]):
    class Meta:
        model = Notebook

    course = factory.SubFactory(CourseFactory)
    slug = factory.Sequence(lambda n: f"notebook-{n}")
    category = "Tools"
    title = factory.Sequence(lambda n: f"Notebook {n}")
    colab = factory.Sequence(lambda n: f"https://colab.example.org/{n}")
    position = factory.Sequence(lambda n: n)


class TermFactory(factory.django.DjangoModelFactory[Term]):
    class Meta:
        model = Term

    course = factory.SubFactory(CourseFactory)
    slug = factory.Sequence(lambda n: f"term-{n}")
    term = factory.Sequence(lambda n: f"term {n}")
    definition = "A *short* definition.\n"


class EnrolmentFactory(factory.django.DjangoModelFactory[Enrolment]):
    class Meta:
        model = Enrolment

    user = factory.SubFactory(UserFactory)
    course = factory.SubFactory(CourseFactory)
    enrolled_at = factory.LazyFunction(timezone.now)
