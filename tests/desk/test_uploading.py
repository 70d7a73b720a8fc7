"""Files from office programs: read as they come, seen before anything is published, decided on once."""

import io
import json
import zipfile
from datetime import date, datetime, time

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from embassy.core.access import Role
from embassy.web.house import House
from embassy.web.importing import dump
from tests.accounts.desk import Desk
from tests.consular.facts import mission, office
from tests.desk.conftest import Colleague
from tests.desk.drafts import posted_to
from tests.desk.files import EVENTS, HEADING, ROW, decided, faults, handed_in, send, table, workbook
from tests.events.facts import concert
from tests.rooms import Door
from tests.servers import NuChecker


def test_a_workbook_is_seen_then_published_by_somebody_else_at_once(
    eda: Desk, besa: Desk, client: FlaskClient, hand_in: Door
) -> None:
    hand_in("event", **concert(city="Gent"))
    changed = [
        "concert",
        "Autumn concert",
        "Music.",
        "cultural",
        "confirmed",
        date(2026, 11, 28),
        "Europe/Brussels",
    ]
    new = [*ROW[:5], datetime.fromisoformat("2026-12-14"), ROW[6]]

    sent = send(eda, workbook(HEADING, new, changed), "Events.XLSX")
    told, waits = eda.told(sent.location), decided(besa, sent.location, "approve").status_code
    posted_to(eda, f"{sent.location}/hand-in")
    seen = besa.told(sent.location)
    early = client.get("/en/events/fair").status_code
    on_desk = besa.told("/en/desk")
    own = decided(eda, sent.location, "approve").status_code
    approved = decided(besa, sent.location, "approve")
    again = decided(besa, sent.location, "approve").status_code

    assert sent.status_code == 303
    assert "New: 1, changed: 1, unchanged: 0. Look at it, then hand it in." in told
    assert "2 changes" in seen
    assert "First day 14 December 2026" in seen
    assert "For your decision 2 changes" in on_desk
    assert (waits, early, own, approved.status_code, again) == (403, 404, 403, 303, 403)
    assert client.get("/en/events/fair").status_code == 200


def test_excels_own_csv_is_understood(eda: Desk, house: House) -> None:
    """Semicolons, letters of Windows, days as d/m/y, columns by the names that lists give them."""
    heading = ["slug", "ÉVÉNEMENT", "summary.fr", "Catégorie", "Statut", "Premier jour", "zone"]
    row = ["foire", "Foire de Liège", "Été", "business_forum", "confirmed", "4/12/2026", "Europe/Brussels"]
    path = "/fr/desk/records/event/file"

    sent = send(eda, ";".join(heading).encode("cp1252") + b"\r\n" + ";".join(row).encode("cp1252"), path=path)

    told = eda.told(sent.location)
    assert sent.status_code == 303, faults(sent)
    assert "Foire de Liège" in told
    assert "4 décembre 2026" in told
    assert house.kinds["event"].name == "event"


def test_json_and_parts_are_taken_as_everywhere(eda: Desk) -> None:
    person = {"slug": "besa", "title": {"en": "Besa"}, "appointments": [{"post": {"en": "Minister"}}]}
    path = "/en/desk/records/person/file"

    sent = send(eda, json.dumps([person]).encode(), "people.json", path)

    assert "1 change" in eda.told(sent.location)


def test_bad_records_of_json_are_named_by_its_own_fields(eda: Desk) -> None:
    wrong = {"slug": "a", "title": {"en": "A"}, "country": "Belgium", "colour": "red"}

    refused = send(eda, json.dumps([wrong]).encode(), "places.json", "/en/desk/records/place/file")

    assert [line.split(":")[0] for line in faults(refused)] == ["Line 1, colour", "Line 1, country"]


