"""What is done with a question or an answer: edited, deleted, resolved, hidden, pinned."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import SignedInRequest
from accounts.redirects import sign_in_to_post
from cohorts.models import Membership, Post, Thread
from cohorts.permissions import can_ask, can_moderate
from cohorts.talk import asking, moderating
from cohorts.talk.forms import EditAnswerForm, QuestionForm
from cohorts.views.doors import enter
from cohorts.views.talk import context_of, get_thread_or_404


def get_post_or_404(member: Membership, pk: int) -> Post:
    found = Post.objects.select_related("thread")
    return get_object_or_404(found, thread__cohort=member.cohort, pk=pk)


def refuse_others(written: Thread | Post, member: Membership) -> None:
    """Only who wrote it, and only as long as the staff has not hidden it."""
    if written.author_id != member.user_id or written.hidden_at:
        raise PermissionDenied


def back_to(member: Membership, thread: Thread) -> HttpResponse:
    return redirect("thread", member.cohort.slug, thread.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_thread(request: SignedInRequest, cohort: str, thread: int) -> HttpResponse:
    member = enter(request, cohort, can_ask)
    found = get_thread_or_404(member, thread)
    refuse_others(found, member)
    initial = {"title": found.title, "body": found.body}
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        return show_form(request, member, "cohorts/talk/edit.html", form=form, thread=found)
    asking.edit_question(thread=found, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Your changes are saved."))
    return back_to(member, found)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_post(request: SignedInRequest, cohort: str, post: int) -> HttpResponse:
    member = enter(request, cohort, can_ask)
    found = get_post_or_404(member, post)
    refuse_others(found, member)
    initial = {"body": found.body}
    form = EditAnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        return show_form(
            request, member, "cohorts/talk/edit.html", form=form, thread=found.thread, post=found
        )
    asking.edit_answer(post=found, body=form.cleaned_data["body"], now=timezone.now())
    messages.success(request, _("Your changes are saved."))
    return back_to(member, found.thread)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_post(request: SignedInRequest, cohort: str, post: int) -> HttpResponse:
    member = enter(request, cohort, can_ask)
    found = get_post_or_404(member, post)
    refuse_others(found, member)
    if request.method != "POST":
        return show_form(
            request, member, "cohorts/talk/delete.html", thread=found.thread, post=found
        )
    asking.delete_answer(post=found, member=member, now=timezone.now())
    messages.success(request, _("Your answer is deleted."))
    return back_to(member, found.thread)


def show_form(
    request: SignedInRequest, member: Membership, template: str, **more: Any
) -> HttpResponse:
    context = context_of(member, timezone.now()) | more
    wrong = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, template, context, status=status)


@require_POST
@sign_in_to_post
def resolve_thread(request: SignedInRequest, cohort: str, thread: int) -> HttpResponse:
    """`yes` is `1` or nothing; sending it twice changes nothing."""
    member = enter(request, cohort, can_ask)
    found = get_thread_or_404(member, thread)
    if not can_moderate(member) and found.author_id != member.user_id:
        raise PermissionDenied
    asking.resolve(thread=found, yes=wants(request), now=timezone.now())
    return back_to(member, found)


@require_POST
@sign_in_to_post
def hide_thread(request: SignedInRequest, cohort: str, thread: int) -> HttpResponse:
    member = enter(request, cohort, can_moderate)
    found = get_thread_or_404(member, thread)
    moderating.set_hidden(written=found, yes=wants(request), by=member, now=timezone.now())
    return back_to(member, found)


@require_POST
@sign_in_to_post
def hide_post(request: SignedInRequest, cohort: str, post: int) -> HttpResponse:
    member = enter(request, cohort, can_moderate)
    found = get_post_or_404(member, post)
    moderating.set_hidden(written=found, yes=wants(request), by=member, now=timezone.now())
    return back_to(member, found.thread)


@require_POST
@sign_in_to_post
def pin_post(request: SignedInRequest, cohort: str, post: int) -> HttpResponse:
    member = enter(request, cohort, can_moderate)
    found = get_post_or_404(member, post)
    if found.hidden_at:
        raise PermissionDenied
    moderating.set_pinned(post=found, yes=wants(request), by=member, now=timezone.now())
    return back_to(member, found.thread)


def wants(request: SignedInRequest) -> bool:
    return request.POST.get("yes") == "1"
