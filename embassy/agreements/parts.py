"""The tables of what stands beside the log of an agreement, one row a part."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from embassy.agreements.terms import Reader, RelationKind, StatementKind, TextRole, Verdict
from embassy.core.partial import PartialDate
from embassy.core.text import Localized
from embassy.db.base import Base, partial_date, vocabulary
from embassy.db.files import StoredFile
from embassy.db.record import Record
from embassy.directory.models import Person


class Part:
    """What all parts of an agreement share."""

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int]

    @declared_attr
    def agreement_id(self) -> Mapped[int]:
        return mapped_column(ForeignKey("agreement.id", ondelete="CASCADE"), index=True)


class Relation(Part, Base):
    """What the agreement does to another one; the other's page tells it the other way round."""

    __tablename__ = "agreement_relation"

    kind: Mapped[RelationKind] = vocabulary(RelationKind)
    other_id: Mapped[int] = mapped_column(ForeignKey(Record.id))

    other: Mapped[Record] = relationship(foreign_keys=other_id)

    __table_args__ = (
        CheckConstraint("agreement_id <> other_id", name="never_itself"),
        Index(None, "other_id"),
    )


class Signatory(Part, Base):
    """Who signed for a party: the entry in the directory or the name as printed, and the post held then."""

    __tablename__ = "agreement_signatory"

    party: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    name: Mapped[str] = mapped_column(String(200))
    post: Mapped[Localized | None]

    person: Mapped[Person | None] = relationship(foreign_keys=person_id, lazy="joined")

    __table_args__ = (Index(None, "person_id"),)


class Statement(Part, Base):
    """A reservation, objection or declaration of a party; an objection may answer another party's."""

    __tablename__ = "agreement_statement"

    party: Mapped[str] = mapped_column(String(12))
    kind: Mapped[StatementKind] = vocabulary(StatementKind)
    answers: Mapped[str | None] = mapped_column(String(12))
    day_earliest: Mapped[date | None]
    day_latest: Mapped[date | None]
    day: Mapped[PartialDate] = partial_date("day_earliest", "day_latest")
    text: Mapped[Localized]
    citation: Mapped[Localized]
    url: Mapped[str]

    __table_args__ = (CheckConstraint("answers IS NULL OR kind = 'objection'", name="objections_answer"),)


class Guide(Part, Base):
    """What the agreement means for one kind of reader; `office` is a record of another room."""

    __tablename__ = "agreement_guide"

    reader: Mapped[Reader] = vocabulary(Reader)
    text: Mapped[Localized]
    begins_earliest: Mapped[date | None]
    begins_latest: Mapped[date | None]
    begins: Mapped[PartialDate] = partial_date("begins_earliest", "begins_latest")
    form_name: Mapped[Localized | None]
    form_url: Mapped[str]
    office_id: Mapped[int | None] = mapped_column(ForeignKey(Record.id))
    reviewed: Mapped[date | None]

    office: Mapped[Record | None] = relationship(foreign_keys=office_id)

    __table_args__ = (Index(None, "office_id"),)


class Assessment(Part, Base):
    """How far one source says that a party has implemented the agreement; sources may disagree."""

    __tablename__ = "agreement_assessment"

    party: Mapped[str] = mapped_column(String(12))
    verdict: Mapped[Verdict] = vocabulary(Verdict)
    citation: Mapped[Localized]
    url: Mapped[str]
    day_earliest: Mapped[date | None]
    day_latest: Mapped[date | None]
    day: Mapped[PartialDate] = partial_date("day_earliest", "day_latest")
    known_from: Mapped[date]


class AgreementText(Part, Base):
    """The agreement in one language: a PDF held here, an address elsewhere, or both (VCLT 33)."""

    __tablename__ = "agreement_text"

    language: Mapped[str] = mapped_column(String(20))
    role: Mapped[TextRole] = vocabulary(TextRole)
    file_id: Mapped[int | None] = mapped_column(ForeignKey(StoredFile.id))
    url: Mapped[str]

    file: Mapped[StoredFile | None] = relationship(lazy="joined")

    __table_args__ = (
        CheckConstraint("file_id IS NOT NULL OR url <> ''", name="is_somewhere"),
        Index(None, "file_id"),
    )
