"""`python -m tests.faults.seed LEARNERS`: a quiz of 16 questions, learners with sessions, and a
trigger that notes each grading. Prints the quiz's slug and the session keys as JSON.
"""

import json
import sys
from random import Random

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.sessions import sign_in  # noqa: E402
from quizzes.models import Quiz  # noqa: E402
from tests.faults import QUESTIONS  # noqa: E402
from tests.quiz_factories import payload, quiz_with  # noqa: E402

NOTE = "INSERT INTO graded (attempt_id) VALUES (NEW.id)"
TRIGGERS = {
    "sqlite": [
        "CREATE TABLE graded (attempt_id TEXT NOT NULL)",
        f"""CREATE TRIGGER note_grading AFTER UPDATE OF submitted_at ON quizzes_attempt
            WHEN NEW.submitted_at IS NOT NULL BEGIN {NOTE}; END""",
    ],
    "postgresql": [
        "CREATE TABLE graded (attempt_id uuid NOT NULL)",
        f"""CREATE FUNCTION note_grading() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN {NOTE}; RETURN NEW; END $$""",
        """CREATE TRIGGER note_grading AFTER UPDATE OF submitted_at ON quizzes_attempt
           FOR EACH ROW WHEN (NEW.submitted_at IS NOT NULL) EXECUTE FUNCTION note_grading()""",
    ],
}


@transaction.atomic
def seed(learners: int) -> dict[str, object]:
    quiz = quiz_with(QUESTIONS, mode=Quiz.Mode.GRADED)
    for question in quiz.questions.all():
        question.payload = payload("a", "bcd")
        question.save()
    with connection.cursor() as cursor:
        for statement in TRIGGERS[connection.vendor]:
            cursor.execute(statement)
    users = User.objects.bulk_create(
        User(email=f"learner-{n}@example.org", display_name=f"Learner {n}", password="!")
        for n in range(learners)
    )
    return {"slug": quiz.slug, "sessions": sign_in(users, Random(1))}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(seed(int(sys.argv[1]))))
