"""Columns of a file that nobody knows: guessed, asked of its sender, and held for nobody else."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask, g
from sqlalchemy import delete, select, text
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from embassy.core.access import Role
from embassy.db import held
from embassy.db.held import HeldFile
from embassy.desk import matching
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.conftest import Run
from tests.db.writing import WAITING
from tests.desk.conftest import NOON, Colleague
from tests.desk.files import EVENTS, HEADING, ROW, faults, send, table, workbook
from tests.desk.forms import filled
from tests.every.markup import Markup
from tests.rooms import ADDRESS
from tests.servers import NuChecker

OWN = ["slug", "Event (English)", "Blurb", "category", "STATUS", "First day", "Time zone", "Note"]
OURS = [
    "fair",
    "Fair",
    "Two days.",
    "business_forum",
    "confirmed",
    "14/12/2026",
    "Europe/Tirane",
    "Ask Arben",
]
BLURB = {"column.2": "summary.en"}
PLACES = "/en/desk/records/place/file"


def said(desk: Desk, path: str, **columns: str) -> TestResponse:
    """Send the form of a file's columns as it stands, some of them said otherwise."""
    page = desk.get(path).text
    return desk.post(
        path, dict(filled(page, path)) | {name.replace("_", "."): one for name, one in columns.items()}
    )


def taken(desk: Desk, path: str) -> list[str]:
    """Return what the columns of a file are taken for."""
    return [value for name, value in filled(desk.get(path).text, path) if name.startswith("column.")]


def files(house: House) -> list[str]:
    """Return the names of the files that are held."""
    with house.database.reading() as reading:
        return list(reading.scalars(select(HeldFile.name).order_by(HeldFile.id)))


def test_columns_are_shown_with_their_values_guessed_and_said(eda: Desk, house: House) -> None:
    sent = send(eda, workbook(OWN, OURS, ["b", *OURS[1:]]), "Fairs.xlsx")
    guessed, told = taken(eda, sent.location), eda.told(sent.location)
    held_meanwhile = files(house)
    led = said(eda, sent.location, **BLURB)
    batch = eda.told(led.location)

    assert sent.status_code == led.status_code == 303
    assert guessed == ["slug", "title.en", "", "category", "status", "first_day", "zone", ""]
    assert "Columns of the file Fairs.xlsx" in told
    assert "slug fair · b" in told
    assert "Note Ask Arben" in told
    assert "2 changes" in batch
    assert "First day 14 December 2026" in batch
    assert "Ask Arben" not in batch
    assert (held_meanwhile, files(house)) == (["Fairs.xlsx"], [])


def test_known_columns_are_asked_about_where_that_is_wished(eda: Desk) -> None:
    asked = send(eda, table(HEADING, ROW), look="1")

    assert taken(eda, asked.location) == HEADING
    assert "1 change" in eda.told(said(eda, asked.location).location)


@pytest.mark.parametrize(
    ("kind", "tag", "told", "column"),
    [
        ("event", "en", "TITLE.FR", "title.fr"),
        ("event", "sr", "title", "title.sr"),
        ("event", "en", "Événement", "title.fr"),
        ("event", "en", "evenement", "title.fr"),
        ("event", "en", "Event · Français", "title.fr"),
        ("event", "fr", "Événement (Deutsch)", "title.de"),
        ("event", "en", "Kategorie", "category"),
        ("event", "en", "categorie", "category"),
        ("event", "en", "kategoria", "category"),
        ("event", "en", "Prvi dan", "first_day"),
        ("event", "en", "Први дан", "first_day"),
        ("event", "en", "first-day", "first_day"),
        ("event", "en", "frist day", "first_day"),
        ("event", "en", "Time zone", "zone"),
        ("event", "en", "time", ""),
        ("event", "en", "", ""),
        ("event", "en", "Anything", ""),
        ("person", "en", "The posts held: the post, by language (English)", "appointments.post.en"),
        ("person", "en", "appointments body", "appointments.body"),
    ],
)
def test_a_name_tells_what_a_column_is(app: Flask, kind: str, tag: str, told: str, column: str) -> None:
    with app.test_request_context("/", base_url=ADDRESS):
        house = app.extensions["embassy"]
        g.language = house.deployment.language(tag)
        assert matching.guessed(house.kinds[kind], [told]) == [column]


