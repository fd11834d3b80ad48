"""`python -m benchmarks.yardstick.seed FILE`: fills the yardstick's database, and writes one
learner a line (as JSON) to FILE."""

import json
import sys
from itertools import product
from pathlib import Path
from random import Random

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402

from benchmarks.sessions import sign_in  # noqa: E402
from benchmarks.yardstick.models import Answer, Course, Lesson, Note, Progress  # noqa: E402

LEARNERS, LESSONS, NOTES = 1000, 23, 5
# All of these and the page around them make 8 kB.
SUMMARY = "What a reader can do after this lesson, said in a sentence or two. " * 4 + "And more."


def main(file: Path) -> None:
    users = User.objects.bulk_create(
        User(username=f"learner-{n}", first_name=f"Learner {n}", password="!")
        for n in range(LEARNERS)
    )
    course = Course.objects.create(slug="course", title="The course")
    lessons = Lesson.objects.bulk_create(
        Lesson(course=course, title=f"Lesson {n}", summary=SUMMARY) for n in range(LESSONS)
    )
    Progress.objects.bulk_create(
        Progress(user=user, lesson=lesson) for user, lesson in product(users, lessons[::2])
    )
    Note.objects.bulk_create(
        Note(user=user, text=f"Note {n} of {user.first_name}")
        for user, n in product(users, range(NOTES))
    )
    Answer.objects.bulk_create(Answer(user=user, position=1, text="") for user in users)
    keys = sign_in(users, Random(1))
    file.write_text("\n".join(json.dumps({"session": key}) for key in keys))
    # Its attempts answer nothing in particular.
    file.with_name("quizzes").write_text(json.dumps({"": []}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
