"""The hostile course on a site: loaded twice, read in between, with classes, cards and links."""

import json
from pathlib import Path

from tests import hostile_course
from tests.browser.site import Site

COURSE = f"/courses/{hostile_course.SLUG}/"
LESSON = f"{COURSE}evil/lesson/"
READER, EDITOR = "reader@hostile.example.org", "editor@hostile.example.org"
MAKE = f"""
import json
from datetime import timedelta
from pathlib import Path
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from cohorts.models import Cohort, Deadline, Membership
from courses import progress
from courses.history.editions import make_edition
from courses.models import (
    Concept, Course, Edition, Image, Lesson, Link, Notebook, Reference, Revision, Track,
)
from quizzes.models import Question, Quiz, ReviewCard
from tests import hostile_course
from tests.courses.images.pictures import hostile_drawing
from tests.hostile import NAME, name
from tests.people import person
from tests.review_factories import CardFactory

now = timezone.now()
folder = Path(FOLDER)
assert hostile_course.write(folder) > 3
call_command("load_course", folder, verbosity=0)
course, lesson = Course.objects.get(slug="hostile"), Lesson.objects.get(slug="lesson")
reader = person({READER!r}, NAME)
editor = person({EDITOR!r}, NAME, "Editors", staff=True)
progress.enrol(user=reader, course=course, now=now)
progress.read_lesson(user=reader, lesson_id=lesson.pk, version=lesson.version, now=now)
make_edition(course=course, name=name(60), by=editor, note=name(), now=now)
hostile_course.write(folder, seed=1)
call_command("load_course", folder, verbosity=0)
make_edition(course=course, name=NAME[:50] + "2", by=editor, note=name(), now=now)
concept = lesson.concepts.order_by("position").first()
progress.tick_concept(user=reader, concept=concept, now=now)
for question in concept.questions.all():
    CardFactory(user=reader, question=question, remembered=True)
for at, url in enumerate(Reference.objects.filter(lesson=lesson).values_list("url", flat=True)[:9]):
    state = ["moved", "dead", "failing"][at % 3]
    moved = f"https://example.com/{{at}}?'><img%20src=x%20onerror=ran()>" + "w" * 300
    Link.objects.create(
        url=url, state=state, problem=name(), moved_to=moved if state == "moved" else "",
        checked_at=now, failing_since=now.date(), failed_days=5,
    )
# No door lets it in: put there as if one did.
Image.objects.create(
    course=course, name="hostile-4x3-01234567", format="svg", alt=name(), width=4, height=3,
    size=9, digest="0", uploaded_at=now, file=ContentFile(hostile_drawing(), "hostile.svg"),
)
cohort = Cohort.objects.create(
    course=course, slug="hostile", name=NAME, join_code="HSTLE234", created_at=now,
)
Membership.objects.create(cohort=cohort, user=reader, role="learner", joined_at=now)
Deadline.objects.create(cohort=cohort, lesson=lesson, due_at=now + timedelta(days=2))
things = {{
    "course": Course.objects.filter(pk=course.pk),
    "track": Track.objects.filter(course=course),
    "lesson": Lesson.objects.filter(track__course=course),
    "concept": Concept.objects.filter(lesson=lesson),
    "reference": Reference.objects.filter(lesson=lesson),
    "notebook": Notebook.objects.filter(course=course),
    "question": Question.objects.filter(concept__lesson=lesson),
    "quiz": Quiz.objects.filter(course=course),
    "card": ReviewCard.objects.filter(user=reader),
    "link": Link.objects.exclude(problem=""),
    "edition": Edition.objects.filter(course=course),
    "revision": Revision.objects.filter(course=course, lesson=lesson),
}}
keys = {{
    name: list(rows.order_by("pk").values_list("pk", flat=True)) for name, rows in things.items()
}}
keys["slugs"] = list(Quiz.objects.filter(course=course).values_list("slug", flat=True))
(folder / "keys.json").write_text(json.dumps(keys))
"""
# Gone from every list that others look at; what points at it stays.
TAKE = """
from courses.models import Course, Lesson, Link, Notebook
from quizzes.models import Question, Quiz

course = Course.objects.get(slug="hostile")
Quiz.objects.filter(course=course).update(status="archived")
Question.objects.filter(concept__lesson__track__course=course).update(status="archived")
Lesson.objects.filter(track__course=course).update(status="archived")
Notebook.objects.filter(course=course).update(archived=True)
Link.objects.exclude(problem="").delete()
Course.objects.filter(pk=course.pk).update(title="Zz", summary="")
"""

Keys = dict[str, list[int]]


def put_on(site: Site, folder: Path) -> Keys:
    """Says the keys of what is there then, by the names of the tables, the oldest first."""
    site.run("shell", "-v0", "-c", MAKE.replace("FOLDER", repr(str(folder))))
    keys: Keys = json.loads((folder / "keys.json").read_text())
    return keys


def take_away(site: Site) -> None:
    site.run("shell", "-v0", "-c", TAKE)
