"""Whether a file is a PDF (ISO 32000) that only shows pages: nothing in it acts, hides or is locked."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from typing import Any

from embassy.core.facts import Wrong
from embassy.core.messages import say

MOST_BYTES = 20 * 1024 * 1024
MOST_MEMORY = 1024 * 1024 * 1024
SECONDS = 20
DEEPEST = 200
LOOK = (sys.executable, "-m", __name__)
# What runs something or reaches out (ISO 32000-2, 12.6.4), and what carries another file (7.11.4).
ACTING = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/ImportData",
    "/SubmitForm",
    "/Rendition",
    "/RichMediaExecute",
    "/GoToE",
}
CARRYING = {"/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF", "/FileAttachment"}


class Fault(StrEnum):
    """Why a file is not taken."""

    not_pdf = "not_pdf"
    damaged = "damaged"
    locked = "locked"
    acts = "acts"
    carries = "carries"


FAULTS = {
    Fault.not_pdf: say("A PDF file. This is something else, whatever its name says."),
    Fault.damaged: say("A sound PDF file. This one is damaged or too intricate: save it anew as PDF."),
    Fault.locked: say("A PDF without password and encryption. Save it anew without them."),
    Fault.acts: say("A PDF that only shows pages. This one holds scripts or actions: print it to PDF."),
    Fault.carries: say("A PDF without other files in it. Take the attachments out and save it anew."),
}


def inspect(data: bytes) -> None:
    """Raise Wrong with what is expected, unless the file is a PDF that only shows pages.

    It is opened in a process of its own with bounded memory and time: files that unfold without end fail.
    """
    try:
        looked = subprocess.run(  # noqa: S603 - no shell, fixed program
            LOOK, input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Wrong(FAULTS[Fault.damaged]) from None
    if looked.returncode:
        raise Wrong(FAULTS[Fault.damaged])
    if found := looked.stdout.decode():
        raise Wrong(FAULTS[Fault(found)])


def fault(data: bytes) -> Fault | None:
    """Return what is wrong with a file, or None."""
    import pikepdf

    if not data.startswith(b"%PDF-"):
        return Fault.not_pdf
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            found = next(_faults(pdf), None)
            damaged = pdf.get_warnings() or not len(pdf.pages)
    except pikepdf.PasswordError:
        return Fault.locked
    except (pikepdf.PdfError, RecursionError):
        return Fault.damaged
    return found or (Fault.damaged if damaged else None)


def _faults(pdf: Any) -> Iterator[Fault]:
    if pdf.is_encrypted:
        yield Fault.locked
    for each in pdf.objects:
        yield from _within(each, DEEPEST)


def _within(held: Any, depth: int) -> Iterator[Fault]:
    """Yield what is wrong in an object; what it refers to stands in the list of objects itself."""
    import pikepdf

    if not depth:
        yield Fault.damaged
    elif isinstance(held, pikepdf.Array):
        for one in held:
            if not _elsewhere(one):
                yield from _within(one, depth - 1)
    elif isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        yield from _named(held)
        for name in [*held]:
            if not _elsewhere(held[name]):
                yield from _within(held[name], depth - 1)


def _named(held: Any) -> Iterator[Fault]:
    names = {*held}
    if names & ACTING or str(held.get("/S")) in ACTIONS:
        yield Fault.acts
    if (
        names & CARRYING
        or str(held.get("/Type")) in CARRYING
        or str(held.get("/Subtype")) == "/FileAttachment"
    ):
        yield Fault.carries


def _elsewhere(held: Any) -> bool:
    return bool(getattr(held, "is_indirect", False))


if __name__ == "__main__":  # pragma: no cover - runs in a process of its own
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    sys.stdout.write(fault(sys.stdin.buffer.read()) or "")
