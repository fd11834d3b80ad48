from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The house itself: settings, checks, and the pages that compose all apps."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401  (registers the system checks)
