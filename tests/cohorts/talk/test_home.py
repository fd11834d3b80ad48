from datetime import timedelta

from django.template import Context, Template
from django.utils import timezone

from tests.class_factories import ClassOf
from tests.cohorts.talk.factories import AnnouncementFactory
from tests.quizzes.sql import queries

TAG = Template("{% load talk %}{% newest_announcements member %}")


def test_the_two_newest_in_one_query(autumn: ClassOf) -> None:
    now = timezone.now()
    for title, hours in (("Newest", 1), ("Planned", -1), ("Newer", 2), ("Old", 3)):
        AnnouncementFactory(
            cohort=autumn.cohort,
            title=title,
            post_at=now - timedelta(hours=hours),
            pinned=hours > 2,
        )
    with queries(1):
        html = TAG.render(Context({"member": autumn.learner}))
    found = [title for title in ("Newest", "Newer", "Old", "Planned") if f">{title}<" in html]
    assert found == ["Newest", "Newer"]
    assert html.index("Newest") < html.index("Newer")


def test_nothing_where_nothing_is_announced(autumn: ClassOf) -> None:
    assert TAG.render(Context({"member": autumn.learner})).strip() == ""
