"""Who has longer for what, and why."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.ids import is_id
from accounts.middleware import SignedInRequest
from cohorts.models import Cohort, Extension, Group, Membership
from cohorts.permissions import can_schedule, can_see_progress
from cohorts.schedule import extending
from cohorts.schedule.extension_forms import ExtensionForm, GiveForm, ReasonForm
from cohorts.schedule.reading import schedule_of
from cohorts.schedule.setting import moment
from cohorts.views.doors import enter
from cohorts.views.schedule import page

ROWS = 50
TARGETS = ("deadline__lesson", "deadline__quiz", "deadline__assignment")


@require_safe
@login_required
def extensions(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_see_progress)
    group = group_in(request, member.cohort)
    found = extensions_of(member.cohort).filter(membership__left_at=None)
    if group:
        found = found.filter(membership__group=group)
    rows = found.order_by("-given_at", "-pk").defer(*TEXTS)
    context = {
        "page": page_of(request, rows),
        "groups": list(member.cohort.groups.all()),
        "group": group,
        "may_give": can_schedule(member),
        "now": timezone.now(),
    }
    return page(request, "extensions", member, context)


TEXTS = ("deadline__lesson__introduction", "deadline__assignment__instructions")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def give(request: SignedInRequest, cohort: str) -> HttpResponse:
    """For those of one page of learners that are ticked, or for those named in the address."""
    member = enter(request, cohort, can_schedule)
    titles = titles_of(member.cohort)
    posted = request.POST if request.method == "POST" else None
    initial = {"deadline": request.GET.get("deadline", "")}
    form = GiveForm(posted, cohort=member.cohort, titles=titles, initial=initial)
    if form.is_valid():
        return given(request, member, form)
    group = group_in(request, member.cohort)
    named = numbers(request.GET.getlist("member"))
    learners = Membership.objects.learners().filter(cohort=member.cohort).in_group(group)
    if named:
        learners = learners.filter(pk__in=named)
    context = {
        "form": form,
        "titles": titles,
        "page": page_of(request, learners.by_name().select_related("user", "group")),
        "groups": list(member.cohort.groups.all()),
        "group": group,
        "named": named,
        "ticked": numbers(posted.getlist("members")) if posted else named,
    }
    return page(request, "extension_give", member, context, 422 if form.is_bound else 200)


def given(request: SignedInRequest, member: Membership, form: GiveForm) -> HttpResponse:
    chosen = form.cleaned_data
    people = list(chosen["members"])
    running = extending.give(
        deadline=chosen["deadline"],
        members=people,
        due_at=chosen["due_at"],
        reason=chosen["reason"],
        by=request.user,
        now=timezone.now(),
    )
    said = ngettext("One learner has longer now.", "%d learners have longer now.", len(people))
    messages.success(request, said.replace("%d", str(len(people))))
    if running:
        messages.info(request, running_in_words(running))
    return redirect("cohort_extensions", member.cohort.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: SignedInRequest, cohort: str, extension: int) -> HttpResponse:
    member = enter(request, cohort, can_schedule)
    found = get_object_or_404(extensions_of(member.cohort), pk=extension)
    form = ExtensionForm(
        request.POST if request.method == "POST" else None,
        cohort=member.cohort,
        class_due=found.deadline.due_at or found.given_at,
        initial={"due_at": found.due_at, "reason": found.reason},
    )
    if form.is_valid():
        running = extending.give(
            deadline=found.deadline,
            members=[found.membership],
            by=request.user,
            now=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, _("The extension is changed."))
        if running:
            messages.info(request, running_in_words(running))
        return redirect("cohort_extensions", member.cohort.slug)
    context = {"form": form, "extension": found}
    return page(request, "extension", member, context, 422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def take_back(request: SignedInRequest, cohort: str, extension: int) -> HttpResponse:
    member = enter(request, cohort, can_schedule)
    found = get_object_or_404(extensions_of(member.cohort), pk=extension)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        extending.take_back(
            extension=found, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("The extension is taken back."))
        return redirect("cohort_extensions", member.cohort.slug)
    context = {"form": form, "extension": found}
    return page(request, "extension_take_back", member, context, 422 if form.is_bound else 200)


def running_in_words(number: int) -> str:
    said = ngettext(
        "One attempt is running: it ends later now, too, once its page is loaded again.",
        "%d attempts are running: they end later now, too, once their pages are loaded again.",
        number,
    )
    return said.replace("%d", str(number))


def extensions_of(cohort: Cohort) -> QuerySet[Extension]:
    """With what and for whom, by the name that the class knows. Two queries."""
    people = Membership.objects.named().select_related("user")
    found = Extension.objects.filter(deadline__cohort=cohort)
    related = found.select_related("deadline__cohort", "given_by", *TARGETS)
    return related.prefetch_related(Prefetch("membership", people))


def titles_of(cohort: Cohort) -> dict[int, str]:
    """What can be extended: all that is due, in the order of the course. One query."""
    return {
        one.deadline: _("%(title)s, due %(due)s")
        % {"title": one.thing.title, "due": moment(one.dates.due_at, cohort)}
        for one in schedule_of(cohort)
        if one.deadline and one.dates.due_at
    }


def group_in(request: SignedInRequest, cohort: Cohort) -> Group | None:
    wanted = numbers([request.GET.get("group", "")])
    return get_object_or_404(Group, cohort=cohort, pk=wanted[0]) if wanted else None


def page_of(request: SignedInRequest, rows: QuerySet[Any]) -> Page[Any]:
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))


def numbers(texts: list[str]) -> list[int]:
    """Keys, as far as they are some."""
    return [int(text) for text in texts if is_id(text)]
