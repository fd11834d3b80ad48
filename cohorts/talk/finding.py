"""Which questions of a class somebody finds."""

from cohorts.models import Membership, Thread
from cohorts.models.talk import ThreadQuerySet
from cohorts.permissions import can_see_hidden
from cohorts.talk.forms import FindForm

MOST_WORDS = 8


def threads_for(member: Membership) -> ThreadQuerySet:
    """Newest first; what is hidden, only for who may see it."""
    found = Thread.objects.filter(cohort=member.cohort_id).select_related("lesson", "concept")
    return found if can_see_hidden(member) else found.shown()


def find(member: Membership, form: FindForm) -> ThreadQuerySet:
    """As far as `form` makes sense."""
    found = threads_for(member)
    form.is_valid()
    wanted = form.cleaned_data
    if lesson := wanted.get("lesson"):
        found = found.filter(lesson=int(lesson))
    if wanted.get("state") in {"mine", "mine-open"}:
        found = found.filter(author=member.user)
    if wanted.get("state") in {"open", "mine-open"}:
        found = found.resolved(yes=False)
    return found.about(wanted.get("q", "").split()[:MOST_WORDS])
