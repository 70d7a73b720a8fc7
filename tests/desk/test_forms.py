"""A form keeps what it was given: every record of the sample passes through it unchanged."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from embassy.core.access import Role
from embassy.db.commands import check, facts_of
from embassy.db.record import Change
from embassy.web.house import House
from tests.desk.conftest import Colleague
from tests.desk.drafts import Draft, begun, shown
from tests.rooms import LOADED


@pytest.fixture
def database_url(sample_url: str) -> str:
    """The sample service, on one kind of database: a form does not know which."""
    return sample_url


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The moment the sample was loaded."""
    with time_machine.travel(LOADED, tick=False) as traveller:
        yield traveller


def test_every_record_of_the_sample_passes_through_its_form_unchanged(
    colleague: Colleague, house: House
) -> None:
    ana = colleague("ana", Role.editor)
    found: dict[str, Any] = {}
    expected: dict[str, Any] = {}
    for kind in house.kinds.values():
        with house.database.reading() as reading:
            records = reading.scalars(select(kind.model)).unique()
            facts = {record.slug: facts_of(kind, record) for record in records}
        for slug, stands in facts.items():
            draft = begun(ana, kind.name, slug=slug)
            assert draft.send("save").status_code == 303
            with house.database.reading() as reading:
                change = reading.scalars(select(Change).order_by(Change.id.desc())).first()
                assert change is not None
                found[f"{kind.name} {slug}"] = check(kind, change.facts)
            expected[f"{kind.name} {slug}"] = check(kind, stands)

    assert len(found) > 30
    assert found == expected


def field(draft: Draft, name: str) -> tuple[str, str]:
    """Return the type and the value of a field of one line."""
    found = re.search(rf'<input type="([^"]+)" id="{name}" name="{name}" value="([^"]*)"', draft.text)
    assert found is not None, name
    return found[1], found[2]


def kept(draft: Draft, name: str) -> Any:
    """Return a fact as the draft keeps it."""
    home: House = draft.desk.app.extensions["embassy"]
    return shown(home)["facts"].get(name)


def test_days_are_chosen_and_dates_may_be_written_day_first(colleague: Colleague) -> None:
    eda = colleague("eda", Role.editor)
    office = begun(eda, "office")
    office.send("", more="closures")
    office.send("save", **{"closures.0.first": "3.12.2026", "closures.0.last": "4/12/2026"})
    days = field(office, "closures.0.first"), field(office, "closures.0.last")
    office.send("save", **{"closures.0.first": "31.2.2026"})
    agreement = begun(eda, "agreement")
    agreement.send("", more="acts")
    agreement.send("save", **{"acts.0.received": "9.2011"})

    assert days == (("date", "2026-12-03"), ("date", "2026-12-04"))
    assert field(office, "closures.0.first") == ("text", "2026-02-31")
    assert kept(agreement, "acts")[0]["received"] == "2011-09"


@pytest.mark.parametrize(
    ("written", "kept_as", "shown_as"),
    [
        ("2026-12-01T09:00", "2026-12-01T08:00:00Z", ("datetime-local", "2026-12-01T09:00")),
        ("2026-07-01T07:00:30Z", "2026-07-01T07:00:30Z", ("datetime-local", "2026-07-01T09:00:30")),
        # This hour comes twice: the clock alone does not tell the second one.
        ("2026-10-25T01:30Z", "2026-10-25T01:30Z", ("text", "2026-10-25T01:30Z")),
        ("tomorrow", "tomorrow", ("text", "tomorrow")),
    ],
)
def test_moments_are_written_on_the_clocks_of_the_ministry(
    colleague: Colleague, written: str, kept_as: str, shown_as: tuple[str, str]
) -> None:
    event = begun(colleague("eda", Role.editor))

    event.send("save", shown_from=written)

    assert kept(event, "shown_from") == kept_as
    assert field(event, "shown_from") == shown_as


def test_the_countries_that_the_ministry_deals_with_come_first(colleague: Colleague, house: House) -> None:
    page = begun(colleague("eda", Role.editor), "place").text
    choice = page[page.index('<select id="country"') :]
    codes = re.findall(r'<option value="(\w\w)"', choice[: choice.index("</select>")])
    near = {house.deployment.sending_state, *house.deployment.parties}

    assert set(codes[: len(near)]) == near
    assert codes[len(near)] == "AF"
