"""The tables of agreements: what was agreed, by whom, the log of acts, and the status that follows."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from embassy.agreements.classification import AgreementKind, Binding, Collection, Form, PartyKind, Subject
from embassy.agreements.clause import MonthEnd, Trigger
from embassy.agreements.parts import AgreementText, Assessment, Guide, Part, Relation, Signatory, Statement
from embassy.agreements.terms import Renewal, Term
from embassy.agreements.vocabulary import (
    ActType,
    Consent,
    Instrument,
    Level,
    Requirement,
    SourceKind,
    Status,
)
from embassy.core.access import Audience
from embassy.core.partial import PartialDate
from embassy.core.text import Localized
from embassy.db.base import Base, Facts, partial_date, vocabulary
from embassy.db.record import Record

PARTS: dict[str, Any] = {"cascade": "all, delete-orphan", "passive_deletes": True}


class Agreement(Record):
    """A treaty or lesser instrument. Its status is no column: it follows from its acts.

    `binding` is empty where no source tells. `subjects` is repeated in rows that lists filter by.
    """

    __tablename__ = "agreement"
    __mapper_args__ = {"polymorphic_identity": "agreement"}

    id: Mapped[int] = mapped_column(ForeignKey(Record.id, ondelete="CASCADE"), primary_key=True)
    title: Mapped[Localized]
    summary: Mapped[Localized]
    guide: Mapped[Localized | None]
    kind: Mapped[AgreementKind] = vocabulary(AgreementKind)
    binding: Mapped[Binding | None] = vocabulary(Binding)
    form: Mapped[Form] = vocabulary(Form)
    collection: Mapped[Collection] = vocabulary(Collection)
    subjects: Mapped[list[Subject]] = mapped_column(Facts)
    place: Mapped[Localized | None]
    term: Mapped[Term | None] = vocabulary(Term)
    term_until: Mapped[date | None]
    term_years: Mapped[int | None]
    renewal: Mapped[Renewal | None] = vocabulary(Renewal)
    notice_months: Mapped[int | None]
    parties: Mapped[list["Party"]] = relationship(
        back_populates="agreement", order_by="Party.position", **PARTS
    )
    steps: Mapped[list["ApprovalStep"]] = relationship(
        back_populates="agreement", order_by="ApprovalStep.position", **PARTS
    )
    acts: Mapped[list["RecordedAct"]] = relationship(
        back_populates="agreement", order_by="RecordedAct.position", **PARTS
    )
    clause: Mapped[list["EntryClause"]] = relationship(
        back_populates="agreement", order_by="EntryClause.position", **PARTS
    )
    relations: Mapped[list[Relation]] = relationship(
        order_by=Relation.position, foreign_keys=Relation.agreement_id, **PARTS
    )
    signatories: Mapped[list[Signatory]] = relationship(order_by=Signatory.position, **PARTS)
    statements: Mapped[list[Statement]] = relationship(order_by=Statement.position, **PARTS)
    guides: Mapped[list[Guide]] = relationship(
        order_by=Guide.position, foreign_keys=Guide.agreement_id, **PARTS
    )
    texts: Mapped[list[AgreementText]] = relationship(order_by=AgreementText.position, **PARTS)
    assessments: Mapped[list[Assessment]] = relationship(order_by=Assessment.position, **PARTS)
    topics: Mapped[list["Topic"]] = relationship(viewonly=True)
    periods: Mapped[list["StatusPeriod"]] = relationship(viewonly=True)
    waits: Mapped[list["WaitPeriod"]] = relationship(viewonly=True)

    __table_args__: Any = (Index(None, "kind"), Index(None, "collection"))


class Party(Part, Base):
    """A party as signed. Acts and steps name it by `code`; `name` is empty where it is the State itself."""

    __tablename__ = "agreement_party"

    code: Mapped[str] = mapped_column(String(12))
    kind: Mapped[PartyKind] = vocabulary(PartyKind)
    country: Mapped[str] = mapped_column(String(2))
    name: Mapped[Localized | None]

    agreement: Mapped[Agreement] = relationship(back_populates="parties")

    __table_args__ = (
        CheckConstraint("country <> '' OR name IS NOT NULL", name="is_named"),
        Index(None, "country", "agreement_id"),
    )


class ApprovalStep(Part, Base):
    """The assent of one body that one party needs, may need, or does not need."""

    __tablename__ = "agreement_step"

    uid: Mapped[str] = mapped_column(String(60))
    party: Mapped[str] = mapped_column(String(12))
    body: Mapped[Localized]
    level: Mapped[Level] = vocabulary(Level)
    instrument: Mapped[Instrument | None] = vocabulary(Instrument)
    required: Mapped[Requirement] = vocabulary(Requirement)
    order: Mapped[int]
    legal_basis: Mapped[str]
    known_from: Mapped[date | None]
    replaces: Mapped[str | None] = mapped_column(String(60))

    agreement: Mapped[Agreement] = relationship(back_populates="steps")

    __table_args__ = (UniqueConstraint("agreement_id", "uid"),)


class RecordedAct(Part, Base):
    """One act of the log with its source; `recorded_at` is when the service first wrote it down.

    Readers see it if its audience is public, from `shown_from` on (at once if empty).
    """

    __tablename__ = "agreement_act"

    uid: Mapped[str] = mapped_column(String(60))
    type: Mapped[ActType] = vocabulary(ActType)
    party: Mapped[str | None] = mapped_column(String(12))
    step: Mapped[str | None] = mapped_column(String(60))
    event_earliest: Mapped[date | None]
    event_latest: Mapped[date | None]
    event_date: Mapped[PartialDate] = partial_date("event_earliest", "event_latest")
    received_earliest: Mapped[date | None]
    received_latest: Mapped[date | None]
    received: Mapped[PartialDate] = partial_date("received_earliest", "received_latest")
    effective_earliest: Mapped[date | None]
    effective_latest: Mapped[date | None]
    effective: Mapped[PartialDate] = partial_date("effective_earliest", "effective_latest")
    scope: Mapped[list[str]] = mapped_column(Facts)
    consent: Mapped[Consent | None] = vocabulary(Consent)
    source_kind: Mapped[SourceKind] = vocabulary(SourceKind)
    citation: Mapped[Localized]
    url: Mapped[str]
    known_from: Mapped[date]
    corrects: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str]
    audience: Mapped[Audience] = vocabulary(Audience)
    shown_from: Mapped[datetime | None]
    recorded_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))

    agreement: Mapped[Agreement] = relationship(back_populates="acts")

    __table_args__ = (UniqueConstraint("agreement_id", "uid"), Index(None, "shown_from"))


class EntryClause(Part, Base):
    """The entry-into-force clause: its words, and how it counts. An agreement has one at most."""

    __tablename__ = "agreement_clause"

    text: Mapped[Localized | None]
    article: Mapped[str] = mapped_column(String(60))
    trigger: Mapped[Trigger] = vocabulary(Trigger)
    rule: Mapped[str] = mapped_column(String(60))
    deposits: Mapped[int | None]
    fixed: Mapped[date | None]
    month_end: Mapped[MonthEnd | None] = vocabulary(MonthEnd)
    floor: Mapped[date | None]
    override: Mapped[str]
    verified_by: Mapped[str]

    agreement: Mapped[Agreement] = relationship(back_populates="clause")

    __table_args__ = (CheckConstraint("position = 0", name="at_most_one"),)


class Topic(Base):
    """A subject of an agreement, as a row that lists filter by."""

    __tablename__ = "agreement_topic"

    agreement_id: Mapped[int] = mapped_column(ForeignKey(Agreement.id, ondelete="CASCADE"), primary_key=True)
    subject: Mapped[Subject] = vocabulary(Subject, primary_key=True)

    __table_args__ = (Index(None, "subject", "agreement_id"),)


class StatusPeriod(Base):
    """A status that the acts give, from `first_day` to `last_day`, worked out on each write.

    It is what the audience sees from the moment `shown_from` until `shown_to` (embargoes end), on days
    from `known_from` until `known_to` (sources appear). From `listed_from` on lists may hold the agreement
    for the audience; it is empty where they never do. The start is as exact as the sources, and so are the
    days of signature and of entry into force, which stand beside each status for lists to sort by.
    """

    __tablename__ = "agreement_status"

    agreement_id: Mapped[int] = mapped_column(ForeignKey(Agreement.id, ondelete="CASCADE"), primary_key=True)
    audience: Mapped[Audience] = vocabulary(Audience, primary_key=True)
    shown_from: Mapped[datetime] = mapped_column(primary_key=True)
    known_from: Mapped[date] = mapped_column(primary_key=True)
    first_day: Mapped[date] = mapped_column(primary_key=True)
    shown_to: Mapped[datetime]
    known_to: Mapped[date]
    last_day: Mapped[date]
    listed_from: Mapped[datetime | None]
    status: Mapped[Status] = vocabulary(Status)
    start_earliest: Mapped[date | None]
    start_latest: Mapped[date | None]
    start: Mapped[PartialDate] = partial_date("start_earliest", "start_latest")
    signed_earliest: Mapped[date | None]
    signed_latest: Mapped[date | None]
    signed: Mapped[PartialDate] = partial_date("signed_earliest", "signed_latest")
    entered_earliest: Mapped[date | None]
    entered_latest: Mapped[date | None]
    entered: Mapped[PartialDate] = partial_date("entered_earliest", "entered_latest")

    __table_args__ = (
        CheckConstraint("shown_from < shown_to", name="shown_in_order"),
        CheckConstraint("known_from < known_to", name="known_in_order"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        # Counting the agreements of a status reads nothing else.
        Index(
            "ix_agreement_status_counted",
            *("audience", "status", "last_day", "first_day", "known_from", "known_to"),
            *("shown_from", "shown_to", "listed_from", "agreement_id"),
        ),
        Index(None, "audience", "first_day"),
        # Finding those of a year, likewise.
        Index(
            "ix_agreement_status_begun",
            *(
                "audience",
                "start_earliest",
                "known_from",
                "known_to",
                "shown_from",
                "shown_to",
                "agreement_id",
            ),
        ),
        Index(None, "audience", "signed_earliest"),
        Index(None, "audience", "entered_earliest"),
    )


class WaitPeriod(Base):
    """Days on which an agreement on its way into force waits for a party, named by its country.

    The audience, the moments and the days are those of `StatusPeriod`; it too is worked out on each write.
    """

    __tablename__ = "agreement_wait"

    agreement_id: Mapped[int] = mapped_column(ForeignKey(Agreement.id, ondelete="CASCADE"), primary_key=True)
    audience: Mapped[Audience] = vocabulary(Audience, primary_key=True)
    shown_from: Mapped[datetime] = mapped_column(primary_key=True)
    known_from: Mapped[date] = mapped_column(primary_key=True)
    party: Mapped[str] = mapped_column(String(2), primary_key=True)
    shown_to: Mapped[datetime]
    known_to: Mapped[date]

    __table_args__ = (
        CheckConstraint("shown_from < shown_to", name="shown_in_order"),
        CheckConstraint("known_from < known_to", name="known_in_order"),
        Index(None, "audience", "party"),
    )
