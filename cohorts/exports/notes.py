"""What a table of grades does not say by itself: how it was counted. For a second sheet."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cohorts.gradebook import late, wording
from cohorts.gradebook.layout import Layout
from cohorts.models import Cohort


def notes_of(cohort: Cohort, layout: Layout, now: datetime) -> list[str]:
    at = date_format(localtime(now, cohort.zone), "DATETIME_FORMAT")
    return [
        _("%(name)s, as of %(at)s (%(zone)s).")
        % {"name": cohort.name, "at": at, "zone": cohort.time_zone},
        *(
            _("%(name)s: weight %(weight)s; %(counts)s.")
            % {
                "name": name,
                "weight": wording.points(rule.weight),
                "counts": _("all items alike") if rule.equal else _("by points"),
            }
            + (" " + _("The lowest are left out: %d.") % rule.drop if rule.drop else "")
            for name, rule in zip(layout.names, layout.plan.categories, strict=True)
        ),
        late.in_words(layout.rules.late),
        _("Missing work counts as zero once nothing is accepted any more.")
        if layout.rules.missing_as_zero
        else _("Missing work does not count."),
        wording.rounding(layout.digits),
        _("Points are after the late policy, and after changes by hand."),
    ]
