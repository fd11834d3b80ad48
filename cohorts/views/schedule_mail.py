"""Which e-mails about their classes somebody wants, and stopping them by the link in one."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest, SiteRequest
from cohorts import mail
from cohorts.models import MailPreferences
from cohorts.schedule.mail_form import MailForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    chosen = MailPreferences.objects.filter(user=request.user).first()
    posted = request.POST if request.method == "POST" else None
    form = MailForm(posted, instance=chosen or MailPreferences(user=request.user))
    if form.is_valid():
        form.save()
        messages.success(request, _("Your choice of e-mails is saved."))
        return redirect("class_mail")
    return render(request, "cohorts/mail/preferences.html", {"form": form, "section": "classes"})


# Mail programs post here by themselves, without a cookie; the token says who asks.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: SiteRequest, token: str) -> HttpResponse:
    post = request.method == "POST"
    found = mail.read_token(token)
    if found and post:
        mail.stop(*found)
    status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
    context = {"kind": found and found[1], "done": post}
    return render(request, "cohorts/mail/stop.html", context, status=status)
