"""Time zones as people look for them: by region, then by city."""

from collections import defaultdict
from functools import cache
from zoneinfo import available_timezones

REGIONS = {
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific"),
}

Zones = list[tuple[str, str]]


def city(name: str) -> str:
    """`America/Argentina/Buenos_Aires` → `Argentina, Buenos Aires`."""
    return ", ".join(name.split("/")[1:]).replace("_", " ")


@cache
def by_region() -> dict[str, Zones]:
    """The zones of each region, both in the order of the alphabet, as (name, city)."""
    groups: dict[str, Zones] = defaultdict(list)
    for name in sorted(available_timezones()):
        region = name.split("/")[0]
        if region in REGIONS:
            groups[region].append((name, city(name)))
    return dict(sorted(groups.items()))


def choices(current: str) -> list[tuple[str, str | Zones]]:
    """For a select: UTC, the regions, and `current` where it is an old name, as `US/Eastern`."""
    listed = {"UTC", *(name for zones in by_region().values() for name, _ in zones)}
    alone = ["UTC"] if current in listed | {""} else [current, "UTC"]
    known = [name for name in alone if name in available_timezones()]
    return [*((name, name) for name in known), *by_region().items()]
