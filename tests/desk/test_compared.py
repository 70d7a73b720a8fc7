"""What an approver compares is in words, and no two different things are called the same."""

import re

from embassy.core.access import Role
from tests.desk.conftest import Colleague
from tests.desk.drafts import FAIR, begun
from tests.rooms import Door
from tests.twinning.facts import town
from tests.visits.facts import visit


def changed(page: str) -> tuple[str, str]:
    """Return the words of a page that are taken out and those that are put in."""
    return " ".join(re.findall("<del>([^<]+)</del>", page)), " ".join(re.findall("<ins>([^<]+)</ins>", page))


def test_namesakes_are_told_apart_by_their_addresses(colleague: Colleague, hand_in: Door) -> None:
    hand_in("place", **town("brussels", "Brussels", "BE"))
    for slug in ("besa", "besa-2"):
        hand_in("person", slug=slug, title={"en": "Besa Kola"})
    hand_in("visit", **visit())
    draft = begun(colleague("ana", Role.contributor), "visit", slug="talks")

    draft.send("submit", **{"delegations.0.person": "besa-2"})
    page = draft.at(colleague("besa", Role.approver)).text

    assert "Besa Kola" in page
    assert changed(page) == ("", "-2")


def test_moments_are_told_to_the_second_where_they_are_set_to_it(colleague: Colleague) -> None:
    draft = begun(colleague("ana", Role.contributor))
    besa = colleague("besa", Role.approver)

    draft.send("submit", shown_from="2026-12-24T08:00:30Z", **FAIR)
    to_the_second = changed(draft.at(besa).text)[1]
    draft.send("", "/recall")
    draft.send("submit", shown_from="2026-12-24T08:00Z")
    to_the_minute = changed(draft.at(besa).text)[1]

    assert "2026-12-24T08:00:30+00:00" in to_the_second
    assert "Thursday, 24 December 2026, 09:00" in to_the_minute
