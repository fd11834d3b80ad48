"""One cell of the gradebook: how it came about, and changing it."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.gradebook import changing, explaining
from cohorts.gradebook.changing import ChangedMeanwhileError, Entry
from cohorts.gradebook.forms import ChangeForm, ExcuseForm, PointsForm, SeenForm
from cohorts.gradebook.layout import layout_of
from cohorts.gradebook.reading import rows_of
from cohorts.models import Cohort, Grade, GradeItem, LogEntry, Membership, Submission
from cohorts.permissions import can_grade, can_see_grades, can_see_work
from cohorts.views.doors import enter
from cohorts.views.gradebook_people import MOST, learner_or_404

POINTS, CHANGE, EXCUSE, BACK = "points", "change", "excuse", "back"
ENTRIES = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def cell(request: SignedInRequest, cohort: str, member: int, item: int) -> HttpResponse:
    me = enter(request, cohort, can_see_grades)
    them, found = learner_or_404(me.cohort, member), item_or_404(me.cohort, item)
    grade = grade_of(found, them)
    sent: forms.Form | None = None
    if request.method == "POST":
        if not can_grade(me):
            raise PermissionDenied
        sent = form_of(request.POST.get("act", CHANGE), found, request.POST)
        if sent.is_valid() and save(request, found, them, sent):
            return redirect("grade_cell", me.cohort.slug, them.pk, found.pk)
        grade = grade_of(found, them)
    context = {
        "member": me,
        "here": "gradebook",
        "section": "classes",
        "them": them,
        "item": found,
        "grade": grade,
        "by_rubric": changing.by_rubric(found, [them.pk]),
        "form": sent,
        "grades_here": can_grade(me),
        "work": newest_work(found, them) if can_see_work(me) else None,
        **forms_of(found, grade, sent),
        **facts(found, them, timezone.now()),
    }
    status = 200 if sent is None else 422
    return render(request, "cohorts/gradebook/cell.html", context, status=status)


def item_or_404(cohort: Cohort, item: int) -> GradeItem:
    found = GradeItem.objects.filter(cohort=cohort).select_related("assignment", "quiz", "category")
    one = get_object_or_404(found, pk=min(item, MOST))
    one.cohort = cohort
    return one


def grade_of(item: GradeItem, them: Membership) -> Grade:
    """An empty one that is not saved, if there is none."""
    found = Grade.objects.filter(item=item, membership=them).first()
    return found or Grade(item=item, membership=them)


def newest_work(item: GradeItem, them: Membership) -> Submission | None:
    """What counts of what they handed in for it."""
    if item.assignment_id is None:
        return None
    own = Submission.objects.handed_in().filter(assignment=item.assignment_id, membership=them)
    return own.order_by("-number").first()


def form_of(act: str, item: GradeItem, data: Any) -> forms.Form:
    if act == POINTS:
        return PointsForm(data, item=item, prefix=POINTS)
    if act == EXCUSE:
        return ExcuseForm(data, prefix=EXCUSE)
    if act == BACK:
        return SeenForm(data, prefix=BACK)
    return ChangeForm(data, item=item, prefix=CHANGE)


def forms_of(item: GradeItem, grade: Grade, sent: forms.Form | None) -> dict[str, forms.Form]:
    """Each empty, or as it was sent."""
    seen = {"seen": grade.revision}
    made: list[forms.Form] = [
        PointsForm(initial={**seen, "points": shown(grade.score)}, item=item, prefix=POINTS),
        ChangeForm(
            initial={**seen, "points": shown(grade.override), "reason": grade.reason},
            item=item,
            prefix=CHANGE,
        ),
        ExcuseForm(initial={**seen, "reason": grade.reason}, prefix=EXCUSE),
        SeenForm(initial=seen, prefix=BACK),
    ]
    return {
        f"{one.prefix}_form": sent if sent and sent.prefix == one.prefix else one for one in made
    }


def shown(points: Any) -> str:
    return "" if points is None else changing.plain(points)


def save(request: SignedInRequest, item: GradeItem, them: Membership, form: forms.Form) -> bool:
    """Whether it was done; else the form says why not, and can be sent once more."""
    try:
        act(item, them, form, request)
    except changing.NamesHiddenError:
        form.add_error(None, _("It is graded without names: release the grades first."))
    except changing.QuizCountsError:
        form.add_error(None, _("A quiz has its own points: change them with a reason."))
    except ChangedMeanwhileError as error:
        said = changing.facts(error.grade) or _("nothing")
        form.add_error(
            None, _("Somebody changed it meanwhile to: %s. Save again if yours counts.") % said
        )
        data: Any = form.data
        form.data = {**data.dict(), form.add_prefix("seen"): str(error.grade.revision)}
    else:
        messages.success(request, _("The grade is saved."))
        return True
    return False


def act(item: GradeItem, them: Membership, form: forms.Form, request: SignedInRequest) -> None:
    said = dict(form.cleaned_data)
    whose: dict[str, Any] = {"item": item, "membership": them}
    who: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    if form.prefix == POINTS:
        entry = Entry(them, said["points"], said["seen"])
        entered = changing.enter_points(item=item, entries=[entry], **who)
        for _member, grade in entered.refused:
            raise ChangedMeanwhileError(grade)
    elif form.prefix == CHANGE:
        changing.change(**whose, **said, **who)
    elif form.prefix == EXCUSE:
        changing.excuse(**whose, **said, **who)
    else:
        changing.take_back(**whose, **said, **who)


def facts(item: GradeItem, them: Membership, now: datetime) -> dict[str, Any]:
    layout = layout_of(them.cohort, now)
    at = layout.place_of(item.pk)
    row = rows_of(layout, [them.pk], now)[them.pk]
    part = next(one for one in row.parts if one.rule.id == item.category_id)
    reasons = explaining.reasons_of(them)
    column = layout.columns[at]
    return {
        "line": explaining.line(layout, row.cells[at], column, reasons, dropped=at in part.dropped),
        "column": column,
        "enters": explaining.is_entered(column) and not column.nameless,
        "history": history(item, them),
        **neighbours(them),
    }


def history(item: GradeItem, them: Membership) -> list[LogEntry]:
    """The newest first."""
    found = LogEntry.objects.filter(item=item, about=them).select_related("actor")
    return list(found[:ENTRIES])


def neighbours(them: Membership) -> dict[str, Any]:
    """Who comes before and after by name, in the same column."""
    found = Membership.objects.filter(cohort=them.cohort).learners().by_name()
    keys = list(found.values_list("pk", flat=True))
    at = keys.index(them.pk)
    return {
        "before": keys[at - 1] if at else None,
        "after": keys[at + 1] if at + 1 < len(keys) else None,
    }
