"""Tables without addresses: records are known by their titles, and refer to others by theirs."""

from typing import Any

import pytest

from embassy.core.access import Role
from embassy.web.house import House
from embassy.web.importing import dump
from tests.accounts.desk import Desk
from tests.desk.conftest import Colleague
from tests.desk.files import decided, handed_in, send, table
from tests.rooms import Door
from tests.twinning.facts import town

PLACES, CHARTERS = ("/en/desk/records/place/file", "/en/desk/records/charter/file")
CHARTER = ["title.en", "summary.en", "kind", "status", "members.place", "slug"]


@pytest.fixture
def eda(colleague: Colleague) -> Desk:
    """An editor at her desk."""
    return colleague("eda", Role.editor)


def stands(house: House, kind: str) -> dict[str, Any]:
    """Return the records of a kind by their address."""
    with house.database.reading() as reading:
        return {one["slug"]: one for one in dump(reading, house.kinds[kind])}


def test_records_of_a_table_without_addresses_get_them_from_their_titles(
    eda: Desk, besa: Desk, house: House
) -> None:
    rows = [["Liège", "BE"], ["تيرانا", "AL"]]
    heading = ["title.fr", "country"]
    first = handed_in(eda, table(heading, *rows), path=PLACES)
    decided(besa, first, "approve")
    again = send(eda, table(heading, *rows), path=PLACES)

    found = stands(house, "place")
    assert {one["title"]["fr"] for one in found.values()} == {"Liège", "تيرانا"}
    assert sorted(slug.rpartition("-")[0] or slug for slug in found) == ["liege", "place"]
    assert again.location == "/en/desk/records/place"
    assert "The file says nothing new" in eda.told(again.location)


@pytest.mark.parametrize("heading", [["title.en", "Land"], ["Name", "country"]])
def test_nobody_is_asked_for_a_column_of_addresses(eda: Desk, heading: list[str]) -> None:
    asked = send(eda, table(heading, ["Tirana", "AL"]), path=PLACES)
    chosen = {"column.0": "title.en", "column.1": "country"}

    answer = eda.send(asked.location, **chosen)

    assert answer.status_code == 303
    assert "Tirana" in eda.told(answer.location)


def test_a_row_without_a_title_is_named(eda: Desk) -> None:
    refused = send(eda, table(["title.en", "country"], ["", "AL"]), path=PLACES)

    assert refused.status_code == 422
    assert "Line 2" in refused.text


def test_a_record_is_referred_to_by_its_title_in_any_language(
    eda: Desk, besa: Desk, hand_in: Door, house: House
) -> None:
    hand_in("place", **town("elbasan", "Elbasan", "AL"))
    hand_in("place", **town("liege", "Liège", "BE", title={"en": "Liège", "de": "Lüttich"}))
    rows = [[f"{name} charter", "Both.", "twinning_charter", "active", place, "tie"] for name, place in (
        ("The", "elbasan"), ("", "LUTTICH"),
    )]  # fmt: skip
    rows[1][:4] = [""] * 4

    decided(besa, handed_in(eda, table(CHARTER, *rows), path=CHARTERS), "approve")

    assert [one["place"] for one in stands(house, "charter")["tie"]["members"]] == ["elbasan", "liege"]


@pytest.mark.parametrize("place", ["Springfield", "Atlantis"])
def test_a_title_of_several_records_or_none_is_refused(eda: Desk, hand_in: Door, place: str) -> None:
    for slug in ("springfield-north", "springfield-south"):
        hand_in("place", **town(slug, "Springfield", "US"))
    row = ["The charter", "Both.", "twinning_charter", "active", place, "tie"]

    refused = send(eda, table(CHARTER, row), path=CHARTERS)

    assert refused.status_code == 422
    assert place in refused.text
