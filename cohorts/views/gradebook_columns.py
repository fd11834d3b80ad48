"""A whole column of the gradebook: points for all learners of a page in one form."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.gradebook import changing, explaining
from cohorts.gradebook.asking import Asked, asked_in
from cohorts.gradebook.changing import Entered, Entry
from cohorts.gradebook.choosing import ROWS, Person, learners, within
from cohorts.gradebook.forms import ColumnForm
from cohorts.gradebook.layout import layout_of
from cohorts.gradebook.numbers import plain
from cohorts.gradebook.reading import rows_of
from cohorts.models import Cohort, Grade, GradeItem, Membership
from cohorts.permissions import can_grade, can_manage_grades, can_see_grades, can_see_work
from cohorts.views.doors import enter
from cohorts.views.gradebook_cells import item_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def column(request: SignedInRequest, cohort: str, item: int) -> HttpResponse:
    me = enter(request, cohort, can_see_grades)
    found = item_or_404(me.cohort, item)
    asked = asked_in(request.GET)
    people, page, pages = people_on(me.cohort, asked)
    layout = layout_of(me.cohort, timezone.now())
    at = layout.place_of(found.pk)
    enters = explaining.is_entered(layout.columns[at]) and not layout.columns[at].nameless
    if request.method == "POST" and not can_grade(me):
        raise PermissionDenied
    form = form_for(request, found, people if enters else [])
    if request.method == "POST" and enters and form.is_valid():
        entered = save(request, found, form, me.cohort)
        if not entered.refused:
            return redirect(request.get_full_path())
        form = with_theirs(form, entered)
    if enters:
        warn_of_rubric(form, found)
    rows = rows_of(layout, [one.pk for one in people], timezone.now())
    context = {
        "member": me,
        "here": "gradebook",
        "section": "classes",
        "item": found,
        "column": layout.columns[at],
        "form": form,
        "lines": [
            {
                "person": one,
                "line": explaining.line(layout, rows[one.pk].cells[at], layout.columns[at], {}),
                **(controls(form, one.pk) if enters else {}),
            }
            for one in people
        ],
        "enters": enters and can_grade(me),
        "manages": can_manage_grades(me),
        "grades": can_see_work(me),
        "groups": me.cohort.groups.all(),
        "asked": asked,
        "page": page,
        "pages": pages,
        "previous": asked.at_page(page - 1).query if page > 1 else "",
        "next": asked.at_page(page + 1).query if page < pages else "",
    }
    status = 422 if form.is_bound else 200
    return render(request, "cohorts/gradebook/column.html", context, status=status)


def people_on(cohort: Cohort, asked: Asked) -> tuple[list[Person], int, int]:
    wanted = learners(cohort, asked)
    page, pages = within(asked.page, wanted.count())
    people = [Person(*one) for one in wanted[(page - 1) * ROWS : page * ROWS]]
    return people, page, pages


def form_for(request: SignedInRequest, item: GradeItem, people: list[Person]) -> ColumnForm:
    if request.method == "POST":
        return ColumnForm(request.POST, item=item, members=people)
    keys = [one.pk for one in people]
    grades = Grade.objects.filter(item=item, membership__in=keys)
    initial: dict[str, Any] = {f"seen-{pk}": 0 for pk in keys}
    for pk, score, revision in grades.values_list("membership", "score", "revision"):
        initial[f"points-{pk}"] = "" if score is None else plain(score)
        initial[f"seen-{pk}"] = revision
    return ColumnForm(initial=initial, item=item, members=people)


def warn_of_rubric(form: ColumnForm, item: GradeItem) -> None:
    for pk in changing.by_rubric(item, form.keys):
        text = _("By the rubric: other points take its marks away.")
        form.fields[f"points-{pk}"].help_text = text


def save(request: SignedInRequest, item: GradeItem, form: ColumnForm, cohort: Cohort) -> Entered:
    members = Membership.objects.filter(cohort=cohort).learners().named().in_bulk(form.keys)
    for one in members.values():
        one.cohort = cohort
    said = form.cleaned_data
    entries = [
        Entry(member, said[f"points-{pk}"], said[f"seen-{pk}"])
        for pk, member in members.items()
        if f"points-{pk}" in form.changed_data
    ]
    entered = changing.enter_points(item=item, entries=entries, by=request.user, now=timezone.now())
    number = len(entered.saved)
    text = ngettext(
        "The points of %d learner are saved.", "The points of %d learners are saved.", number
    )
    if number:
        messages.success(request, text % number)
    elif not entered.refused:
        messages.info(request, _("Nothing was changed."))
    return entered


def with_theirs(form: ColumnForm, entered: Entered) -> ColumnForm:
    """As it was typed; what was saved is up to date, and what was refused says what stands."""
    sent: Any = form.data
    data = sent.copy()
    for member in entered.saved:
        data[f"seen-{member.pk}"] = str(int(data[f"seen-{member.pk}"]) + 1)
        data[f"initial-points-{member.pk}"] = data[f"points-{member.pk}"]
    for member, grade in entered.refused:
        data[f"seen-{member.pk}"] = str(grade.revision)
        text = _("Somebody changed it meanwhile to: %s. Save again if yours counts.")
        form.add_error(f"points-{member.pk}", text % (changing.facts(grade) or _("nothing")))
    form.data = data
    return form


def controls(form: ColumnForm, pk: int) -> dict[str, Any]:
    return {
        "points": form[f"points-{pk}"],
        "seen": form[f"seen-{pk}"],
        # As it was on the page: who changes nothing overrules nobody.
        "was": form[f"points-{pk}"].as_hidden(only_initial=True),
    }
