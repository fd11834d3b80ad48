from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Course")

    def ready(self) -> None:
        from courses import signals  # noqa: F401  (content changes renew what is shared)