def test_every_bad_row_is_named_and_nothing_is_kept(eda: Desk, hand_in: Door, colleague: Colleague) -> None:
    hand_in("place", slug="brussels", title={"en": "Brussels"}, country="BE")
    path = "/en/desk/records/organisation/file"
    heading = ["slug", "title.en", "kind", "place"]
    rows = [["a", "A", "ngo", "brussels"], ["b", "B", "club", "brussels"], ["c", "C", "ngo", "nowhere"]]

    wrong_word = send(eda, table(heading, *rows[:2]), path=path)
    wrong_place = send(eda, table(heading, rows[0], rows[2]), path=path)

    assert [line.split(".")[0] for line in faults(wrong_word)] == ["Line 3, kind: “club”"]
    assert [line.split(".")[0] for line in faults(wrong_place)] == ["Line 3, place: “nowhere”"]
    assert wrong_word.status_code == wrong_place.status_code == 422
    assert "Nothing waits." in colleague("other", Role.editor).told("/en/desk")


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"x", "events.docx", "A file that ends in .xlsx, .csv or .json."),
        (b"no workbook", "events.xlsx", "A workbook that Excel or LibreOffice can open, of moderate size."),
        (b"", "events.xlsx", "A workbook that Excel or LibreOffice can open, of moderate size."),
        (workbook(), "events.xlsx", "The first line names the columns, slug among them."),
        (b"", "events.csv", "The first line names the columns, slug among them."),
        (b'slug\n"open', "events.csv", "Cells between commas, quotation marks in pairs."),
        (b"{}", "events.json", "A list of records: [ {…}, {…} ]."),
        (table([f"c{n}" for n in range(301)]), "events.csv", "At most 300 columns"),
        (table(HEADING, ROW, ROW), "events.csv", "Each record once; this one stands on line 2 already."),
        (table(["slug"], *([str(number)] for number in range(20_001))), "events.csv", "At most 20000 rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(eda: Desk, data: bytes, name: str, told: str) -> None:
    refused = send(eda, data, name)

    assert refused.status_code == 422
    assert told in faults(refused)[0]


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(eda: Desk) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (201 * 1024 * 1024))

    assert "of moderate size" in faults(send(eda, file.getvalue(), "bomb.xlsx"))[0]


def test_empty_rows_are_passed_over_and_lines_counted_all_the_same(eda: Desk) -> None:
    wrong = ["b", *ROW[1:4], "sure", *ROW[5:]]
    files = {
        "e.csv": table(HEADING, ROW, ["", ""], wrong),
        "e.xlsx": workbook(HEADING, ROW, [None, None], wrong),
    }

    told = [faults(send(eda, data, name))[0] for name, data in files.items()]
    assert [line.partition(". ")[0] for line in told] == ["Line 4, status: “sure”"] * 2


def test_the_form_tells_what_columns_there_are(eda: Desk) -> None:
    assert "zone The time zone of the place." in eda.told(EVENTS)


def test_a_form_without_a_file_asks_for_one(eda: Desk) -> None:
    assert faults(send(eda, b"", "")) == ["Line 1. Choose a file."]


def test_a_file_that_says_nothing_new_leads_back(eda: Desk, hand_in: Door) -> None:
    hand_in("place", slug="a", title={"en": "A"}, country="BE")
    path = "/en/desk/records/place/file"

    led = send(eda, table(["slug", "title.en", "country"], ["a", "A", "BE"]), path=path)

    assert led.location == "/en/desk/records/place"
    assert "The file says nothing new" in eda.told(led.location)


def test_numbers_times_and_ticks_of_a_workbook_are_read(eda: Desk, hand_in: Door) -> None:
    hand_in("mission", **mission())
    facts = office(slug="o", mission=mission()["slug"], hours=[], closures=[])
    hand_in("office", **facts)
    heading = ["slug", "hours.service", "hours.channel", "hours.weekday", "hours.opens", "hours.closes",
               "hours.by_appointment", "latitude", "longitude", None]  # fmt: skip
    row = ["p", "passport", "counter", "monday", time(9), time(12, 30), True, 50.0, 4.25, None]
    rest = {"mission": mission()["slug"], "title.en": "P", "summary.en": "P.", "address": "Street 1",
            "city.en": "Brussels", "country": "BE", "zone": "Europe/Brussels"}  # fmt: skip

    sent = send(
        eda, workbook([*rest, *heading], [*rest.values(), *row]), "o.xlsx", "/en/desk/records/office/file"
    )

    told = eda.told(sent.location)
    assert sent.status_code == 303, faults(sent)
    assert [word in told for word in ("09:00", "12:30", "Yes", "50.0", "4.25")] == [True] * 5


def test_a_batch_comes_back_with_comments_or_is_discarded(
    eda: Desk, besa: Desk, colleague: Colleague
) -> None:
    first = handed_in(eda, table(HEADING, ROW))
    silent = decided(besa, first, "give_back")
    returned = decided(besa, first, "give_back", comment="Which hall?")
    second = handed_in(eda, table(HEADING, ROW, ["b", *ROW[1:]]))
    others = posted_to(colleague("ana", Role.contributor), f"{second}/discard").status_code
    discarded = posted_to(eda, f"{second}/discard")

    assert others == 403
    assert (silent.status_code, returned.status_code, discarded.status_code) == (422, 303, 303)
    assert "Say what should be changed." in silent.text
    assert "Returned to you" in eda.told("/en/desk")
    assert "Approve and publish all" not in besa.get(second).text
    assert "Discarded" in eda.told(second)


