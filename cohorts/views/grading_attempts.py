"""One learner's finished attempt as the staff of a class read it; nothing can be changed here."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import SignedInRequest
from cohorts.grading.quizzes import attempts_of
from cohorts.models import Membership
from cohorts.permissions import can_see_progress, can_see_work
from cohorts.views.doors import enter
from quizzes.attempts.results import results_of
from quizzes.hand_grading import for_people


@require_safe
@never_cache
@login_required
def class_attempt(request: SignedInRequest, cohort: str, attempt: UUID) -> HttpResponse:
    member = enter(request, cohort, can_see_progress)
    finished = attempts_of(member.cohort).filter(quiz__course=member.cohort.course_id)
    related = ["user", "quiz__lesson__track__course", "quiz__track__course"]
    found = get_object_or_404(finished.select_related(*related), pk=attempt)
    learner = Membership.objects.filter(cohort=member.cohort, user=found.user).named().get()
    context = {
        "member": member,
        "here": "class_quizzes",
        "section": "classes",
        "attempt": found,
        "learner": learner,
        "results": results_of(found),
        "to_grade": list(
            for_people().filter(attempt=found).order_by().values_list("position", "pk")
        ),
        "grades": can_see_work(member),
    }
    return render(request, "cohorts/grading/attempt.html", context)
