"""Files of records as office programs write them, sent to the desk and decided on."""

import io
import re
from typing import Any

from openpyxl import Workbook
from werkzeug.test import TestResponse

from tests.accounts.desk import Desk
from tests.desk.drafts import posted_to
from tests.desk.forms import filled
from tests.rooms import ADDRESS

EVENTS = "/en/desk/records/event/file"
HEADING = ["slug", "title.en", "summary.en", "category", "status", "first_day", "zone"]
ROW = ["fair", "Fair", "Two days.", "business_forum", "confirmed", "2026-12-14", "Europe/Tirane"]


def workbook(*rows: list[Any]) -> bytes:
    """Return an Excel workbook with some rows."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def table(*rows: list[str], delimiter: str = ",") -> bytes:
    """Return a CSV file."""
    return "\n".join(delimiter.join(row) for row in rows).encode()


def send(
    desk: Desk, data: bytes, name: str = "events.csv", path: str = EVENTS, **fields: str
) -> TestResponse:
    """Send a file by the form of the page."""
    return desk.client.post(
        path,
        data={"csrf_token": desk.hidden(path)["csrf_token"], "file": (io.BytesIO(data), name)} | fields,
        headers={"Referer": ADDRESS + path},
        environ_overrides={"REMOTE_ADDR": desk.address},
    )


def handed_in(desk: Desk, data: bytes, name: str = "events.csv", path: str = EVENTS) -> str:
    """Send a file and hand in what it comes to; return the address of the batch."""
    batch = send(desk, data, name, path).location
    assert posted_to(desk, f"{batch}/hand-in").status_code == 303
    return batch


def decided(desk: Desk, batch: str, do: str, **fields: str) -> TestResponse:
    """Decide on a batch as its page stands."""
    held = dict(filled(desk.get(batch).text, f"{batch}/decision"))
    return posted_to(desk, f"{batch}/decision", **held | {"do": do} | fields)


def faults(answer: TestResponse) -> list[str]:
    """Return what the page says is wrong with a file."""
    found = re.search(r'id="bad">(.*?)</ol>', answer.text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", found[1] if found else "", re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", "", line)).strip() for line in lines]
