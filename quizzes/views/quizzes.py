import random
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import SiteRequest
from quizzes import attempts
from quizzes.attempts import ClosedError, NoQuestionsError
from quizzes.attempts.briefing import briefing
from quizzes.attempts.disclosure import last_end, results_at, shows_results, tells_at_once
from quizzes.attempts.opening import closed, in_words, left
from quizzes.attempts.tries import tries_of
from quizzes.attempts.windows import minutes_of, window_of
from quizzes.models import Quiz
from quizzes.views.doors import get_quiz_or_404

CHANCE = random.SystemRandom()


@require_safe
@never_cache
def quiz(request: SiteRequest, slug: str) -> HttpResponse:
    return show_quiz(request, get_quiz_or_404(request, slug))


def show_quiz(request: SiteRequest, quiz: Quiz, status: int = HTTPStatus.OK) -> HttpResponse:
    now = timezone.now()
    context = {
        "section": "course",
        "quiz": quiz,
        "briefing": briefing(quiz, now=now),
        "tells_at_once": tells_at_once(quiz),
    }
    used, window = 0, window_of(request.user, quiz, now)
    until = window.others_until
    if request.user.is_authenticated:
        context["tries"] = tries = tries_of(
            request.user, quiz, now=now, read_only=request.read_only
        )
        used, until = tries.used, tries.others_until(window)
    reason = closed(quiz, user=request.user, used=used, now=now, window=window)
    context |= {"reason": reason and in_words(reason, quiz, window), "left": left(quiz, used)}
    context |= {"window": window, "minutes": minutes_of(quiz, window)}
    context |= {
        "last_end": last_end(quiz, until),
        "results_at": results_at(quiz, until),
        "shows_results": shows_results(quiz, now, until),
    }
    return render(request, "quizzes/quiz.html", context, status=status)


@require_POST
def start(request: SiteRequest, slug: str) -> HttpResponse:
    quiz = get_quiz_or_404(request, slug)
    if not request.user.is_authenticated:
        return redirect_to_login(quiz.get_absolute_url())
    try:
        attempt = attempts.start(user=request.user, quiz=quiz, now=timezone.now(), rng=CHANCE)
    except (ClosedError, NoQuestionsError):
        # The page says why, by the same rules.
        return show_quiz(request, quiz, HTTPStatus.CONFLICT)
    return redirect(attempt)
