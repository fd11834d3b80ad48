"""Lists of lessons by where they stand."""

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Lesson, Status


class StateFilter(SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("published", _("Published")),
            ("waiting", _("Has waiting changes")),
            ("scheduled", _("Scheduled")),
            ("draft", _("Draft")),
            ("review", _("In review")),
            ("archived", _("Archived")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Lesson]) -> QuerySet[Lesson] | None:
        now = timezone.now()
        published = Q(status=Status.PUBLISHED)
        ahead = published & Q(publish_at__gt=now)
        wanted = {
            "published": published & ~ahead,
            "waiting": Q(draft__isnull=False),
            "scheduled": ahead | Q(draft__publish_at__isnull=False),
            "draft": Q(status=Status.DRAFT),
            "review": Q(status=Status.REVIEW) | Q(draft__state="review"),
            "archived": Q(status=Status.ARCHIVED),
        }
        condition = wanted.get(self.value() or "")
        return queryset.filter(condition) if condition is not None else queryset
