"""Files of records on the desk: read, columns told apart, tried without writing, kept as drafts."""

import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import Any

from flask import Response, flash, redirect, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from embassy.core.facts import Refused
from embassy.core.messages import say
from embassy.core.shapes import plain
from embassy.db import held
from embassy.db.commands import Outcome, Unchanged
from embassy.db.held import HeldFile
from embassy.db.kinds import Kind
from embassy.desk import batches, matching, naming, work
from embassy.desk.matching import Table
from embassy.web import respond, spreadsheet
from embassy.web.house import house, member, now, session
from embassy.web.importing import MOST_NAMED, BadRow, FileRefused, checked_rows, completed, refused_row, tried
from embassy.web.locale import _, translate
from embassy.web.page import crumb, desk_page
from embassy.web.spreadsheet import Line
from embassy.web.tabular import Row, Unreadable, read_json

VALUES = 3
LONGEST_VALUE = 40
LOOKED_AT = 200


class Gone(LookupError):
    """A file that is not held any more, or never was for whoever asks."""


def form(kind: Kind, bad: Sequence[BadRow] = ()) -> Response:
    """Show where a file is sent, and what was wrong in the last one."""
    return respond.private(
        "desk/upload.html",
        desk_page(_("Records from a file"), translate(kind.plural), crumb(kind)),
        kind=kind,
        **_named(bad),
        described=[(fact, translate(fact.about)) for fact in kind.facts],
        status=422 if bad else 200,
    )


