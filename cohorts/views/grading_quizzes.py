"""The quizzes of a class, and how each question did with its learners."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.grading.figures import figures_of
from cohorts.grading.quizzes import attempts_of, quizzes_of
from cohorts.grading.wanted import wanted_in
from cohorts.models import Membership
from cohorts.permissions import can_see_progress, can_see_work
from cohorts.views.doors import enter
from quizzes.analysis.items import ENOUGH, analysis_of
from quizzes.analysis.rows import COLUMNS, KEYS, rows_of
from quizzes.models import Question

# The largest key that a database has.
MOST = 2**63 - 1


@require_safe
@never_cache
@login_required
def class_quizzes(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_see_progress)
    context = frame(request, member)
    context["figures"] = figures_of(member.cohort, context["group"], timezone.now())
    context["grades"] = can_see_work(member)
    return render(request, "cohorts/grading/quizzes.html", context)


@require_safe
@never_cache
@login_required
def class_quiz_analysis(request: SignedInRequest, cohort: str, quiz: str) -> HttpResponse:
    member = enter(request, cohort, can_see_progress)
    found = get_object_or_404(quizzes_of(member.cohort), slug=quiz)
    context = frame(request, member)
    attempts = attempts_of(member.cohort, context["group"]).filter(quiz=found)
    people = attempts.order_by().aggregate(
        attempts=Count("pk"), learners=Count("user", distinct=True)
    )
    sort = request.GET.get("sort", "")
    sort = sort if sort in KEYS else ""
    enough = people["attempts"] >= ENOUGH
    places = dict(found.places.values_list("question_id", "position")) if enough else {}
    context |= {
        "quiz": found,
        **people,
        "needed": ENOUGH,
        "rows": rows_of(analysis_of(attempts), places, sort) if enough else [],
        "columns": COLUMNS,
        "sort": sort,
    }
    return render(request, "cohorts/grading/analysis.html", context)


@require_safe
@never_cache
@login_required
def class_question_analysis(request: SignedInRequest, cohort: str, question: int) -> HttpResponse:
    """One question over all quizzes of the class that asked it."""
    member = enter(request, cohort, can_see_progress)
    of_class = Question.objects.filter(
        concept__lesson__track__course=member.cohort.course_id
    ).select_related("concept__lesson__track__course")
    found = get_object_or_404(of_class, pk=min(question, MOST))
    context = frame(request, member)
    rows = rows_of(analysis_of(attempts_of(member.cohort, context["group"]), found), {})
    context |= {
        "question": found,
        "row": rows[0] if rows and rows[0].figures.enough else None,
        "needed": ENOUGH,
        "asked": rows[0].figures.asked if rows else 0,
        "quizzes": quizzes_of(member.cohort).filter(places__question=found).order_by("title"),
    }
    return render(request, "cohorts/grading/question.html", context)


def frame(request: SignedInRequest, member: Membership) -> dict[str, Any]:
    groups = list(member.cohort.groups.all())
    wanted = wanted_in(request.GET, groups)
    return {
        "member": member,
        "here": "class_quizzes",
        "section": "classes",
        "groups": groups,
        "group": wanted.group,
    }
