"""PDF files sent with a form of the desk: checked, kept with the draft, seen in its preview."""

import io
import re
from hashlib import sha256

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.desk.drafts import Draft, begun, shown
from tests.desk.forms import filled
from tests.pdfs import made, treaty
from tests.rooms import ADDRESS

DIGEST = sha256(treaty()).hexdigest()
PACT = {
    "title.en": "Pact on rivers",
    "summary.en": "Rivers flow both ways.",
    "kind": "agreement",
    "form": "bilateral",
    "parties.0.code": "AL",
    "parties.0.country": "AL",
    "parties.1.code": "BE",
    "parties.1.country": "BE",
    "texts.0.language": "fr",
    "texts.0.role": "authentic",
}
File = tuple[bytes, str]


def _send(draft: Draft, do: tuple[str, str], sent: dict[str, File], **fields: str) -> TestResponse:
    """Send the form of a draft with files, as a browser does."""
    held = dict(filled(draft.text, draft.address)) | fields | dict([do])
    streams = {name: (io.BytesIO(content), called) for name, (content, called) in sent.items()}
    return draft.desk.client.post(
        draft.address,
        data=held | streams,
        content_type="multipart/form-data",
        headers={"Referer": f"{ADDRESS}/en/"},
        environ_overrides={"REMOTE_ADDR": draft.desk.address},
    )


SAVE = ("do", "save")
FRENCH = {"texts.0.file.sent": (treaty(), "traité.pdf")}


@pytest.fixture
def draft(ana: Desk) -> Draft:
    """The draft of an agreement whose first text has no file as yet."""
    return begun(ana, "agreement")


def test_a_file_is_kept_with_the_draft_and_handed_out_at_the_desk(
    draft: Draft, ana: Desk, house: House
) -> None:
    led = _send(draft, SAVE, FRENCH, **PACT)

    assert led.status_code == 303, led.text
    assert shown(house)["facts"]["texts"] == [{"language": "fr", "role": "authentic", "file": DIGEST}]
    assert f'href="/en/desk/files/{DIGEST}"' in draft.text
    assert ana.client.get(f"/en/desk/files/{DIGEST}", buffered=True).data == treaty()


def test_readers_get_the_file_once_it_is_published(draft: Draft, besa: Desk, app: Flask) -> None:
    _send(draft, ("do", "submit"), FRENCH, **PACT)
    preview = re.search(r'href="(/en/desk/preview/[^"]+)"', draft.text)
    assert preview is not None
    reader = app.test_client()
    seen = reader.get(preview[1]).text
    before = re.search(r"/en/desk/preview/[^\"]+/files/[0-9a-f-]{36}", seen)
    assert before is not None
    public = "/files/" + before[0][-36:]

    ahead = (reader.get(before[0], buffered=True).data, reader.get(public).status_code)
    draft.at(besa).send("approve", to="/decision")

    assert ahead == (treaty(), 404)
    assert reader.get(public, buffered=True).data == treaty()
    assert public in reader.get("/en/agreements/pact-on-rivers").text


def test_a_preview_hands_out_its_own_files_alone(draft: Draft, house: House, app: Flask) -> None:
    dutch = {"texts.1.language": "nl", "texts.1.role": "authentic", "texts.1.url": "https://gazette.example"}
    _send(draft, SAVE, FRENCH | {"texts.1.file.sent": (made(title="other"), "b.pdf")}, **PACT, **dutch)
    preview = re.search(r'href="(/en/desk/preview/[^"]+)"', draft.text)
    assert preview is not None
    other = re.findall(r"/files/([0-9a-f-]{36})", app.test_client().get(preview[1]).text)

    _send(draft, SAVE, {}, **{"texts.1.file.gone": "yes"})

    told = [app.test_client().get(f"{preview[1]}/files/{uid}", buffered=True).status_code for uid in {*other}]
    assert sorted(told) == [200, 404]
    assert [text.get("file") for text in shown(house)["facts"]["texts"]] == [DIGEST, None]


def test_what_is_no_pdf_is_named_at_its_field_and_nothing_is_saved(draft: Draft, house: House) -> None:
    before = shown(house)

    answer = _send(draft, SAVE, {"texts.0.file.sent": (b"<script>alert(1)</script>", "a.pdf")}, **PACT)

    assert answer.status_code == 422
    assert '<p class="error" id="texts.0.file-error">A PDF file.' in answer.text
    assert ">Pact on rivers</textarea>" in answer.text
    assert shown(house) == before


def test_a_file_stays_while_other_answers_are_mended(draft: Draft, house: House) -> None:
    refused = _send(draft, ("do", "submit"), FRENCH, **PACT | {"kind": ""})
    fields = dict(filled(refused.text, draft.address)) | {"kind": "treaty", "do": "submit"}

    led = draft.desk.post(draft.address, fields)

    assert (refused.status_code, led.status_code) == (422, 303)
    assert shown(house)["facts"]["texts"][0]["file"] == DIGEST


def test_a_file_stays_while_another_text_is_added(draft: Draft) -> None:
    led = _send(draft, ("more", "texts"), FRENCH, **PACT)
    page = draft.desk.get(led.location).text

    fields = dict(filled(page, draft.address))
    assert fields["texts.0.file"] == DIGEST
    assert fields["texts.1.language"] == ""


def test_a_new_file_takes_the_place_of_one_that_was_to_go(draft: Draft, house: House) -> None:
    _send(draft, SAVE, FRENCH, **PACT)
    new = made(title="new")

    _send(draft, SAVE, {"texts.0.file.sent": (new, "new.pdf")}, **{"texts.0.file.gone": "yes"})

    assert shown(house)["facts"]["texts"][0]["file"] == sha256(new).hexdigest()


def test_more_than_ten_files_are_too_many_at_once(draft: Draft) -> None:
    many = {f"texts.{number}.file.sent": (b"%PDF-", "a.pdf") for number in range(11)}

    assert _send(draft, SAVE, many, **PACT).status_code == 413


def test_more_than_twenty_megabytes_are_refused(draft: Draft) -> None:
    answer = draft.desk.client.post(
        draft.address,
        data=b"%PDF-" + bytes(20 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
        headers={"Referer": f"{ADDRESS}/en/"},
    )

    assert answer.status_code == 413


def test_a_digest_that_nobody_sent_is_no_file(ana: Desk) -> None:
    assert ana.get(f"/en/desk/files/{'0' * 64}").status_code == 404


def test_only_staff_get_a_file_by_its_digest(draft: Draft, app: Flask) -> None:
    _send(draft, SAVE, FRENCH, **PACT)

    assert app.test_client().get(f"/en/desk/files/{DIGEST}").status_code in (302, 303, 401)
