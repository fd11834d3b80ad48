from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CohortsConfig(AppConfig):
    name = "cohorts"
    verbose_name = _("Classes")

    def ready(self) -> None:
        from cohorts import here, privacy  # noqa: F401  (signals, personal data)
        from cohorts.people import signals  # noqa: F401  (who signs up with an invited address)
        from cohorts.schedule import windows  # noqa: F401  (when learners may take a quiz)
        from cohorts.work import storage  # noqa: F401  (files go with their rows)
