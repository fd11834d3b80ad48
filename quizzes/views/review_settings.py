"""How one wants to review."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from quizzes.review.preferences import (
    ReviewPreferencesForm,
    costs_of,
    preferences_of,
    save_preferences,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_settings(request: SignedInRequest) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = ReviewPreferencesForm(posted, instance=preferences_of(request.user))
    if form.is_valid():
        save_preferences(user=request.user, chosen=form.cleaned_data)
        messages.success(request, _("Your review settings are saved."))
        return redirect("review_settings")
    context = {"form": form, "costs": costs_of(request.user), "section": "review"}
    status = 422 if form.is_bound else 200
    return render(request, "quizzes/review/settings.html", context, status=status)
