"""READMEs that were handed in: read, looked at, and then written or discarded."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import ReadmeImport
from courses.readme.decoding import ReadmeError
from courses.readme.planning import plan
from courses.readme.plans import Options
from courses.readme.reports import report_of
from courses.readme.writing import ChangedError, write

logger = logging.getLogger(__name__)
# What nobody said yes to is forgotten after this time; so is what became of the others.
KEPT = timedelta(days=30)
# How often the row of an import is told how far the work is.
STEPS = 20
State = ReadmeImport.State


def begin(
    *, filename: str, content: bytes, course: str, title: str, by: User, now: datetime
) -> ReadmeImport:
    """`course` is the address of the one to bring it to; empty: a new one, called `title`."""
    return ReadmeImport.objects.create(
        filename=filename[:200],
        content=content,
        course=course,
        report={"options": {"title": title, "take": False, "publish": False}},
        made_by=by,
        made_at=now,
    )


def options_of(one: ReadmeImport) -> Options:
    chosen = one.report.get("options", {})
    return Options(
        filename=one.filename,
        slug=one.course,
        title=chosen.get("title", ""),
        take=bool(chosen.get("take")),
        publish=bool(chosen.get("publish")),
    )


def claim(pk: UUID, state: str) -> ReadmeImport | None:
    """The import, if it is in this state and nobody has begun with it."""
    free = ReadmeImport.objects.filter(pk=pk, state=state, total=0)
    return ReadmeImport.objects.get(pk=pk) if free.update(total=1) else None


def let_go(pk: UUID) -> None:
    """Let another begin: whoever had begun may be gone. The work may safely be done twice."""
    ReadmeImport.objects.filter(pk=pk, state__in=[State.WAITING, State.RUNNING]).update(
        total=0, done=0
    )


def read_import(pk: UUID) -> bool:
    """Read it and compare it with the course, so that it can be looked at; whether it was done."""
    if (one := claim(pk, State.WAITING)) is None:
        return False
    finish_reading(one, "")
    return True


def finish_reading(one: ReadmeImport, problem: str) -> None:
    options = options_of(one)
    try:
        planned = plan(bytes(one.content), options, lambda *at: tell(one.pk, *at))
    except ReadmeError as error:
        finish(one, State.FAILED, problem=str(error))
        return
    report = {**report_of(planned), "options": one.report.get("options", {})}
    finish(one, State.READY, problem=problem, report=report)


def agree(*, pk: UUID, take: bool, publish: bool) -> bool:
    """Whether what was looked at may now be written; once."""
    one = ReadmeImport.objects.filter(pk=pk, state=State.READY).first()
    if one is None:
        return False
    chosen = {**one.report.get("options", {}), "take": take, "publish": publish}
    ready = ReadmeImport.objects.filter(pk=pk, state=State.READY)
    report = {**one.report, "options": chosen}
    return bool(ready.update(state=State.RUNNING, report=report, total=0, done=0, problem=""))


def write_import(pk: UUID, now: datetime) -> bool:
    """Write what was agreed to, if the course is still as it was; else it is looked at again."""
    if (one := claim(pk, State.RUNNING)) is None:
        return False
    try:
        planned = write(
            bytes(one.content),
            options_of(one),
            by=one.made_by,
            now=now,
            seen=one.report.get("stamp"),
            progress=lambda *at: tell(one.pk, *at),
        )
    except ChangedError:
        finish_reading(
            one, _("The course was changed since you looked. This is what would be done now.")
        )
        return True
    except (ReadmeError, DatabaseError) as error:
        logger.exception("The import %s failed.", pk)
        finish(one, State.FAILED, problem=str(error)[:500])
        return True
    report = {**one.report, "slug": planned.slug, "lines": []}
    finish(one, State.DONE, report=report)
    return True


def read_again(pk: UUID) -> bool:
    """One that failed, or stopped half way, back to its beginning."""
    stuck = ReadmeImport.objects.filter(pk=pk, state__in=[State.FAILED, State.RUNNING])
    return bool(stuck.update(state=State.WAITING, total=0, done=0, problem=""))


def tell(pk: UUID, done: int, total: int) -> None:
    if not done % max(1, total // STEPS):
        ReadmeImport.objects.filter(pk=pk).update(done=done, total=max(total, 1))


def finish(one: ReadmeImport, state: str, **values: Any) -> None:
    """From the state that it was claimed in: what was discarded meanwhile stays discarded."""
    mine = ReadmeImport.objects.filter(pk=one.pk, state=one.state)
    mine.update(state=state, total=0, done=0, **values)


def discard(pk: UUID) -> None:
    ReadmeImport.objects.filter(pk=pk).exclude(state=State.RUNNING).delete()


def forget_old_readmes(now: datetime) -> int:
    """How many were forgotten."""
    return ReadmeImport.objects.filter(made_at__lt=now - KEPT).delete()[0]
