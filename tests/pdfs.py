"""PDF files as tests send them."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf


def made(change: Callable[[pikepdf.Pdf], Any] = lambda _pdf: None, title: str = "", **saved: Any) -> bytes:
    """Return a PDF of one empty page, after a change to it; `title` tells it from others."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = title
        change(pdf)
        file = BytesIO()
        pdf.save(file, deterministic_id=not saved, **saved)
    return file.getvalue()


@cache
def treaty() -> bytes:
    """Return the text of a treaty."""
    return made(title="Treaty")