def test_what_no_form_asks_for_is_called_as_it_is(app: Flask) -> None:
    with app.test_request_context("/", base_url=ADDRESS):
        assert matching.human(app.extensions["embassy"].kinds["event"], "nothing.more") == "nothing.more"


def test_the_surest_of_two_columns_is_taken(eda: Desk) -> None:
    asked = send(eda, table(["Categorie", "category", "slug", "slug", ""], ["a", "b", "c", "d", "e"]))

    assert taken(eda, asked.location) == ["", "category", "slug", "", ""]
    assert "Column 5 e" in eda.told(asked.location)


def test_two_columns_for_one_fact_and_none_for_a_needed_one_are_named(eda: Desk, house: House) -> None:
    asked = send(eda, table([*OWN, "Text"], [*OURS, "X"])).location

    refused = said(eda, asked, **{"column.2": "title.en", "column.6": "", "column.8": "summary.source"})

    alone = said(eda, asked, **BLURB, **{"column.7": "title.en"})

    twice = "“Event (English)” stands for this already. Choose another for one of them, or leave it out."
    needed = "No column of the file gives what is needed:"
    assert refused.status_code == 422
    assert re.findall(r'<a href="#(c[^"]+)">([^<]+)</a>', refused.text) == [
        ("column.2", f"Blurb: {twice}"),
        ("columns", f"{needed} One or two sentences for lists, by language"),
        ("columns", f"{needed} The time zone of the place"),
    ]
    wrong = [one["name"] for one in Markup(refused.text).all("select") if one.get("aria-invalid")]
    assert wrong == ["column.2"]
    assert f'id="column.2-error">{twice}' in refused.text
    assert (alone.status_code, f'id="column.7-error">{twice}' in alone.text) == (422, True)
    assert files(house) == ["events.csv"]


def test_a_part_that_is_given_needs_what_it_cannot_be_without(eda: Desk) -> None:
    path = "/en/desk/records/person/file"
    asked = send(eda, table(["slug", "title.en", "Since"], ["ana", "Ana", "2012"]), path=path).location

    lacking = said(eda, asked, **{"column.2": "appointments.begins"})
    without = said(eda, asked, **{"column.2": ""})

    assert "needed: The posts held · The post, by language" in lacking.text
    assert without.status_code == 303


def test_bad_rows_are_named_by_line_and_by_the_files_own_columns(eda: Desk, house: House) -> None:
    wrong = ["b", "", "X" * 601, "club", "confirmed", "soon", "Europe/Tirane", ""]
    asked = send(eda, table(OWN, OURS, wrong)).location
    short = send(eda, table(["Slug", "Name", "Land", "X"], ["a", "A", "BE"]), path=PLACES).location

    refused = said(eda, asked, **BLURB)
    uneven = said(eda, short, **{"column.1": "title.en", "column.2": "country"})

    assert refused.status_code == uneven.status_code == 422
    assert [line.partition(":")[0].partition(". ")[0] for line in faults(refused)] == [
        "Line 3, Event (English)",
        "Line 3, Blurb",
        "Line 3, category",
        "Line 3, First day",
    ]
    assert faults(uneven) == ["Line 2: “3”. As many cells as the first line has columns: 4."]
    assert "Nothing waits." in eda.told("/en/desk")
    assert files(house) == ["events.csv", "events.csv"]


def test_what_the_file_has_no_column_for_is_named_as_forms_name_it(eda: Desk) -> None:
    heading = ["slug", "Événement", "summary.fr", "Catégorie", "Statut", "zone"]
    row = ["foire", "Foire", "Été", "business_forum", "confirmed", "Europe/Paris"]
    path = "/fr/desk/records/event/file"
    lacks = send(eda, table(heading[:-1], row[:-1]), path=path)
    uid = send(eda, table([*heading, "uid", "title.source"], [*row, "1", "nl"]), path=path)

    assert [line.split(":")[0] for line in faults(lacks)] == [
        "Ligne 2, Le fuseau horaire du lieu. Cette donnée est obligatoire et manque."
    ]
    assert [line.split(" ")[2] for line in faults(uid)] == ["uid:", "title.source:"]


