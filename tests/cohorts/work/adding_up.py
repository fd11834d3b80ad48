"""What tests add up of a rubric."""

from decimal import Decimal

from django.db.models import Max

from cohorts.models import Assignment, Level


def best_of(assignment: Assignment) -> Decimal:
    """What can be had by the rubric; 0 without one. One query."""
    best = Level.objects.filter(criterion__assignment=assignment, criterion__dropped=False)
    worth = best.order_by().values("criterion").annotate(best=Max("points"))
    return sum((one["best"] for one in worth), Decimal(0))
