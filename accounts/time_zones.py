"""Time zones as people look for them: by region, then by city."""

from collections import defaultdict
from functools import cache
from zoneinfo import available_timezones

REGIONS = {
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific"),
}

Choices = list[tuple[str, str | list[tuple[str, str]]]]


def city(name: str) -> str:
    """`America/Argentina/Buenos_Aires` → `Argentina, Buenos Aires`."""
    return ", ".join(name.split("/")[1:]).replace("_", " ")


@cache
def by_region() -> Choices:
    """Choices for a select: UTC, then a group for each region."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(available_timezones()):
        region = name.split("/")[0]
        if region in REGIONS:
            groups[region].append((name, city(name)))
    return [("UTC", "UTC"), *sorted(groups.items())]


def choices(current: str) -> Choices:
    """All zones, and `current` too where it is an old name such as `US/Eastern`."""
    listed = {"UTC"} | {name for _, zones in by_region()[1:] for name, _ in zones}
    is_old = current not in listed and current in available_timezones()
    return [*([(current, current)] if is_old else []), *by_region()]
