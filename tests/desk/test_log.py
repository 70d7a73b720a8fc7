"""The log tells who did what, vouches for itself, and shows where somebody tampered with it."""

import csv
import io
import re

import pytest
from sqlalchemy import delete, update

from embassy.core.access import Role
from embassy.db.audit import AuditEntry
from embassy.db.record import Revision
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.conftest import Run
from tests.consular.facts import mission
from tests.db.writing import at_once
from tests.desk.conftest import Colleague
from tests.desk.drafts import FAIR, begun
from tests.events.facts import concert
from tests.rooms import Door
from tests.servers import NuChecker

LOG = "/en/desk/log"


@pytest.fixture
def chief(colleague: Colleague) -> Desk:
    """An administrator of the whole service."""
    return colleague("chief", Role.administrator)


def told(desk: Desk, query: str = "") -> list[tuple[str, str]]:
    """Return what the log says was done, and by whom, the latest first."""
    return re.findall(r"<p><strong>([^<]+)</strong> · <bdi>([^<]+)</bdi></p>", desk.get(LOG + query).text)


def test_every_step_is_told_with_who_made_it(colleague: Colleague, chief: Desk) -> None:
    ana, besa = colleague("ana", Role.contributor), colleague("besa", Role.approver)
    draft = begun(ana)
    draft.send("submit", **FAIR)
    draft.at(besa).send("approve", "/decision")

    done = told(chief)

    assert done[:3] == [
        ("Published", "written by Ana"),
        ("Approved", "Besa"),
        ("Handed in for a decision", "Ana"),
    ]
    assert ("Account invited", "The command line") in done
    assert told(chief, "?what=approve") == [("Approved", "Besa")]
    assert told(chief, f"?about={draft.address[-36:]}") == done[1:3]
    assert "The chain is whole." in chief.told(LOG)
    assert "No entry matches" in chief.told(f"{LOG}?about=nothing")
    links = re.findall(r'<a href="(/en/desk/(?:records|changes)/[^"]+)"><bdi>', chief.get(LOG).text)
    assert {besa.get(link).status_code for link in links} == {200}


def test_it_is_narrowed_by_words_of_a_title_by_the_name_of_an_account_and_by_who(
    colleague: Colleague, chief: Desk, hand_in: Door
) -> None:
    hand_in("event", **concert())
    hand_in("event", **concert(slug="ball", title={"en": "Ball"}))
    eda = colleague("eda", Role.editor)
    begun(eda, slug="ball").send("save", **{"title.en": "Grand ball"})
    page = chief.get(LOG).text
    eda_is = re.search(r'<option value="([^"]+)">Eda</option>', page)
    assert eda_is is not None

    by_title = told(chief, "?about=BALL")

    assert by_title == [("Draft saved", "Eda"), *by_title[1:]]
    assert [what for what, _who in by_title] == ["Draft saved", "Published"]
    assert told(chief, "?about=eda") == [("Account invited", "The command line")]
    assert told(chief, f"?who={eda_is[1]}") == [("Draft saved", "Eda")]
    assert told(chief, "?about=%3F") == []


def test_what_failed_leaves_no_entry(colleague: Colleague, chief: Desk) -> None:
    before = told(chief)
    draft = begun(colleague("ana", Role.contributor))
    draft.send("submit")

    assert [deed for deed in told(chief) if deed not in before] == [
        ("Account invited", "The command line")
    ] * 0
    assert len(told(chief)) == len(before) + 1


@pytest.mark.parametrize("how", ["altered", "removed", "cut", "rewritten"])
def test_tampering_is_seen_on_the_page_and_by_the_check(
    hand_in: Door, house: House, chief: Desk, embassy: Run, how: str
) -> None:
    for number in range(3):
        hand_in("event", **concert(slug=f"e{number}"))
    whole = embassy("check")
    with house.database.quietly_writing() as writing:
        if how == "altered":
            writing.execute(update(AuditEntry).where(AuditEntry.number == 2).values(who="somebody"))
        elif how == "removed":
            writing.execute(delete(AuditEntry).where(AuditEntry.number == 2))
        elif how == "cut":
            writing.execute(delete(AuditEntry).where(AuditEntry.number >= 4))
        else:
            writing.execute(update(Revision).where(Revision.id == 2).values(facts={"slug": "e1"}))

    found = embassy("check")

    assert whole.exit_code == 0, whole.output
    assert found.exit_code == 1
    if how == "rewritten":
        assert "audit chain: version 1 of e1 is not what was published." in found.stderr
    else:
        at = 4 if how == "cut" else 2
        assert f"audit chain: entry {at} does not follow from those before it." in found.stderr
        assert f"The chain is broken at entry {at}" in chief.told(LOG)


def test_hands_that_write_at_once_make_one_chain(house: House, hand_in: Door, chief: Desk) -> None:
    at_once(8, lambda number: hand_in("event", **concert(slug=f"e{number}")))

    assert "The chain is whole." in chief.told(LOG)
    assert told(chief).count(("Published", "written by tests")) == 8
    assert house.database.content_version() >= 8


def test_the_log_is_a_table_that_others_can_check(chief: Desk, hand_in: Door) -> None:
    hand_in("event", **concert())

    rows = list(csv.DictReader(io.StringIO(chief.get(f"{LOG}.csv").text)))

    assert [row["number"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert (rows[-1]["what"], rows[-1]["who"], len(rows[-1]["hash"])) == ("apply", "tests", 64)


def test_only_administrators_of_the_whole_service_see_it(colleague: Colleague, hand_in: Door) -> None:
    hand_in("mission", **mission())
    local = colleague("local", Role.administrator, mission=mission()["slug"])
    editor = colleague("eda", Role.editor)

    found = [desk.get(path).status_code for desk in (local, editor) for path in (LOG, f"{LOG}.csv")]
    assert found == [403] * 4
    assert f'href="{LOG}"' not in local.get("/en/desk").text


def test_a_deed_of_a_newer_version_is_told_by_its_own_word(chief: Desk, house: House) -> None:
    with house.database.quietly_writing() as writing:
        writing.execute(update(AuditEntry).where(AuditEntry.number == 1).values(what="teleported"))

    assert ("teleported", "The command line") in told(chief)


def test_the_log_is_valid_html(chief: Desk, nu_checker: NuChecker) -> None:
    assert nu_checker.complaints(chief.get(LOG).text) == []
