from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = _("Quizzes")

    def ready(self) -> None:
        from quizzes import privacy, signals  # noqa: F401  (personal data; renewal of shared pages)
        from quizzes.content import registration  # noqa: F401  (questions in the course's files)
        from quizzes.editor import checks  # noqa: F401  (warnings before a lesson is published)
        from quizzes.review import mastery  # noqa: F401  (what the roadmap shows)
        from quizzes.review import privacy as review_privacy  # noqa: F401  (more personal data)
