"""Every field of the content is in the files, or on the list of what is no content."""

import pytest
from django.db import models

from courses.content import normal
from courses.models import Concept, Course, Image, Lesson, Notebook, Reference, Term, Track
from quizzes.content import forms
from quizzes.models import Draw, Question, Quiz, QuizQuestion

# What a row is known by here, how it stands among others (its place in a list says so), and what
# the site counts. Whose it is says the place of its file.
NO_CONTENT = {"id", "position", "version", "updated_at", "uploaded_at", "uploaded_by"}
OWNERS = {
    Track: {"course"},
    Lesson: {"track", "slug"},  # the name of its file
    Concept: {"lesson"},
    Reference: {"lesson"},
    Notebook: {"course"},
    Term: {"course"},
    Quiz: {"course"},
    QuizQuestion: {"quiz"},
    Draw: {"quiz"},
    Image: {"course"},
}
# Fields that are said otherwise than under their name.
OTHERWISE = {
    Track: {"archived"},  # by not being there
    Lesson: {"exercise_task", "exercise_answer"},
    Concept: {"archived", "fact_prompt", "fact_answer"},
    Reference: {"archived"},
    Notebook: {"archived"},
    Term: {"archived"},
    Quiz: {"attempts_allowed", "in_files"},
    # Its bytes stand beside images.yaml, and tell these.
    Image: {"file", "width", "height", "size", "digest"},
}
FORMS = {
    Course: normal.OF_COURSE,
    Track: normal.OF_TRACK,
    Lesson: normal.OF_LESSON,
    Concept: normal.OF_CONCEPT,
    Reference: normal.OF_REFERENCE,
    Notebook: normal.OF_NOTEBOOK,
    Term: normal.OF_TERM,
    Question: forms.OF_QUESTION,
    Quiz: forms.OF_QUIZ,
    QuizQuestion: forms.OF_PLACE,
    Draw: forms.OF_DRAW,
    Image: normal.OF_IMAGE,
}


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__name__)
def test_every_field_is_in_the_files(model: type[models.Model]) -> None:
    fields = {field.name for field in model._meta.concrete_fields} - NO_CONTENT
    fields -= OWNERS.get(model, set()) | OTHERWISE.get(model, set())
    assert fields - set(FORMS[model]) == set()


def test_a_lessons_own_quiz_says_what_others_say() -> None:
    """But for its address and lesson, which its file says."""
    assert set(forms.OF_QUIZ) - set(forms.OF_OWN_QUIZ) == {"slug", "lesson"}
