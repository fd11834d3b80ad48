from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from courses.progress import tick_concept
from quizzes.models import ReviewCard
from tests.factories import ConceptFactory
from tests.review_factories import NOW

pytestmark = pytest.mark.django_db


def test_says_how_many(learner: User) -> None:
    concept = ConceptFactory()
    tick_concept(user=learner, concept=concept, now=NOW)
    concept.fact_prompt, concept.fact_answer = "Which?", "This."
    concept.save()
    said = StringIO()
    call_command("make_cards", stdout=said)
    assert said.getvalue() == "1 review cards made.\n"
    assert ReviewCard.objects.get().concept == concept
