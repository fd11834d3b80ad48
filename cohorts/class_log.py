"""Reading the log of a class."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cohorts.models import Cohort, LogEntry, Membership
from cohorts.talk.plain_text import has_controls


class LogFilter(forms.Form):
    """Nonsense filters nothing."""

    kind = forms.ChoiceField(
        label=_("What"), choices=[("", _("Everything")), *LogEntry.Kind.choices], required=False
    )
    person = forms.CharField(label=_("Name or e-mail address"), max_length=80, required=False)

    @property
    def wanted(self) -> tuple[str, str]:
        self.is_valid()
        person = self.cleaned_data.get("person", "")
        return self.cleaned_data.get("kind", ""), "" if has_controls(person) else person


@dataclass(frozen=True, slots=True)
class Line:
    """An entry, and what the class calls those whom it names; "" where nobody is known."""

    entry: LogEntry
    actor: str
    about: str


def entries(cohort: Cohort, kind: str, person: str) -> QuerySet[LogEntry]:
    """Newest first; of one kind, and by or about whom `person` is a part of the name of."""
    found = LogEntry.objects.filter(cohort=cohort).select_related("actor")
    if kind:
        found = found.filter(kind=kind)
    if person:
        named = Membership.objects.filter(cohort=cohort).filter(
            Q(listed_as__icontains=person)
            | Q(user__display_name__icontains=person)
            | Q(user__email__icontains=person)
        )
        found = found.filter(Q(actor__in=named.values("user")) | Q(about__in=named.values("pk")))
    return found


def lines(cohort: Cohort, page: Iterable[LogEntry]) -> list[Line]:
    """One query for all names."""
    page = list(page)
    concerned = Q(user__in={entry.actor_id for entry in page}) | Q(
        pk__in={entry.about_id for entry in page}
    )
    members = list(Membership.objects.filter(concerned, cohort=cohort).named())
    by_user = {member.user_id: member.name for member in members}
    by_key = {member.pk: member.name for member in members}
    return [
        Line(
            entry=entry,
            actor=by_user.get(entry.actor_id or 0) or str(entry.actor or ""),
            about=by_key.get(entry.about_id or 0, ""),
        )
        for entry in page
    ]
