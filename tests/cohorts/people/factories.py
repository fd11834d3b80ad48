"""Invitations, and lists of people that wait for a yes."""

from datetime import timedelta

import factory

from cohorts.models import Cohort, Invitation, Membership, PendingImport, Role
from cohorts.people.addresses import parse
from cohorts.people.imports import keep
from tests.class_factories import NOW, CohortFactory


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    """Of a learner, mailed an hour ago, open."""

    class Meta:
        model = Invitation

    cohort = factory.SubFactory(CohortFactory)
    email = factory.Sequence(lambda n: f"invited-{n}@example.org")
    token = factory.Sequence(lambda n: f"token-{n}")
    invited_at = NOW - timedelta(hours=1)
    mailed_at = NOW - timedelta(hours=1)
    # Tests of pages ask the clock.
    expires_at = NOW + timedelta(days=365 * 50)


def waiting_list(cohort: Cohort, text: str = "new@example.org, nonsense") -> PendingImport:
    owner = Membership.objects.select_related("cohort", "user").get(cohort=cohort, role=Role.OWNER)
    return keep(by=owner, people=parse(text), source="addresses", now=NOW)