def test_nothing_of_a_batch_is_published_if_one_change_cannot_be(
    eda: Desk, besa: Desk, hand_in: Door, client: FlaskClient
) -> None:
    batch = handed_in(eda, table(HEADING, ROW, ["later", *ROW[1:]]))
    hand_in("event", **concert(slug="later"))

    refused = decided(besa, batch, "approve")

    assert refused.status_code == 422
    assert "Somebody changed this record since you read it." in refused.text
    assert client.get("/en/events/fair").status_code == 404


def test_a_batch_of_drafts_is_handed_in_whole_or_not_at_all(
    eda: Desk, besa: Desk, hand_in: Door, colleague: Colleague
) -> None:
    batch = send(eda, table(HEADING, ROW, ["later", *ROW[1:]])).location
    others = posted_to(colleague("ana", Role.contributor), f"{batch}/hand-in").status_code
    hand_in("event", **concert(slug="later"))

    refused = posted_to(eda, f"{batch}/hand-in")

    assert (others, refused.status_code) == (403, 422)
    assert "Another record has this address already." in refused.text
    assert "For your decision" not in besa.told("/en/desk")


def test_drafts_of_a_file_are_discarded_before_anybody_else_sees_them(eda: Desk, besa: Desk) -> None:
    batch = send(eda, table(HEADING, ROW, ["b", *ROW[1:]])).location

    discarded = posted_to(eda, f"{batch}/discard")

    assert discarded.status_code == 303
    assert "Discarded" in eda.told(batch)
    assert "For your decision" not in besa.told("/en/desk")


def test_what_a_table_has_no_column_for_stays_and_an_empty_cell_clears_it(
    eda: Desk, besa: Desk, hand_in: Door, house: House
) -> None:
    kept = concert(city="Gent") | {
        "title": {"source": "en", "en": "Concert", "sq": "Koncert", "nl": "Concert"}
    }
    hand_in("event", **kept | {"source": "Poster"})
    heading = ["slug", "title.fr", "title.nl", "source"]

    batch = handed_in(eda, table(heading, ["concert", "Concert d’automne", "", ""]))
    decided(besa, batch, "approve")

    with house.database.reading() as reading:
        (stands,) = dump(reading, house.kinds["event"])
    assert stands["title"] == {"source": "en", "en": "Concert", "sq": "Koncert", "fr": "Concert d’automne"}
    assert "source" not in stands
    assert stands["summary"]["en"] == kept["summary"]["en"]
    assert stands["first_day"] == kept["first_day"]


def test_a_file_of_one_post_says_nothing_for_another(colleague: Colleague, hand_in: Door) -> None:
    ours = str(mission()["slug"])
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="paris", title={"en": "Embassy in Paris"}))
    for slug, post in (("a", ours), ("b", "paris")):
        hand_in("office", **office(slug=slug, mission=post))
    local = colleague("local", Role.editor, mission=ours)
    path = "/en/desk/records/office/file"

    def sent(slug: str, post: str) -> TestResponse:
        return send(
            local, json.dumps([office(slug=slug, mission=post, title={"en": "X"})]).encode(), "o.json", path
        )

    assert [sent(slug, post).status_code for slug, post in (
        ("a", ours), ("new", ours), ("a", "paris"), ("b", "paris"), ("b", ours), ("c", "paris"),
    )] == [303, 303, 422, 422, 422, 422]  # fmt: skip
    assert "You do not write for this mission." in faults(sent("c", "paris"))[0]
    assert send(local, table(HEADING, ROW)).status_code == 303


def test_a_batch_that_is_not_there_is_not_found(eda: Desk, besa: Desk) -> None:
    nowhere = "/en/desk/batches/0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a"

    assert eda.get(nowhere).status_code == 404
    assert posted_to(besa, f"{nowhere}/decision", do="approve").status_code == 404


def test_a_batch_of_a_kind_that_is_off_is_not_found(eda: Desk, besa: Desk, house: House) -> None:
    batch = send(eda, table(HEADING, ROW)).location
    event = house.kinds.pop("event")
    try:
        answers = [
            eda.get(batch).status_code,
            posted_to(besa, f"{batch}/decision", do="approve").status_code,
            posted_to(eda, f"{batch}/discard").status_code,
        ]
    finally:
        house.kinds["event"] = event

    assert answers == [404, 404, 404]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_pages_of_files_are_valid_html(eda: Desk, besa: Desk, tag: str, nu_checker: NuChecker) -> None:
    bad = send(eda, table(["slug", "title.en"], ["a<b>", "A"])).text
    many = send(eda, table(HEADING, *([f"e{n}", *ROW[1:]] for n in range(60)))).location
    pages = [bad, eda.get(f"/{tag}/desk/records/event/file").text]
    pages += [desk.get(many.replace("/en/", f"/{tag}/")).text for desk in (eda, besa)]

    assert [nu_checker.complaints(page) for page in pages] == [[]] * 4
    assert "and 10 more" in besa.get(many).text
