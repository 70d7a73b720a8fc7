"""The pages of the desk that deal with many records or changes at once: files, batches, bulk changes."""

import uuid

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from embassy.core.access import Role
from embassy.core.workflow import Move
from embassy.desk import batches, bulk, uploading, views, work
from embassy.web.guard import requires, staff

bp = views.bp


@bp.get("/records/<kind>/file")
@requires(*work.WRITERS)
def upload(kind: str) -> Response:
    """Show where a file of records is sent."""
    return uploading.form(work.kind_named(kind))


@bp.post("/records/<kind>/file")
@requires(*work.WRITERS)
def receive(kind: str) -> AnyResponse:
    """Read a file and propose what it says, or ask which of its columns is which."""
    return uploading.receive(work.kind_named(kind))


@bp.get("/records/<kind>/file/<uuid:uid>")
@requires(*work.WRITERS)
def columns(kind: str, uid: uuid.UUID) -> AnyResponse:
    """Show the columns of a file that its sender left here."""
    return uploading.columns(work.kind_named(kind), uid)


@bp.post("/records/<kind>/file/<uuid:uid>")
@requires(*work.WRITERS)
def match(kind: str, uid: uuid.UUID) -> AnyResponse:
    """Propose what a file says, now that its columns are known."""
    return uploading.match(work.kind_named(kind), uid)


@bp.post("/records/<kind>")
@requires(*work.WRITERS)
def change_many(kind: str) -> AnyResponse:
    """Show what the same change of many records comes to, and propose it once that was seen."""
    return bulk.receive(work.kind_named(kind))


@bp.get("/batches/<uuid:uid>")
@staff
def batch(uid: uuid.UUID) -> Response:
    """Show what the changes of one batch alter."""
    return batches.show(uid)


@bp.post("/batches/<uuid:uid>/decision")
@requires(Role.approver)
def decide_batch(uid: uuid.UUID) -> AnyResponse:
    """Publish or return every change of one batch."""
    return batches.decide(uid, work.wish(Move.approve, Move.give_back))


@bp.post("/batches/<uuid:uid>/hand-in")
@requires(*work.WRITERS)
def hand_in_batch(uid: uuid.UUID) -> AnyResponse:
    """Hand in every draft of one batch."""
    return batches.hand_in(uid)


@bp.post("/batches/<uuid:uid>/discard")
@requires(*work.WRITERS)
def discard_batch(uid: uuid.UUID) -> AnyResponse:
    """Discard every change of one batch before it is decided on."""
    return batches.discard(uid)


@bp.post("/together")
@requires(Role.approver)
def together() -> AnyResponse:
    """Show the changes that were ticked, or publish or return every one of them."""
    if "do" in request.form:
        return batches.decide_together(work.wish(Move.approve, Move.give_back))
    return batches.together()
