"""E-mails that say that grades are there. None of them says the grade."""

from django.db.models import Q, QuerySet

from cohorts.mail import class_mail, unwilling, wants
from cohorts.models import Grade, GradeItem, Membership


def people_to_tell(item_id: int) -> QuerySet[Membership, int]:
    """The keys of the learners who have something to see and want to be told. One query."""
    something = Q(score__isnull=False) | Q(override__isnull=False) | Q(excused=True)
    grades = Grade.objects.filter(something, item=item_id, item__released_at__isnull=False)
    learners = Membership.objects.learners().filter(pk__in=grades.values("membership"))
    willing = learners.filter(user__is_active=True).exclude(user__in=unwilling("grades"))
    return willing.order_by("pk").values_list("pk", flat=True)


def tell(*, item_id: int, membership_id: int) -> bool:
    """Whether a mail was sent: not where the grades were hidden again, or nobody wants it."""
    item = GradeItem.objects.filter(pk=item_id, released_at__isnull=False)
    found = item.select_related("cohort", "assignment", "quiz").first()
    member = Membership.objects.learners().select_related("user").filter(pk=membership_id).first()
    if found is None or member is None or not wants(member.user, "grades"):
        return False
    context = {"item": found, "cohort": found.cohort}
    class_mail(member.user, "cohorts/grading/mail", context, "grades").send()
    return True
