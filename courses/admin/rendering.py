"""The addresses of the preview beside a text, which belong to no row of any table."""

from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from courses.views import rendering


class ShowsPreviews:
    """For the ModelAdmin whose address they stand below."""

    admin_site: AdminSite

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        urls: list[Any] = [
            path("render/", view(rendering.rendered), name="courses_render"),
            path("frame/", view(rendering.frame), name="courses_frame"),
        ]
        return [*urls, *super().get_urls()]  # type: ignore[misc]
