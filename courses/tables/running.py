"""A table looked at, and a table taken in."""

from typing import Any

from django.db import transaction

from courses.tables.plan import ChangedError, Plan, RowProblem
from courses.tables.resource import TableResource


def run(resource: TableResource[Any]) -> Plan:
    """What the table does; a fault of our own is raised, not told as one of the table."""
    result = resource.import_data(
        resource.table.dataset, dry_run=not resource.writes, rollback_on_validation_errors=True
    )
    for error in result.base_errors:
        raise error.error
    for _number, errors in result.row_errors():
        raise errors[0].error
    problems = tuple(
        RowProblem(resource.table.numbers[row.number - 1], column, " ".join(messages))
        for row in result.invalid_rows
        for column, messages in row.error_dict.items()
    )
    return Plan(tuple(resource.changes), problems)


@transaction.atomic
def carry_out(resource: TableResource[Any], agreed: str) -> Plan:
    """Do what the plan with the digest `agreed` says, or raise ChangedError and do nothing."""
    plan = run(resource)
    if plan.problems or plan.digest != agreed:
        raise ChangedError
    return plan