def test_a_file_is_held_for_its_sender_alone(eda: Desk, colleague: Colleague, house: House) -> None:
    asked = send(eda, table(OWN, OURS)).location
    other, approver = colleague("other", Role.editor), colleague("besa", Role.approver)
    fields = dict(filled(eda.get(asked).text, asked)) | BLURB
    token = {"csrf_token": other.hidden(EVENTS)["csrf_token"]}

    tried = [other.get(asked), other.post(asked, fields | token), eda.get(asked.replace("event", "place"))]

    assert [(answer.status_code, "Ask Arben" in answer.text) for answer in tried] == [(303, False)] * 3
    assert "This file is no longer held here. Send it again." in other.told(EVENTS)
    assert approver.get(asked).status_code == 403
    assert files(house) == ["events.csv"]


def test_a_file_is_used_once(eda: Desk, house: House) -> None:
    asked = send(eda, table(OWN, OURS)).location
    fields = dict(filled(eda.get(asked).text, asked)) | BLURB

    first, second = eda.post(asked, fields), eda.post(asked, fields)

    assert "/batches/" in first.location
    assert second.location == EVENTS
    assert files(house) == []


@pytest.mark.followed
def test_of_two_answers_at_one_moment_one_is_taken(eda: Desk, house: House) -> None:
    asked = send(eda, table(OWN, OURS)).location
    fields = dict(filled(eda.get(asked).text, asked)) | BLURB
    if house.database.is_sqlite:
        # There writers queue from their first look on: nobody comes between.
        return

    with ThreadPoolExecutor(1) as pool, house.database.quietly_writing() as session:
        session.execute(delete(HeldFile))
        slower = pool.submit(eda.post, asked, fields)
        while not (slower.done() or session.scalar(text(WAITING))):
            pass

    assert slower.result().location == EVENTS
    assert "Nothing waits." in eda.told("/en/desk")


def test_a_file_is_let_go_after_a_day_by_whatever_comes_first(
    eda: Desk, house: House, clock: time_machine.Traveller, embassy: Run
) -> None:
    asked = send(eda, table(OWN, OURS)).location
    clock.shift(timedelta(hours=23))
    embassy("work", "--once")
    kept = files(house)
    clock.shift(timedelta(hours=1))
    eda.sign_in("eda@example.org")
    late = eda.get(asked).location
    still = files(house)
    send(eda, table(OWN[:3], OURS[:3]), "places.csv", PLACES)
    after_the_next = files(house)
    clock.shift(timedelta(days=1))
    embassy("work", "--once")

    assert (kept, late, still, after_the_next, files(house)) == (
        ["events.csv"], EVENTS, ["events.csv"], ["places.csv"], [],
    )  # fmt: skip


def test_a_second_file_takes_the_place_of_the_first(eda: Desk, colleague: Colleague, house: House) -> None:
    first = send(eda, table(OWN, OURS), "one.csv").location
    send(eda, table(OWN, OURS), "two.csv")
    send(colleague("other", Role.editor), table(OWN, OURS), "three.csv")

    assert files(house) == ["two.csv", "three.csv"]
    assert eda.get(first).status_code == 303


@pytest.mark.parametrize("wrong", ["held_file.uid", "held_file.holder, held_file.record_kind"])
def test_a_file_has_one_identity_and_one_of_a_kind_its_sender(house: House, wrong: str) -> None:
    with house.database.quietly_writing() as writing:
        uid = held.hold(writing, "event", "eda", "a.csv", b"a", NOON)
    other = {"uid": uid} if "uid" in wrong else {"holder": "eda"}
    columns = {"uid": uuid.uuid4(), "record_kind": "event", "holder": "other", "name": "b.csv"}

    with pytest.raises(IntegrityError), house.database.quietly_writing() as writing:
        writing.add(HeldFile(**{**columns, "data": b"b", "held_at": NOON, **other}))


@pytest.mark.parametrize("column", ["audience", "nothing", "title"])
def test_a_column_is_only_what_the_page_offers(eda: Desk, column: str) -> None:
    asked = send(eda, table(OWN, OURS)).location

    assert said(eda, asked, **{"column.7": column}).status_code == (422 if column == "audience" else 400)


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_page_of_columns_is_valid_html(eda: Desk, tag: str, nu_checker: NuChecker) -> None:
    path = f"/{tag}/desk/records/event/file"
    asked = send(eda, table([*OWN, "<b>", ""], [*OURS, "<i>", "x"]), path=path).location
    pages = [eda.get(asked).text, said(eda, asked, **{"column.7": "slug"}).text]
    pages.append(said(eda, asked, **(BLURB | {"column.7": "country"})).text)

    assert [nu_checker.complaints(page) for page in pages] == [[]] * 3
