"""Which files are taken as a PDF that only shows pages."""

import struct
import sys
import zlib
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, String

from embassy.core import pdf
from embassy.core.facts import Wrong
from embassy.core.pdf import FAULTS, Fault
from tests.pdfs import made

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _opening(document: pikepdf.Pdf, action: Any = SCRIPT) -> None:
    document.Root.OpenAction = action


def _on_a_link(document: pikepdf.Pdf, **action: Any) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(**action))
    document.pages[0].obj.Annots = Array([link])


def _attached(document: pikepdf.Pdf) -> None:
    document.attachments["virus.exe"] = b"MZ"


def _pinned(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment)])


def _deep(document: pikepdf.Pdf) -> None:
    nested = Array([])
    for _level in range(pdf.DEEPEST + 1):
        nested = Array([nested])
    document.Root.Nested = nested


def _unfolding(size: int) -> bytes:
    """Return a PDF of little size whose stream of objects (ISO 32000-1, 7.5.7) unfolds to a great one."""
    packed = zlib.compressobj(9)
    spaces = (packed.compress(b" " * 1000) for _thousand in range(size // 1000))
    objects = packed.compress(b"1 0 << >>") + b"".join(spaces) + packed.flush()
    written = {
        2: b"<< /Type /Catalog /Pages 3 0 R /Odd 1 0 R >>",
        3: b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        4: b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] /Resources << >> >>",
        5: b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(objects), objects),
    }
    file, rows = b"%PDF-1.5\n", [(0, 0, 65535), (2, 5, 0)]
    for number, body in written.items():
        rows.append((1, len(file), 0))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows.append((1, len(file), 0))
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    head = b"<< /Type /XRef /Size 7 /W [1 4 2] /Root 2 0 R /Length %d >>" % len(table)
    end = len(file)
    return file + b"6 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (head, table, end)


SAFE = {
    "a page": made(),
    "packed objects": made(object_stream_mode=ObjectStreamMode.generate),
    "a link": made(lambda one: _on_a_link(one, S=Name.URI, URI=String("https://treaties.example"))),
    "a stream of objects": _unfolding(1000),
}
UNSAFE = {
    "no bytes": (b"", Fault.not_pdf),
    "a picture": (b"GIF89a" + made(), Fault.not_pdf),
    "no objects": (b"%PDF-1.7\nnothing", Fault.damaged),
    "cut off": (made()[:-60], Fault.damaged),
    "no page": (made(lambda one: one.pages.remove(p=1)), Fault.damaged),
    "nesting": (made(_deep), Fault.damaged),
    "a password": (made(encryption=Encryption(owner="o", user="u")), Fault.locked),
    "encryption": (made(encryption=Encryption(owner="o", user="")), Fault.locked),
    "a script": (made(_opening), Fault.acts),
    "a packed script": (made(_opening, object_stream_mode=ObjectStreamMode.generate), Fault.acts),
    "a script by itself": (made(lambda one: one.make_indirect(SCRIPT)), None),
    "a program": (made(lambda one: _on_a_link(one, S=Name.Launch, F=String("cmd.exe"))), Fault.acts),
    "a form that is sent": (made(lambda one: _on_a_link(one, S=Name.SubmitForm)), Fault.acts),
    "an attachment": (made(_attached), Fault.carries),
    "a pinned file": (made(_pinned), Fault.carries),
}


@pytest.mark.parametrize("name", SAFE)
def test_a_pdf_that_only_shows_pages_is_taken(name: str) -> None:
    pdf.inspect(SAFE[name])

    assert pdf.fault(SAFE[name]) is None


@pytest.mark.parametrize("name", UNSAFE)
def test_any_other_file_is_refused_and_what_is_wrong_is_said(name: str) -> None:
    file, wrong = UNSAFE[name]

    assert pdf.fault(file) == wrong


@pytest.mark.parametrize("name", ["a picture", "a script"])
def test_the_refusal_says_what_is_expected(name: str) -> None:
    file, wrong = UNSAFE[name]

    with pytest.raises(Wrong) as refused:
        pdf.inspect(file)

    assert wrong is not None
    assert refused.value.expected == FAULTS[wrong]


def test_a_small_file_that_unfolds_to_a_huge_one_is_refused() -> None:
    with pytest.raises(Wrong) as refused:
        pdf.inspect(_unfolding(1_500_000_000))

    assert refused.value.expected == FAULTS[Fault.damaged]


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0)

    with pytest.raises(Wrong) as refused:
        pdf.inspect(made())

    assert refused.value.expected == FAULTS[Fault.damaged]


def test_a_file_on_which_the_look_itself_fails_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LOOK", (sys.executable, "-c", "raise MemoryError"))

    with pytest.raises(Wrong) as refused:
        pdf.inspect(made())

    assert refused.value.expected == FAULTS[Fault.damaged]
