"""The board of translations: which records lag behind, in which language, and how."""

from typing import Any

from flask import Response

from embassy.core.messages import say
from embassy.core.text import Standing
from embassy.core.workflow import may_write
from embassy.db.changes import mission_of
from embassy.db.record import RecordWords
from embassy.desk import labels, queries
from embassy.web import respond
from embassy.web.house import house, language, member, session
from embassy.web.locale import _, translate
from embassy.web.page import desk_page
from embassy.web.paging import Paged, paged
from embassy.web.wishes import Misread, chosen, typed


def show() -> Response:
    """Show the records that lag behind in a language, and how they stand in the others."""
    kinds, spoken = house().kinds, house().deployment.languages
    tag, kind, standing = typed("language") or language().tag, typed("kind"), chosen("standing", Standing)
    if tag not in {one.tag for one in spoken} or (kind and kind not in kinds):
        raise Misread(say("There is no such language or kind here. Go back and choose one of the lists."))
    found: Paged[RecordWords] = paged(queries.translations([kind] if kind else kinds, tag, standing))
    stands = queries.standings(session(), (row.record_id for row in found.rows))
    return respond.private(
        "desk/translations.html",
        desk_page(_("Translations"), _("What is missing, outdated or not finished, in each language.")),
        found=found,
        rows=[_row(row, stands[row.record_id]) for row in found.rows],
        wanted={"language": tag, "kind": kind, "standing": standing or ""},
        languages=[(one.tag, one.name) for one in spoken],
        kinds=[(name, translate(one.plural)) for name, one in kinds.items()],
        standings=[(one, translate(label)) for one, label in labels.STANDINGS.items()],
    )


def _row(row: RecordWords, stands: dict[str, Standing]) -> dict[str, Any]:
    marks = [
        (one, labels.STANDING_SHAPES[stands[one.tag]], translate(labels.STANDINGS[stands[one.tag]]))
        for one in house().deployment.languages
        if one.tag in stands
    ]
    return {
        "words": row,
        "kind": house().kinds[row.record.record_kind],
        "marks": marks,
        "writes": may_write(member().roles(mission_of(row.record))),
    }
