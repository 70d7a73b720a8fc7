"""How the pages of the desk are put together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from flask import Response, abort, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from embassy.core.access import Role
from embassy.core.composed import Path
from embassy.core.facts import Refused, Values
from embassy.core.messages import Message
from embassy.core.personal import identities
from embassy.core.shapes import Document
from embassy.core.workflow import OPEN, Move, Stage, may, may_write
from embassy.db import personal
from embassy.db.changes import base_of, mission_of, wrote
from embassy.db.commands import check, facts_of
from embassy.db.kinds import SPINE, Kind, Remark, shaped
from embassy.db.record import Change, Record, RecordWords, Revision
from embassy.desk import (
    companions,
    differing,
    drafting,
    lines,
    meeting,
    picking,
    preview,
    privacy,
    queries,
    standing,
    work,
)
from embassy.web import forms, respond
from embassy.web.formats import said
from embassy.web.house import house, language, member, moment, now, session
from embassy.web.locale import _, translate
from embassy.web.page import Page, crumb, desk_page
from embassy.web.paging import Paged, paged
from embassy.web.wishes import typed

OFFERED = (
    Move.save,
    Move.submit,
    Move.publish,
    Move.discard,
    Move.recall,
    Move.approve,
    Move.give_back,
    Move.review,
)

MOST_AT_HAND = 6
GROUPS = ("decide", "review", "returned", "drafts", "waiting", "planned")


def today(changes: Iterable[Change]) -> Response:
    """Show the changes under way, by what they ask of whoever looks."""
    groups: dict[str, list[Change]] = {name: [] for name in GROUPS}
    for change in changes:
        if change.record_kind in house().kinds and (group := _group(change)):
            groups[group].append(change)
    names = lines.names_in(change for group in groups.values() for change in group)
    page = Page(
        _("Desk"),
        _("What waits for you, and what waits for others."),
        crumbs=((_("Front page"), url_for("front.index")), (_("Desk"), None)),
        indexed=False,
    )
    return respond.private(
        "desk/today.html",
        page,
        groups={name: lines.together(group, names) for name, group in groups.items()},
        embargoed=[
            (words, translate(house().kinds[words.record.record_kind].label))
            for words in session().scalars(queries.embargoed(language().tag, house().kinds), moment())
        ],
        kinds=[(kind.name, translate(kind.plural)) for kind in house().kinds.values()],
        concerns=[
            concern for room in house().rooms.values() for concern in room.concerns() if concern.records
        ],
        failed=queries.failed_mails(session()),
        outdated=queries.outdated(session(), house().kinds, language().tag),
        at_hand=list(_at_hand()),
        writes=may_write(member().anywhere),
        administers=Role.administrator in member().anywhere,
        administers_all=Role.administrator in member().roles(None),
        zone=_zone(),
    )


def _at_hand() -> Iterator[tuple[str, str, str]]:
    """Yield what may have to be done at once, where the member writes few records: what, to which, where."""
    missions = {at for role, at in member().grants if may_write(frozenset({role}))}
    for kind in house().kinds.values():
        if kind.urgent is None or not missions:
            continue
        wanted = queries.records(kind, "", language().tag)
        wanted = wanted if None in missions else wanted.where(Record.owner_id.in_(missions))
        found = session().scalars(wanted.limit(MOST_AT_HAND + 1)).all()
        for words in found if len(found) <= MOST_AT_HAND else ():
            for name, addition in kind.additions.items():
                place = {"kind": kind.name, "slug": words.record.slug, "name": name}
                yield translate(addition.label), words.title, url_for("additions.show", **place)


def records(kind: Kind, actions: Sequence[tuple[str, str]]) -> Response:
    """List the records of a kind, with what may be done with several at once."""
    words = typed("q")
    found: Paged[RecordWords] = paged(queries.records(kind, words, language().tag))
    return respond.private(
        "desk/records.html",
        desk_page(translate(kind.plural), _("Every record, withdrawn and embargoed ones too.")),
        kind=kind,
        found=found,
        words=words,
        actions=actions,
        writes=may_write(member().anywhere),
        now=now(),
        zone=_zone(),
    )


def stands(kind: Kind, slug: str) -> Record:
    """Return the record at an address; 404 where there is none."""
    return queries.record(session(), kind, slug) or abort(404)


def record(kind: Kind, stands: Record) -> Response:
    """Show what became of a record, and what is under way."""
    held = queries.revisions(session(), stands.id)
    under_way = queries.under_way(session(), stands.id)
    names = lines.names_in([*under_way, *(change for _revision, change in held if change)])
    title = getattr(stands, kind.title).best(language())[1]
    page = desk_page(title, translate(kind.label), crumb(kind))
    return respond.private(
        "desk/record.html",
        page,
        kind=kind,
        record=stands,
        public=url_for(kind.endpoint, slug=stands.slug),
        under_way=[lines.line(change, names) for change in under_way],
        revisions=[(revision, change, *lines.who(revision, change, names)) for revision, change in held],
        mission=standing.mission_named(mission_of(stands)),
        writes=may_write(member().roles(mission_of(stands))),
        personal=personal.of(session(), stands),
        erases=kind.names is not None and Role.administrator in member().roles(None),
        zone=_zone(),
    )


def revision(reading: Session, stands: Record, number: str) -> Revision:
    """Return one revision of a record; 404 where there is none."""
    if not number.isdecimal() or len(number) > 9:
        abort(404)
    wanted = select(Revision).where(Revision.record_id == stands.id, Revision.number == int(number))
    return reading.scalar(wanted) or abort(404)


def compare(kind: Kind, stands: Record) -> Response:
    """Show two revisions word by word."""
    old, new = (revision(session(), stands, request.args.get(name, "")) for name in ("old", "new"))
    title = getattr(stands, kind.title).best(language())[1]
    where = (title, url_for("desk.record", kind=kind.name, slug=stands.slug))
    page = desk_page(_("What changed"), title, crumb(kind), where)
    return respond.private(
        "desk/compare.html",
        page,
        old=old,
        new=new,
        rows=differing.rows(kind, old.facts, new.facts),
        zone=_zone(),
    )


def change(
    change: Change,
    *,
    raw: Mapping[str, Any] | None = None,
    refusals: Mapping[Path, Message] | None = None,
    theirs: Mapping[str, str] | None = None,
    asked: Path = (),
    more: Sequence[str] = (),
    status: int = 200,
) -> Response:
    """Show a change: as a form where it may be written, else as what it would alter.

    `raw` is what was written and is not kept. `asked` is the path of the field that shows which records its
    words find; `more` names the lists that are to hold an empty part more.
    """
    kind = house().kinds[change.record_kind]
    facts, wrong = raw if raw is not None else drafting.longer(kind.facts, change.facts, more), refusals or {}
    moves = _moves(kind, change)
    writes = str(Move.save) in moves
    controls = form(change, facts, wrong, theirs, asked).controls(facts) if writes else []
    along = companions.begun_with(session(), change)
    of_spine = {fact.name for fact in SPINE}
    return respond.private(
        "desk/change.html",
        desk_page(differing.title(kind.name, facts), translate(kind.label), crumb(kind)),
        change=change,
        kind=kind,
        stage=standing.of(change),
        mission=standing.mission(change),
        moves=moves,
        controls=[one for one in controls if one.name not in of_spine],
        spine=[one for one in controls if one.name in of_spine],
        holds_files=any(shaped(kind.facts, Document)),
        rows=_rows(kind, change, writes=writes),
        together=[] if controls else _together(along),
        begun_for=[lines.line(one, {}) for one in companions.begun_for(session(), change)],
        seen=companions.seen(along),
        errors=[differing.error(kind, path, told) for path, told in wrong.items()],
        remarks=_remarked(kind, change),
        steps=lines.steps(change),
        moved_on=change.stage is not Stage.applied and work.moved_on(change),
        own=wrote(change, member().uid),
        me=member().uid,
        unsaved=raw is not None,
        was=_was(change, controls, plain=raw is None and not (theirs or more)),
        previews=preview.addresses(change),
        languages=house().deployment.languages,
        zone=_zone(),
        status=status,
    )


def _rows(kind: Kind, change: Change, *, writes: bool) -> list[differing.Row]:
    """Return what differs from the version that stands; the form of a new record shows all of it."""
    looks = not writes or change.record is not None
    return differing.rows(kind, base_of(session(), change), change.facts) if looks else []


def _was(change: Change, controls: Sequence[forms.Control], *, plain: bool) -> str:
    """Return what the form of a draft shows as it is kept, to be sent back; `plain` pages show just that."""
    if controls and not plain:
        controls = form(change, change.facts).controls(change.facts)
    return meeting.seen(controls)


def _moves(kind: Kind, change: Change) -> set[str]:
    """Return what whoever looks at a change may do with it."""
    hand = work.hand(change)
    moves = {str(move) for move in OFFERED if may(move, change.stage, hand)}
    moves -= set() if change.flagged else {str(Move.review)}
    return moves - (set() if kind.urgent and change.record else {str(Move.publish)})


def form(
    change: Change,
    facts: Mapping[str, Any],
    refusals: Mapping[Path, Message] | None = None,
    theirs: Mapping[str, str] | None = None,
    asked: Path = (),
) -> forms.Form:
    """Return the form of a change, with what is kept apart of the people it names."""
    kind = house().kinds[change.record_kind]
    confided = personal.of(session(), change.record, identities(kind.facts, facts))
    picker, stands = picking.Picker(change, facts, asked), base_of(session(), change)
    names = differing.Names({}, picker.called)
    return forms.Form(
        [fact for fact in kind.facts if fact.name != "uid"],
        {cell.name: cell.label for cell in kind.cells},
        picker,
        refusals or {},
        theirs or {},
        {str(row.uid): privacy.typed(row) for row in confided},
        lambda inner, part: differing.told(inner, part, names),
        frozenset(part["uid"] for name in kind.lasting for part in stands.get(name, ())),
    )


def _remarked(kind: Kind, change: Change) -> list[tuple[Remark, str, str]]:
    """Return what should be seen before a change goes further; nothing of one that is not right."""
    if change.stage not in OPEN:
        return []
    try:
        return remarks(kind, change.record, check(kind, change.facts))
    except Refused:
        return []


def remarks(kind: Kind, record: Record | None, after: Values) -> list[tuple[Remark, str, str]]:
    """Return what should be seen before a record says something else, with a record each may speak of.

    Raises Refused where what stands is not right.
    """
    before = check(kind, facts_of(kind, record)) if record else None
    return [
        (remark, str(said(remark.said)), _place(remark.about))
        for remark in kind.remarks(session(), before, after, now())
    ]


def _place(record: Record | None) -> str:
    return url_for("desk.record", kind=record.record_kind, slug=record.slug) if record else ""


def _together(drafts: Iterable[Change]) -> list[tuple[lines.Line, list[differing.Row]]]:
    """Return the drafts that are published with a change, each with what it says."""
    return [
        (lines.line(one, {}), differing.rows(house().kinds[one.record_kind], {}, one.facts)) for one in drafts
    ]


def _group(change: Change) -> str:
    """Return under which heading of the first page a change stands, "" for none."""
    hand, own, stage = work.hand(change), wrote(change, member().uid), change.stage
    holds = {
        "review": stage is Stage.applied and may(Move.review, stage, hand),
        "decide": may(Move.approve, stage, hand),
        "waiting": stage is Stage.submitted and (own or bool(hand.roles)),
        "returned": stage is Stage.returned and own,
        "planned": stage is Stage.approved and (own or bool(hand.roles)),
        "drafts": may(Move.save, stage, hand),
    }
    return next((group for group, holding in holds.items() if holding), "")


def _zone() -> str:
    return str(house().deployment.legal_zone)
