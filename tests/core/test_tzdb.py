"""The packaged tz database, read twice: by us and by Python's zoneinfo."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from embassy.core import tzdb


def test_every_zone_changes_when_zoneinfo_says() -> None:
    horizon = datetime(2045, 1, 1, tzinfo=UTC)
    told = [
        (name, change) for name in sorted(tzdb.names()) for change in tzdb.chronicle(name).changes(horizon)
    ]

    moments = [(tzdb.zone(name), change.at) for name, change in told]
    before = [(at - timedelta(seconds=1)).astimezone(there).utcoffset() for there, at in moments]
    after = [at.astimezone(there) for there, at in moments]

    assert [change.before for _, change in told] == before
    assert [(c.after, c.name) for _, c in told] == [(at.utcoffset(), at.tzname()) for at in after]


def test_no_change_is_missed() -> None:
    there = tzdb.zone("Africa/Casablanca")
    hours = [datetime(2010, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(24 * 365 * 20)]

    seen = [
        at
        for before, at in pairwise(hours)
        if before.astimezone(there).utcoffset() != at.astimezone(there).utcoffset()
    ]

    changes = tzdb.chronicle("Africa/Casablanca").listed
    assert seen == [c.at for c in changes if hours[0] < c.at <= hours[-1] and c.before != c.after]


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../zones", "Europe", "europe/brussels"])
def test_a_name_outside_the_database_is_refused(name: str) -> None:
    with pytest.raises(tzdb.UnknownZoneError):
        tzdb.zone(name)


def test_a_footer_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="EST5EDT,J60,J300"):
        tzdb.yearly_changes("EST5EDT,J60,J300")


@pytest.mark.parametrize(
    ("name", "winter", "summer"),
    [
        ("Europe/Dublin", "GMT", "IST"),
        ("Europe/Brussels", "CET", "CEST"),
        ("Africa/Casablanca", "+00", "+01"),
    ],
)
def test_summer_is_when_clocks_run_ahead(name: str, winter: str, summer: str) -> None:
    changes = tzdb.chronicle(name).changes(until=datetime(2026, 1, 1, tzinfo=UTC))

    named = {(change.name, change.summer) for change in changes if 2020 <= change.at.year <= 2025}

    assert named == {(winter, False), (summer, True)}
