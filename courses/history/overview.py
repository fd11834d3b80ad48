"""What an editor finds first: what waits, what changed, what is to be mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from courses.editor.states import State, state_of
from courses.history.telling import Told, tell, with_before
from courses.links.fix_page import to_fix
from courses.models import Lesson, LessonDraft, Revision, Status

CHANGES = 8
MOST = 12
# What needs somebody first stands first.
ORDER = ["problem", "review", "scheduled", "mine", "draft"]


@dataclass(frozen=True, slots=True)
class Waiting:
    lesson: Lesson
    state: State
    mine: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Overview:
    waiting: tuple[Waiting, ...]
    more: int
    changes: tuple[Told, ...]
    links: int


def overview(user: User, now: datetime) -> Overview:
    """Four queries, however much there is."""
    waiting = sorted(waiting_for(user, now), key=lambda one: ORDER.index(one.kind))
    newest = with_before(Revision.objects.order_by("-pk")).select_related("made_by")
    return Overview(
        waiting=tuple(waiting[:MOST]),
        more=max(0, len(waiting) - MOST),
        changes=tuple(tell(newest[:CHANGES], now)),
        links=to_fix().count(),
    )


def waiting_for(user: User, now: datetime) -> Iterator[Waiting]:
    """Lessons that readers do not have yet, or not as they are to be."""
    ahead = Q(status=Status.PUBLISHED, publish_at__gt=now)
    unread = Q(status__in=[Status.DRAFT, Status.REVIEW])
    lessons = Lesson.objects.filter(ahead | unread | Q(draft__isnull=False), track__archived=False)
    listed = lessons.exclude(status=Status.ARCHIVED).in_order()
    for lesson in listed.select_related("draft__updated_by", "track"):
        draft: LessonDraft | None = getattr(lesson, "draft", None)
        mine = draft is not None and draft.updated_by_id == user.pk
        state = state_of(lesson, draft, now)
        yield Waiting(lesson, state, mine, kind_of(lesson, draft, mine))


def kind_of(lesson: Lesson, draft: LessonDraft | None, mine: bool) -> str:
    if draft and draft.problem:
        return "problem"
    if lesson.status == Status.REVIEW or (draft and draft.state == LessonDraft.State.REVIEW):
        return "review"
    if draft is None:
        return "scheduled" if lesson.status == Status.PUBLISHED else "draft"
    if draft.publish_at:
        return "scheduled"
    return "mine" if mine else "draft"
