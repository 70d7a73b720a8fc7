"""Agreements like one, and how long they took."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from embassy.agreements.classification import Collection
from embassy.agreements.forecast import Likeness
from embassy.agreements.models import Agreement, Party, StatusPeriod, Topic
from embassy.agreements.queries import disclosed
from embassy.agreements.vocabulary import Status
from embassy.core.access import Viewer
from embassy.db.visibility import Moment, findable

MOST_COMPARED = 500


def took(
    session: Session, agreement: Agreement, likeness: Likeness, viewer: Viewer, moment: Moment
) -> list[int]:
    """Return how many days the agreements like one took from signature to entry into force.

    Only real ones count, and those whose two days are known exactly; the latest few hundred are enough.
    """
    signed, entered = (
        func.min(case((StatusPeriod.status == status, StatusPeriod.start_earliest)))
        for status in (Status.SIGNED, Status.IN_FORCE)
    )
    exact = StatusPeriod.start_earliest == StatusPeriod.start_latest
    found = (
        select(signed, entered)
        .join(Agreement, Agreement.id == StatusPeriod.agreement_id)
        .where(findable(viewer), disclosed(viewer), exact, *_like(agreement, likeness))
        .where(Agreement.id != agreement.id, Agreement.collection != Collection.SYNTHETIC)
        .group_by(Agreement.id)
        .having(signed.is_not(None), entered.is_not(None))
        .order_by(entered.desc())
        .limit(MOST_COMPARED)
    )
    return [(last - first).days for first, last in session.execute(found, moment) if last >= first]


def _like(agreement: Agreement, likeness: Likeness) -> Iterator[ColumnElement[bool]]:
    if likeness in (Likeness.KIND_AND_PARTIES, Likeness.KIND_AND_SUBJECT, Likeness.KIND):
        yield Agreement.kind == agreement.kind
    if likeness in (Likeness.KIND_AND_PARTIES, Likeness.PARTIES):
        codes = [party.code for party in agreement.parties]
        among = case((Party.code.in_(codes), 1))
        same = (
            select(Party.agreement_id)
            .group_by(Party.agreement_id)
            .having(func.count() == len(codes), func.count(among) == len(codes))
        )
        yield Agreement.id.in_(same)
    if likeness is Likeness.KIND_AND_SUBJECT:
        on = select(Topic.agreement_id).where(Topic.subject.in_(agreement.subjects))
        yield Agreement.id.in_(on)
