import random
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import SiteRequest
from quizzes import attempts
from quizzes.attempts import NoQuestionsError
from quizzes.models import Attempt, Quiz
from quizzes.views.doors import get_quiz_or_404

CHANCE = random.SystemRandom()


@require_safe
def quiz(request: SiteRequest, slug: str) -> HttpResponse:
    return show_quiz(request, get_quiz_or_404(request, slug))


def show_quiz(
    request: SiteRequest, quiz: Quiz, *, empty: bool = False, status: int = HTTPStatus.OK
) -> HttpResponse:
    concepts = list(quiz.concepts())
    own = Attempt.objects.filter(user=request.user.pk, quiz=quiz)
    context = {
        "section": "course",
        "quiz": quiz,
        "concepts": concepts,
        "count": sum(concept.asked for concept in concepts),  # type: ignore[attr-defined]
        "empty": empty or not concepts,
    }
    if request.user.is_authenticated:
        context |= {**own.tally(), "open": own.open().first()}
    return render(request, "quizzes/quiz.html", context, status=status)


@require_POST
def start(request: SiteRequest, slug: str) -> HttpResponse:
    quiz = get_quiz_or_404(request, slug)
    if not request.user.is_authenticated:
        return redirect_to_login(quiz.get_absolute_url())
    try:
        attempt = attempts.start(user=request.user, quiz=quiz, now=timezone.now(), rng=CHANCE)
    except NoQuestionsError:
        return show_quiz(request, quiz, empty=True, status=HTTPStatus.CONFLICT)
    return redirect(attempt)
