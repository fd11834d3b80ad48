"""What a lesson's concepts need, checked before it is published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from courses.content.needs import needs_of
from courses.editor.checks import Check, Document, register_checks
from courses.models import Concept, Course, Status


def checks_of_needs(document: Document, course: Course, name: str) -> Iterator[Check]:
    """One query where anything is needed."""
    own = name.removesuffix(".yaml")
    needs = needs_of(own, document)
    wanted = {need for found in needs.values() for need in found}
    there = {*needs, *current(course, wanted)} if wanted else set()
    for number, row in enumerate(document.get("concepts") or ()):
        for need in needs[f"{own}/{row['slug']}"]:
            if need not in there:
                words = {"name": row["name"], "address": need}
                message = _("“%(name)s” builds on “%(address)s”, which is archived.") % words
                yield Check(message, f"id_concepts-{number}-needs")


def current(course: Course, addresses: set[str]) -> set[str]:
    """Those of `addresses` that are concepts of the course."""
    slugs = {one.rpartition("/")[2] for one in addresses}
    rows = Concept.objects.current().filter(lesson__track__course=course, slug__in=slugs)
    there = rows.exclude(lesson__status=Status.ARCHIVED).filter(lesson__track__archived=False)
    found = there.values_list("lesson__track__slug", "lesson__slug", "slug")
    return {"/".join(one) for one in found}


register_checks(checks_of_needs)
