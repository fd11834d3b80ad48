"""Quizzes, with their questions in order."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.admin.forms import LabelledFormSet, PlacedForm, taken_by
from courses.admin.status import StatusAdmin
from courses.models import Lesson
from quizzes.models import Quiz, QuizQuestion


class PlaceForm(PlacedForm):
    owner = "quiz"
    key = "question"


class QuizForm(forms.ModelForm):
    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if clash := Quiz.objects.filter(slug=slug).exclude(pk=self.instance.pk).first():
            raise taken_by(clash)
        return slug

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        lesson, course = data.get("lesson"), data.get("course")
        if lesson and course and lesson.track.course_id != course.pk:
            message = _("“%(lesson)s” belongs to another course.")
            self.add_error("lesson", forms.ValidationError(message, params={"lesson": lesson}))
        return data


class PlaceInline(admin.TabularInline):
    model = QuizQuestion
    form = PlaceForm
    formset = LabelledFormSet
    fields = ["question", "position"]
    autocomplete_fields = ["question"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("question")


@admin.register(Quiz)
class QuizAdmin(StatusAdmin):
    form = QuizForm
    course = "course"
    fieldsets = [
        (None, {"fields": ["course", "lesson", "title", "slug"]}),
        (gettext_lazy("How it is taken"), {"fields": ["mode", "pass_mark", "shuffle"]}),
        (gettext_lazy("Publishing"), {"fields": ["status"]}),
    ]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [PlaceInline]
    list_display = ["title", "lesson", "mode", "pass_mark", "question_count", "status"]
    list_filter = ["status", "mode", "lesson__track"]
    list_select_related = ["lesson"]
    search_fields = ["title", "slug", "lesson__title"]
    search_help_text = gettext_lazy("Title, address, or the lesson’s title")
    ordering = ["lesson__track__position", "lesson__position", "id"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(question_count=Count("places"))

    @admin.display(description=gettext_lazy("questions"), ordering="question_count")
    def question_count(self, quiz: Any) -> int:
        return int(quiz.question_count)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "lesson":
            kwargs["queryset"] = Lesson.objects.in_order().select_related("track")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def gaps(self, things: Iterable[Quiz]) -> Iterable[str]:
        """Those whose every question is missing, unpublished or of an archived concept."""
        quizzes = list(things)
        asking = QuizQuestion.objects.askable().filter(quiz__in=quizzes)
        full = set(asking.order_by().values_list("quiz", flat=True))
        for quiz in quizzes:
            if quiz.pk not in full:
                yield _("“%s” is published, but has no published question to ask.") % quiz
