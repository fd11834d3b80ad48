"""Quizzes: how they are taken, and what they ask."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, ForeignKey, QuerySet
from django.forms import ModelChoiceField
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.admin.forms import LabelledFormSet, PlacedForm, taken_by
from courses.admin.status import StatusAdmin
from courses.content.documents import name_of
from courses.models import Lesson, Revision
from courses.models.history import RevisionQuerySet
from quizzes.attempts.choosing import Supply, supplies
from quizzes.models import Draw, Quiz, QuizQuestion


class PlaceForm(PlacedForm):
    owner = "quiz"
    key = "question"


class DrawForm(forms.ModelForm):
    """Where a draw's row is saved, and in which order, is the order of the rows."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(data.get("lesson")) == bool(data.get("concept")):
            message = _("Choose a lesson or a concept to draw from, and not both.")
            self.add_error("lesson", forms.ValidationError(message))
        return data


class QuizForm(forms.ModelForm):
    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if clash := Quiz.objects.filter(slug=slug).exclude(pk=self.instance.pk).first():
            raise taken_by(clash)
        return slug

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for field, message in problems_of(data):
            self.add_error(field, message)
        return data


def problems_of(data: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """What contradicts itself in the settings of a quiz: the field to change, and why."""
    lesson, track, course = data.get("lesson"), data.get("track"), data.get("course")
    elsewhere = _("“%s” belongs to another course.")
    if lesson and course and lesson.track.course_id != course.pk:
        yield "lesson", elsewhere % lesson
    if track and course and track.course_id != course.pk:
        yield "track", elsewhere % track
    opens, closes = data.get("opens_at"), data.get("closes_at")
    if opens and closes and closes <= opens:
        yield "closes_at", _("It must close after it opens.")
    late = data.get("feedback") == Quiz.Feedback.CLOSED
    if late and data.get("mode") == Quiz.Mode.GRADED and not closes:
        yield "closes_at", _("Say when it closes: what was right is told only after that.")


class PlaceInline(admin.TabularInline):
    model = QuizQuestion
    form = PlaceForm
    formset = LabelledFormSet
    fields = ["question", "points", "position"]
    autocomplete_fields = ["question"]
    extra = 0
    verbose_name_plural = gettext_lazy("Questions that every attempt asks")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("question")


class DrawInline(admin.TabularInline):
    model = Draw
    form = DrawForm
    formset = LabelledFormSet
    fields = ["lesson", "concept", "difficulty", "number", "points", "position"]
    autocomplete_fields = ["lesson", "concept"]
    extra = 0
    verbose_name_plural = gettext_lazy("Questions drawn by chance, asked after those above")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("lesson", "concept")


@admin.register(Quiz)
class QuizAdmin(StatusAdmin):
    form = QuizForm
    course = "course"
    stays = gettext_lazy(
        "Nobody can begin it any more. Attempts and their results stay with the learners, and it "
        "is there again once you bring it back."
    )
    fieldsets: ClassVar[list[Any]] = [
        (None, {"fields": ["course", "lesson", "track", "title", "slug"]}),
        (
            gettext_lazy("How it is taken"),
            {
                "fields": ["mode", "feedback", "shuffle"],
                "description": gettext_lazy(
                    "Practice tells what is right after each question. A graded quiz tells it "
                    "when you say. A placement decides which lessons may be skipped."
                ),
            },
        ),
        (
            gettext_lazy("Attempts and what counts"),
            {"fields": ["attempts_allowed", "counts", "pass_mark"]},
        ),
        (
            gettext_lazy("Time"),
            {
                "fields": ["time_limit", "grace", "opens_at", "closes_at"],
                "description": gettext_lazy(
                    "Changes hold for attempts that are begun after them. Who is at it when the "
                    "quiz closes has time until then."
                ),
            },
        ),
        (gettext_lazy("Publishing"), {"fields": ["status"]}),
    ]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [PlaceInline, DrawInline]
    list_display = ["title", "lesson", "mode", "pass_mark", "question_count", "status"]
    list_filter = ["status", "mode", "lesson__track"]
    list_select_related = ["lesson"]
    search_fields = ["title", "slug", "lesson__title"]
    search_help_text = gettext_lazy("Title, address, or the lesson’s title")
    ordering = ["lesson__track__position", "lesson__position", "id"]

    def revisions_of(self, obj: Quiz) -> RevisionQuerySet:
        files = Revision.objects.filter(course=obj.course, name__in=self.documents_touched(obj))
        return files.order_by("-pk")

    class Media:
        js = [Script("js/quiz-places.js", defer=True)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(question_count=Count("places"))

    def documents_touched(self, obj: Quiz) -> set[str]:
        """What a lesson's own quiz asks stands in the lesson's file, too."""
        return super().documents_touched(obj) | ({name_of(obj.lesson)} if obj.lesson else set())

    @admin.display(description=gettext_lazy("fixed questions"), ordering="question_count")
    def question_count(self, quiz: Any) -> int:
        return int(quiz.question_count)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "lesson":
            kwargs["queryset"] = Lesson.objects.in_order().select_related("track")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def gaps(self, things: Iterable[Quiz]) -> Iterable[str]:
        """Those that ask nothing, and draws that find fewer questions than they ask for."""
        quizzes = list(things)
        asking = QuizQuestion.objects.askable().filter(quiz__in=quizzes)
        full = set(asking.order_by().values_list("quiz", flat=True))
        for quiz in quizzes:
            drawn = supplies(quiz, now=timezone.now())
            if quiz.pk not in full and not any(supply.given for supply in drawn):
                yield _("“%s” is published, but has no published question to ask.") % quiz
            yield from (shortage(quiz, supply) for supply in drawn if supply.is_short)


def shortage(quiz: Quiz, supply: Supply) -> str:
    draw = supply.draw
    return _("“%(quiz)s” draws %(number)d from “%(source)s”, but finds only %(given)d.") % {
        "quiz": quiz,
        "number": draw.number,
        "source": draw.concept or draw.lesson,
        "given": supply.given,
    }
