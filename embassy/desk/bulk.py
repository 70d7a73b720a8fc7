"""The same done to many records at once: seen before anything is written, then proposed as one batch."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from flask import Response, abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from embassy.core.access import Audience, Publication
from embassy.core.audit import digest
from embassy.core.composed import Path
from embassy.core.facts import Fact, Refused, parse_all
from embassy.core.messages import Message, say, say_many
from embassy.core.shapes import Choice, Day, Flag, Line, Reference, plain
from embassy.core.workflow import may_write
from embassy.db.changes import mission_of
from embassy.db.commands import Unchanged, apply, check, facts_of
from embassy.db.kinds import SPINE, Kind
from embassy.db.record import Change, Record
from embassy.desk import batches, differing, lines, picking, queries, work
from embassy.desk.batches import MOST
from embassy.web import forms, respond, submission
from embassy.web.house import house, language, member, session
from embassy.web.locale import _, translate
from embassy.web.page import crumb, desk_page

SIMPLE = (Choice, Flag, Reference, Line, Day)
# What has an action of its own, an address that never changes, and what the service counts.
NOT_SET = ("audience", "publication", "reason", "slug", *forms.COUNTED)
REASON = next(fact for fact in SPINE if fact.name == "reason")
MOVED = say("Records changed since you looked, so nothing was handed in. This is what would change now.")


class Action(NamedTuple):
    """Something done to many records: what it is called, what it sets, a fact that it asks a value for."""

    label: Message
    sets: Mapping[str, Any]
    asks: Fact | None = None


class Wish(NamedTuple):
    """What somebody wishes: an action by its name, for the records with some identities, with a value.

    `asks` is the fact that the value is asked for, under a name that no other field of the page has.
    """

    kind: Kind
    do: str
    action: Action
    uids: list[uuid.UUID]
    asks: list[Fact]
    raw: Mapping[str, Any]


class Seen(NamedTuple):
    """What an action comes to for one record at a version: what would differ, or why it is refused.

    `values` are those to be proposed, and `facts` the same as JSON; both are empty where the record stays as
    it is or is refused. `under_way` is a change that stands in the way.
    """

    url: str
    title: str
    uid: str
    version: int
    rows: Sequence[differing.Row] = ()
    values: Mapping[str, Any] = {}
    facts: Mapping[str, Any] = {}
    refused: str = ""
    under_way: lines.Line | None = None


def actions(kind: Kind) -> dict[str, Action]:
    """Return what may be done to many records of a kind, by name."""
    found = {
        "withdraw": Action(say("Withdraw"), {"publication": Publication.withdrawn}, REASON),
        "archive": Action(say("Archive"), {"publication": Publication.archived, "reason": ""}),
        "publish": Action(say("Publish again"), {"publication": Publication.published, "reason": ""}),
        "staff": Action(say("Keep to staff"), {"audience": Audience.staff}),
        "public": Action(say("Open to all readers"), {"audience": Audience.public}),
    }
    for fact in kind.facts:
        if isinstance(fact.shape, SIMPLE) and fact.name not in NOT_SET:
            label = say("Set: %(fact)s", fact=differing.called(kind, fact.name))
            found[f"set.{fact.name}"] = Action(label, {}, fact)
    return found


def offered(kind: Kind) -> list[tuple[str, str]]:
    """Return the actions of a kind as a list of choices."""
    return [(name, translate(action.label)) for name, action in actions(kind).items()]


def receive(kind: Kind) -> AnyResponse:
    """Ask for what an action needs, show what it comes to, or propose that, as far as the form has come."""
    action, uids = actions(kind).get(request.form.get("do", "")), _ticked(kind)
    if action is None or not uids or len(uids) > MOST:
        return _back(kind, len(uids))
    asks = [replace(action.asks, name="value")] if action.asks else []
    raw = submission.read(asks, request.form.to_dict(flat=False))
    wish = Wish(kind, request.form["do"], action, uids, asks, raw)
    if asks and ("asked" not in request.form or "find" in request.form):
        return _page(wish)
    try:
        parse_all(asks, raw)
    except Refused as refused:
        return _page(wish, refusals=forms.wrong(refused), status=422)
    seen = _tried(wish)
    if "seen" not in request.form:
        return _page(wish, seen)
    try:
        return _proposed(wish, seen)
    except work.Overtaken:
        return _page(wish, _tried(wish), error=translate(MOVED), status=409)


def _ticked(kind: Kind) -> list[uuid.UUID]:
    """Return the identities of the records that were ticked, or of all that match."""
    if "all" in request.form:
        found = queries.records(kind, request.form.get("q", ""), language().tag).limit(MOST + 1)
        return [words.record.uid for words in session().scalars(found)]
    return [work.identity(one) for one in dict.fromkeys(request.form.getlist("record"))]


def _back(kind: Kind, count: int) -> AnyResponse:
    """Lead back to the list and say what was missing or too much."""
    if count > MOST:
        told = _("At most %(most)d records at once. Narrow the list first.", most=MOST)
    elif not count:
        told = _("Tick at least one record.")
    else:
        told = _("Choose what should be done with them.")
    flash(told, "error")
    words = request.form.get("q", "")[:100] or None
    return redirect(url_for("desk.records", kind=kind.name, q=words), 303)


def _tried(wish: Wish) -> list[Seen]:
    """Return what an action comes to for each record: all of it is done and taken back."""
    altered = dict(wish.action.sets)
    if wish.action.asks:
        altered[wish.action.asks.name] = wish.raw.get("value")
    with Session(house().database.writing_engine) as trial:
        records = queries.chosen(trial, wish.kind, wish.uids)
        if len(records) != len(wish.uids):
            abort(400)
        open_changes = queries.open_changes(trial, [record.id for record in records])
        return [_seen(trial, wish.kind, record, altered, open_changes.get(record.id)) for record in records]


def _seen(trial: Session, kind: Kind, record: Record, altered: dict[str, Any], begun: Change | None) -> Seen:
    seen = Seen(
        url_for("desk.record", kind=kind.name, slug=record.slug),
        getattr(record, kind.title).best(language())[1],
        str(record.uid),
        record.version,
    )
    if not may_write(member().roles(mission_of(record))):
        return seen._replace(refused=_("You do not write for its mission."))
    if begun is not None:
        waits = _("A change of it is under way. Bring that to its end first.")
        return seen._replace(refused=waits, under_way=lines.line(begun, {}))
    before = facts_of(kind, record)
    try:
        values = check(kind, before | altered)
        with trial.begin_nested():
            change = batches.propose(trial, kind, values, uuid.uuid4())
            apply(trial, kind, change, work.writer())
    except Unchanged:
        return seen
    except Refused as refused:
        told = (differing.error(kind, one.path, one.expected)[1] for one in refused.refusals)
        return seen._replace(refused=" ".join(told))
    rows = differing.rows(kind, before, change.facts)
    return seen._replace(rows=rows, values=values, facts=dict(change.facts))


def _stamp(seen: Sequence[Seen]) -> str:
    """Return what tells whether somebody is shown the same again."""
    return digest("", [[one.uid, one.version, one.facts, one.refused] for one in seen])


def _proposed(wish: Wish, seen: Sequence[Seen]) -> AnyResponse:
    """Propose what was seen as one batch; raises Overtaken where it is something else by now."""
    proposed = [one for one in seen if one.values]
    if request.form["seen"] != _stamp(seen) or not proposed:
        raise work.Overtaken
    batch, why = uuid.uuid4(), plain(request.form.get("why", ""))[:500]
    with house().database.quietly_writing() as writing:
        for one in proposed:
            change = batches.propose(writing, wish.kind, dict(one.values), batch, one.version)
            change.why = why
    count = say_many(
        "%(num)d change is handed in. A colleague decides.",
        "%(num)d changes are handed in. A colleague decides once on all.",
        len(proposed),
    )
    flash(translate(count), "success")
    return redirect(url_for("desk.batch", uid=batch), 303)


def _page(
    wish: Wish,
    seen: Sequence[Seen] | None = None,
    *,
    refusals: Mapping[Path, Message] | None = None,
    error: str = "",
    status: int = 200,
) -> Response:
    """Show what an action asks for and, once that is known, what it comes to."""
    kind, action, wrong = wish.kind, wish.action, refusals or {}
    labels = {cell.name: cell.label for cell in kind.cells}
    label = labels.get(action.asks.name) if action.asks else None
    form = forms.Form(
        wish.asks,
        {"value": label} if label else {},
        lambda name, raw, _path: picking.plainly(name, raw, asked="find" in request.form),
        wrong,
        {},
    )
    errors = [("main", error)] if error else [("value", translate(told)) for told in wrong.values()]
    return respond.private(
        "desk/bulk.html",
        desk_page(translate(action.label), translate(kind.plural), crumb(kind)),
        kind=kind,
        wish=wish,
        controls=form.controls(wish.raw),
        looked=seen is not None,
        changing=[one for one in seen or () if one.values],
        refused=[one for one in seen or () if one.refused],
        staying=[one for one in seen or () if not (one.values or one.refused)],
        stamp=_stamp(seen or ()),
        errors=errors,
        status=status,
    )
