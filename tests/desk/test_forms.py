"""A form keeps what it was given: every record of the sample passes through it unchanged."""

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
from tests.desk.drafts import begun
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
