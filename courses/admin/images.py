"""The media library: what there is, what shows it, and one more picture."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.messages import SUCCESS
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import display_name_of
from courses.admin.base import ROWS
from courses.images.forms import ImageForm
from courses.images.library import (
    add_image,
    delete_image,
    describe_image,
    is_remembered,
    used_names,
)
from courses.models import Course, Image


def all_used_names() -> set[str]:
    return {name for course in Course.objects.all() for name in used_names(course)}


class UseFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("shown", gettext_lazy("Shown")), ("unused", gettext_lazy("Unused"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        if self.value() == "shown":
            return queryset.filter(name__in=all_used_names())
        if self.value() == "unused":
            return queryset.exclude(name__in=all_used_names())
        return queryset


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    list_display = ["picture", "name", "alt", "measures", "use", "uploaded"]
    list_display_links = ["picture", "name"]
    list_filter = [UseFilter, "course", "format"]
    list_per_page = ROWS
    search_fields = ["name", "alt"]
    search_help_text = gettext_lazy("Name, or what it shows")
    date_hierarchy = "uploaded_at"
    actions = None

    class Media:
        css = {"all": ["css/admin-images.css"]}

    def get_urls(self) -> list[URLPattern]:
        upload = self.admin_site.admin_view(require_POST(self.upload))
        return [path("upload/", upload, name="courses_image_upload"), *super().get_urls()]

    def upload(self, request: HttpRequest) -> JsonResponse:
        """For the editor: a picture pasted or dropped into a text, answered with its Markdown."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImageForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        image = self.added(request, form)
        answer = {"name": image.name, "url": image.get_absolute_url(), "alt": image.alt}
        size = {"width": image.width, "height": image.height}
        # In the words that were said now, also of a picture that was here before.
        markdown = markdown_of(image, form.cleaned_data["alt"])
        return JsonResponse({**answer, **size, "markdown": markdown}, status=201)

    def added(self, request: HttpRequest, form: ImageForm) -> Image:
        return add_image(**form.added(), **done_by(request))

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(request, obj, change, **kwargs) if obj else ImageForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = [
            "picture",
            "alt",
            "markdown",
            "measures",
            "use",
            "course",
            "by",
            "uploaded",
        ]
        return shown if obj else ["course", "file", "alt"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in self.get_fields(request, obj) if name != "alt"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        only = Course.objects.all()[:2]
        return {"course": only[0].pk} if len(only) == 1 else {}

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return super().save_form(request, form, change) if change else self.added(request, form)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and form.has_changed():
            describe_image(image=obj, alt=obj.alt, **done_by(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A picture has nothing beside it."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that nothing shows, and no version that could come back."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or not (self.is_shown(obj) or is_remembered(obj)))

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        delete_image(image=obj, **done_by(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return super().get_queryset(request).select_related("course", "uploaded_by")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The use of all pictures of the page is looked up together."""
        changelist = super().get_changelist_instance(request)
        used = all_used_names()
        for image in changelist.result_list:
            image.shown = image.name in used
        return changelist

    def response_add(self, request: HttpRequest, obj: Image, *args: Any) -> HttpResponse:
        """On to its Markdown, which is what one came for."""
        self.message_user(
            request, _("“%s” is in the library. Copy its Markdown into a text.") % obj, SUCCESS
        )
        return HttpResponseRedirect(reverse("admin:courses_image_change", args=[obj.pk]))

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, image: Image) -> SafeString:
        return format_html(
            '<img class="picture" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            image.get_absolute_url(),
            image.alt,
            image.width,
            image.height,
        )

    @admin.display(description=gettext_lazy("Markdown"))
    def markdown(self, image: Image) -> SafeString:
        return format_html('<code class="whole">{}</code>', markdown_of(image, image.alt))

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def measures(self, image: Image) -> str:
        return f"{image.width} × {image.height}, {filesizeformat(image.size)}"

    @admin.display(description=gettext_lazy("use"))
    def use(self, image: Any) -> str:
        return _("Shown in a text") if self.is_shown(image) else _("Unused: no text shows it")

    def is_shown(self, image: Any) -> bool:
        known = getattr(image, "shown", None)
        return image.name in used_names(image.course) if known is None else known

    @admin.display(description=gettext_lazy("uploaded"), ordering="uploaded_at")
    def uploaded(self, image: Image) -> str:
        return date_format(timezone.localdate(image.uploaded_at))

    @admin.display(description=gettext_lazy("by"))
    def by(self, image: Image) -> str:
        """A name, no link: who edits may not open people."""
        return display_name_of(image.uploaded_by) if image.uploaded_by else ""


def done_by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}


def markdown_of(image: Image, alt: str) -> str:
    """What puts it into a text; brackets and backslashes in `alt` are only words."""
    words = re.sub(r"([\\\[\]])", r"\\\1", alt)
    return f"![{words}]({image.get_absolute_url()})"
