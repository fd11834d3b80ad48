"""What a gradebook consists of: categories with their weights, and items."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.middleware import SignedInRequest
from cohorts.gradebook import wording
from cohorts.gradebook.categories import (
    CategoryInUseError,
    add_category,
    change_category,
    remove_category,
)
from cohorts.gradebook.forms import CategoryForm, ItemForm, NewItemForm
from cohorts.gradebook.items import AlreadyThereError, add_item, change_item, remove_item
from cohorts.gradebook.layout import Layout, layout_of
from cohorts.models import Category, Cohort, Grade, Membership
from cohorts.permissions import can_manage_grades
from cohorts.views.doors import enter
from cohorts.views.gradebook_cells import item_or_404
from cohorts.views.gradebook_people import MOST


@require_safe
@login_required
def setup(request: SignedInRequest, cohort: str) -> HttpResponse:
    me = enter(request, cohort, can_manage_grades)
    layout = layout_of(me.cohort, timezone.now())
    context = {
        "member": me,
        "here": "gradebook",
        "section": "classes",
        "categories": categories_in(layout, me.cohort),
        "policies": wording.policies(layout),
    }
    return render(request, "cohorts/gradebook/setup.html", context)


def categories_in(layout: Layout, cohort: Cohort) -> list[dict[str, Any]]:
    """Each with its items, and with what its weight comes to in percent."""
    whole = sum(rule.weight for rule in layout.plan.categories) or 1
    found = zip(cohort.categories.order_by("position", "pk"), layout.plan.places, strict=False)
    return [
        {
            "category": category,
            "share": wording.about(category.weight / whole),
            "weight": wording.points(category.weight),
            "columns": [
                (layout.columns[at], wording.points(layout.columns[at].item.points))
                for at in places
            ],
        }
        for category, places in found
    ]


def answer(request: SignedInRequest, me: Membership, template: str, **context: Any) -> HttpResponse:
    form = context.get("form")
    status = 422 if form is not None and form.is_bound else 200
    shared = {"member": me, "here": "gradebook", "section": "classes"}
    page = f"cohorts/gradebook/{template}.html"
    return render(request, page, {**shared, **context}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_category(request: SignedInRequest, cohort: str) -> HttpResponse:
    me = enter(request, cohort, can_manage_grades)
    form = CategoryForm(request.POST if request.method == "POST" else None, cohort=me.cohort)
    if form.is_bound and form.is_valid():
        add_category(cohort=me.cohort, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The category is added."))
        return redirect("gradebook_setup", me.cohort.slug)
    return answer(request, me, "category", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_category(request: SignedInRequest, cohort: str, category: int) -> HttpResponse:
    me = enter(request, cohort, can_manage_grades)
    found = category_or_404(me.cohort, category)
    data = request.POST if request.method == "POST" else None
    form = CategoryForm(data, instance=found, cohort=me.cohort)
    if form.is_bound and form.is_valid():
        change_category(category=found, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The category is saved."))
        return redirect("gradebook_setup", me.cohort.slug)
    return answer(request, me, "category", form=form, category=found)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_category(request: SignedInRequest, cohort: str, category: int) -> HttpResponse:
    me = enter(request, cohort, can_manage_grades)
    found = category_or_404(me.cohort, category)
    if request.method == "POST":
        try:
            remove_category(category=found, by=request.user, now=timezone.now())
        except CategoryInUseError:
            messages.error(
                request, _("There are items in it. Move them to another category first.")
            )
        else:
            messages.success(request, _("The category is removed."))
        return redirect("gradebook_setup", me.cohort.slug)
    return answer(request, me, "category_remove", category=found, items=found.items.count())


def category_or_404(cohort: Cohort, category: int) -> Category:
    found = get_object_or_404(Category, cohort=cohort, pk=min(category, MOST))
    found.cohort = cohort
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_item(request: SignedInRequest, cohort: str) -> HttpResponse:
    me = enter(request, cohort, can_manage_grades)
    form = NewItemForm(request.POST if request.method == "POST" else None, cohort=me.cohort)
    if form.is_bound and form.is_valid():
        try:
            add_item(cohort=me.cohort, by=request.user, now=timezone.now(), **form.cleaned_data)
        except AlreadyThereError:
            said = _("%s is in the gradebook already: it was added a moment ago.")
            messages.info(request, said % form.cleaned_data["quiz"])
        else:
            messages.success(request, _("The item is added."))
        return redirect("gradebook_setup", me.cohort.slug)
    return answer(request, me, "item", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit_item(request: SignedInRequest, cohort: str, item: int) -> HttpResponse:
    me = enter(request, cohort, can_manage_grades)
    found = item_or_404(me.cohort, item)
    name = str(found)
    data = request.POST if request.method == "POST" else None
    form = ItemForm(data, instance=found, cohort=me.cohort)
    if form.is_bound and form.is_valid():
        change_item(item=found, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The item is saved."))
        return redirect("gradebook_setup", me.cohort.slug)
    return answer(request, me, "item", form=form, item=found, name=name)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_item(request: SignedInRequest, cohort: str, item: int) -> HttpResponse:
    """Says how many grades go with it, before they do."""
    me = enter(request, cohort, can_manage_grades)
    found = item_or_404(me.cohort, item)
    if request.method == "POST":
        remove_item(item=found, by=request.user, now=timezone.now())
        messages.success(request, _("The item is removed from the gradebook."))
        return redirect("gradebook_setup", me.cohort.slug)
    grades = Grade.objects.filter(item=found).count()
    return answer(request, me, "item_remove", item=found, grades=grades)
