from zoneinfo import available_timezones

from accounts import time_zones


def test_cities_stand_in_their_region() -> None:
    groups = time_zones.by_region()
    assert list(groups) == sorted(time_zones.REGIONS)
    assert ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires") in groups["America"]
    assert ("Asia/Taipei", "Taipei") in groups["Asia"]


def test_every_choice_is_a_zone() -> None:
    offered = {name for zones in time_zones.by_region().values() for name, _ in zones}
    assert offered - available_timezones() == set()
    assert len(offered) > 300


def test_old_name_is_kept_and_an_unknown_one_is_not_offered() -> None:
    assert time_zones.choices("US/Eastern")[:2] == [("US/Eastern", "US/Eastern"), ("UTC", "UTC")]
    assert time_zones.choices("Europe/Paris")[0] == ("UTC", "UTC")
    assert time_zones.choices("Mars/Olympus")[0] == ("UTC", "UTC")
