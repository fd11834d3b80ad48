"""The groups of a class."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import SignedInRequest
from cohorts.people import groups as acts
from cohorts.people.forms import GroupForm
from cohorts.permissions import can_manage_people
from cohorts.views.doors import enter


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def groups(request: SignedInRequest, cohort: str) -> HttpResponse:
    member = enter(request, cohort, can_manage_people)
    posted = request.POST if request.method == "POST" else None
    form = GroupForm(posted, cohort=member.cohort)
    if form.is_valid():
        acts.create_group(name=form.cleaned_data["name"], by=member, now=timezone.now())
        messages.success(request, _("The group is made."))
        return redirect("groups", cohort)
    context = {
        "member": member,
        "here": "people",
        "section": "classes",
        "form": form,
        "groups": acts.groups_with_counts(member.cohort),
    }
    status = 422 if form.is_bound else 200
    return render(request, "cohorts/people/groups.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rename(request: SignedInRequest, cohort: str, group: int) -> HttpResponse:
    member = enter(request, cohort, can_manage_people)
    found = get_object_or_404(member.cohort.groups, pk=group)
    posted = request.POST if request.method == "POST" else None
    form = GroupForm(posted, cohort=member.cohort, group=found, initial={"name": found.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        acts.rename_group(group=found, name=name, by=member, now=timezone.now())
        messages.success(request, _("The group has its new name."))
        return redirect("groups", cohort)
    context = {"member": member, "here": "people", "section": "classes", "group": found}
    status = 422 if form.is_bound else 200
    return render(
        request, "cohorts/people/rename_group.html", context | {"form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: SignedInRequest, cohort: str, group: int) -> HttpResponse:
    member = enter(request, cohort, can_manage_people)
    found = get_object_or_404(acts.groups_with_counts(member.cohort), pk=group)
    if request.method != "POST":
        context = {"member": member, "here": "people", "section": "classes", "group": found}
        return render(request, "cohorts/people/delete_group.html", context)
    acts.delete_group(group=found, by=member, now=timezone.now())
    messages.success(request, _("The group is deleted; its people are still in the class."))
    return redirect("groups", cohort)
