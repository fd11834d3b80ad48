"""How each question did: for those who write them, aggregates of all learners."""

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import SiteRequest
from quizzes.analysis.items import ENOUGH, analysis_of, can_analyse
from quizzes.analysis.rows import COLUMNS, KEYS, rows_of
from quizzes.models import Attempt, Question, Quiz


@require_safe
@never_cache
def quiz_analysis(request: SiteRequest, slug: str) -> HttpResponse:
    if not can_analyse(request.user):
        raise Http404
    quiz = get_object_or_404(Quiz.objects.select_related("lesson__track__course"), slug=slug)
    attempts = Attempt.objects.filter(quiz=quiz, submitted_at__isnull=False)
    people = attempts.order_by().aggregate(
        attempts=Count("pk"), learners=Count("user", distinct=True)
    )
    sort = request.GET.get("sort", "")
    sort = sort if sort in KEYS else ""
    enough = people["attempts"] >= ENOUGH
    places = dict(quiz.places.values_list("question_id", "position")) if enough else {}
    context = {
        "section": "course",
        "quiz": quiz,
        **people,
        "needed": ENOUGH,
        "rows": rows_of(analysis_of(attempts), places, sort) if enough else [],
        "columns": COLUMNS,
        "sort": sort,
    }
    return render(request, "quizzes/analysis.html", context)


@require_safe
@never_cache
def question_analysis(request: SiteRequest, question_id: int) -> HttpResponse:
    """One question over all quizzes that asked it."""
    if not can_analyse(request.user):
        raise Http404
    questions = Question.objects.select_related("concept__lesson__track__course")
    question = get_object_or_404(questions, pk=question_id)
    rows = rows_of(analysis_of(Attempt.objects.all(), question), {})
    context = {
        "section": "course",
        "question": question,
        "row": rows[0] if rows and rows[0].figures.enough else None,
        "needed": ENOUGH,
        "asked": rows[0].figures.asked if rows else 0,
        "quizzes": question.quizzes.order_by("title"),
    }
    return render(request, "quizzes/question_analysis.html", context)
