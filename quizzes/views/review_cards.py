"""All of one's own cards, the history of one, and what one can do with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import SignedInRequest
from accounts.redirects import next_of, sign_in_to_post
from quizzes.review import browsing
from quizzes.review.cards import reset, resume, suspend
from quizzes.views.doors import get_card_or_404


@login_required
@require_safe
def cards(request: SignedInRequest) -> HttpResponse:
    now = timezone.now()
    lessons = browsing.lessons_with_cards(request.user)
    form = browsing.CardFilter(request.GET, lessons=lessons)
    wanted = form.wanted
    found = Paginator(browsing.find(request.user, wanted, now), browsing.PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "wanted": wanted,
        "has_cards": bool(lessons),
        "page": page,
        "lines": [browsing.line_of(card, now) for card in page],
        "now": now,
        "section": "review",
    }
    return render(request, "quizzes/review/cards.html", context)


@login_required
@require_safe
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    history = browsing.history_of(get_card_or_404(request, pk), now)
    context = {"history": history, "line": history.line, "now": now, "section": "review"}
    return render(request, "quizzes/review/card.html", context)


@require_POST
@sign_in_to_post
def put_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_card_or_404(request, pk)
    suspend(user=request.user, card_id=found.pk, now=timezone.now())
    messages.success(request, _("The card is put aside. It will not be asked."))
    return redirect(next_of(request, reverse("review_card", args=[pk])))


@require_POST
@sign_in_to_post
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_card_or_404(request, pk)
    resume(user=request.user, card_id=found.pk)
    messages.success(request, _("The card is back among your reviews."))
    return redirect(next_of(request, reverse("review_card", args=[pk])))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks first: what the card remembers cannot be brought back."""
    found, now = get_card_or_404(request, pk), timezone.now()
    onward = next_of(request, reverse("review_card", args=[pk]))
    if request.method != "POST":
        line = browsing.line_of(found, now)
        context = {"line": line, "next": onward, "section": "review"}
        return render(request, "quizzes/review/start_again.html", context)
    reset(user=request.user, card_id=found.pk, now=now)
    messages.success(request, _("The card starts again, as if it were new."))
    return redirect(onward)
