"""What is done outside a request."""

from datetime import datetime

from django.utils import timezone
from django_tasks import task

from quizzes.review import reminders


def queue_review_mails(now: datetime) -> None:
    """One task a person, so that one address that fails does not hold up the others."""
    for user_id in reminders.people_to_remind(now):
        mail_due_reviews.enqueue(user_id)


@task()
def mail_due_reviews(user_id: int) -> bool:
    """Whether a mail was sent; a person who has been reminded today is not reminded again."""
    return reminders.remind(user_id=user_id, now=timezone.now())
