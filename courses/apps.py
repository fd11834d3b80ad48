from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Course")

    def ready(self) -> None:
        from courses import privacy, signals  # noqa: F401  (personal data; renewal of shared pages)
        from courses.editor import needing  # noqa: F401  (what is checked before publishing)
        from courses.history import privacy as editors_privacy  # noqa: F401  (who edited)
        from courses.links import publishing  # noqa: F401  (what is checked before publishing)