def receive(kind: Kind) -> AnyResponse:
    """Take a file: propose what it says, or ask first which of its columns is which."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return form(kind, [BadRow(1, "", "", say("Choose a file."))])
    with closing(sent):
        data, name = sent.read(), plain(sent.filename)
    table = Table([], [])
    try:
        if name.lower().endswith(".json"):
            return _proposed(kind, list(read_json(spreadsheet.text(data))))
        lines = spreadsheet.lines(data, name)
        table = _table(kind, lines)
        if "look" in request.form or not _certain(kind, table):
            return _hold(kind, name, data)
        return _proposed(kind, naming.records(kind, lines, table.names))
    except (Unreadable, FileRefused) as refused:
        return form(kind, _bad(kind, refused, table))


def columns(kind: Kind, uid: uuid.UUID) -> AnyResponse:
    """Show the columns of a file that is held, each with what it is taken for."""
    try:
        file = _held(kind, uid)
    except Gone:
        return _gone(kind)
    lines = spreadsheet.lines(file.data, file.name)
    heading = _heading(lines)
    return _asked(kind, file, lines, Table(heading, matching.guessed(kind, heading)))


def match(kind: Kind, uid: uuid.UUID) -> AnyResponse:
    """Propose what a file says, read as its sender says; the file is let go with it."""
    try:
        file = _held(kind, uid)
        lines = spreadsheet.lines(file.data, file.name)
        heading = _heading(lines)
        table = Table(heading, [_chosen(kind, number) for number in range(len(heading))])
        twice, lacking = matching.faults(kind, table)
        if twice or lacking:
            return _asked(kind, file, lines, table, status=422)
        return _proposed(kind, naming.records(kind, lines, table.names), uid)
    except Gone:
        return _gone(kind)
    except (Unreadable, FileRefused) as refused:
        return _asked(kind, file, lines, table, _bad(kind, refused, table), status=422)


def _held(kind: Kind, uid: uuid.UUID) -> HeldFile:
    if (file := held.found(session(), uid, kind.name, member().uid, now())) is None:
        raise Gone
    return file


def _gone(kind: Kind) -> AnyResponse:
    flash(_("This file is no longer held here. Send it again."), "error")
    return redirect(url_for("desk.upload", kind=kind.name), 303)


def _hold(kind: Kind, name: str, data: bytes) -> AnyResponse:
    held.sweep(house().database, now())
    with house().database.quietly_writing() as writing:
        uid = held.hold(writing, kind.name, member().uid, name, data, now())
    return redirect(url_for("desk.columns", kind=kind.name, uid=uid), 303)


def _chosen(kind: Kind, number: int) -> str:
    """Return what a column was said to be; 400 for what the page does not offer."""
    name = request.form.get(f"column.{number}", "")
    if name and name not in dict(matching.choices(kind)):
        raise BadRequest
    return name


def _table(kind: Kind, lines: Sequence[Line]) -> Table:
    heading = _heading(lines)
    return Table(heading, matching.known(kind, heading))


def _heading(lines: Sequence[Line]) -> list[str]:
    """Return what a table calls its columns; one without a name is counted."""
    return [
        cell.strip() or _("Column %(number)d", number=number) for number, cell in enumerate(lines[0][1], 1)
    ]


def _certain(kind: Kind, table: Table) -> bool:
    """Say whether nobody has to be asked what the columns are."""
    return all(table.names) and naming.named(kind, table.names) and len({*table.names}) == len(table.names)


def _asked(
    kind: Kind,
    file: HeldFile,
    lines: Sequence[Line],
    table: Table,
    bad: Sequence[BadRow] = (),
    status: int = 200,
) -> Response:
    """Show the columns of a file with their first values, and what is wrong, once an answer was sent."""
    twice, lacking = matching.faults(kind, table) if status != 200 else ({}, [])
    wrong = {number: translate(told) for number, told in twice.items()}
    errors = [(f"column.{number}", f"{table.heading[number]}: {told}") for number, told in wrong.items()]
    errors += [
        ("columns", _("No column of the file gives what is needed: %(fact)s", fact=told)) for told in lacking
    ]
    return respond.private(
        "desk/columns.html",
        desk_page(
            _("Columns of the file"),
            file.name,
            crumb(kind),
            (_("Records from a file"), url_for("desk.upload", kind=kind.name)),
        ),
        kind=kind,
        uid=file.uid,
        columns=[
            (f"column.{number}", told, _values(lines, number), name, wrong.get(number, ""))
            for number, (told, name) in enumerate(zip(table.heading, table.names, strict=True))
        ],
        options=[("", _("Leave it out")), *matching.choices(kind)],
        errors=errors,
        **_named(bad),
        status=status,
    )


def _values(lines: Sequence[Line], number: int) -> str:
    """Return the first few values of a column."""
    cells = (row[number].strip()[:LONGEST_VALUE] for _line, row in lines[1:LOOKED_AT] if len(row) > number)
    return " · ".join(islice((cell for cell in dict.fromkeys(cells) if cell), VALUES))


def _named(bad: Sequence[BadRow]) -> dict[str, Any]:
    """Return the bad rows as a page tells them, and how many more there are."""
    return {
        "bad": [(row, translate(row.expected)) for row in bad[:MOST_NAMED]],
        "more": max(0, len(bad) - MOST_NAMED),
    }


def _bad(kind: Kind, refused: Unreadable | FileRefused, table: Table) -> list[BadRow]:
    """Return what was wrong in a file, by the names that it has for its columns."""
    if isinstance(refused, FileRefused):
        return [replace(row, column=table.called(kind, row.column)) for row in refused.rows]
    told = refused.refusal
    return [BadRow(refused.line, table.called(kind, str(told.path[0])), told.value, told.expected)]


def _proposed(kind: Kind, rows: Sequence[Row], file: uuid.UUID | None = None) -> AnyResponse:
    """Try every row, then propose them as one batch; raises FileRefused, or Gone for a file used already."""
    rows = completed(kind, rows, house().deployment)
    checked, bad = checked_rows(house().database, kind, rows), list[BadRow]()
    tried(house().database, kind, checked, work.writer())
    batch, outcomes = uuid.uuid4(), Counter[Outcome]()
    with house().database.quietly_writing() as writing:
        if file is not None and not held.drop(writing, file):
            raise Gone
        for row, values in checked:
            try:
                change = batches.begin(writing, kind, values, batch)
                outcomes[Outcome.changed if change.record_id else Outcome.created] += 1
            except Unchanged:
                outcomes[Outcome.unchanged] += 1
            except Refused as refused:
                bad += refused_row(row, refused)
        if bad:
            raise FileRefused(bad)
    if not outcomes[Outcome.created] + outcomes[Outcome.changed]:
        flash(_("The file says nothing new: every record in it stands as it is."), "info")
        return redirect(url_for("desk.records", kind=kind.name), 303)
    flash(_told(outcomes), "success")
    return redirect(url_for("desk.batch", uid=batch), 303)


def _told(outcomes: Counter[Outcome]) -> str:
    return _(
        "New: %(created)d, changed: %(changed)d, unchanged: %(unchanged)d. Look at it, then hand it in.",
        created=outcomes[Outcome.created],
        changed=outcomes[Outcome.changed],
        unchanged=outcomes[Outcome.unchanged],
    )
