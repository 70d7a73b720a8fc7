"""The database answers who may read what exactly as the rule does."""

import uuid
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from embassy.core.access import Audience, Publication, Standing, Viewer, may_find, may_read
from embassy.db.database import Database
from embassy.db.record import Record
from embassy.db.visibility import findable, readable, validity
from tests.db.writing import NOW

AT = {"now": NOW}
SPINE = Record.metadata.tables["record"]
moments = st.integers(-2, 2).map(lambda moment: NOW + timedelta(microseconds=moment))
standings = st.lists(
    st.builds(
        Standing,
        st.sampled_from(Audience),
        st.sampled_from(Publication),
        moments,
        st.sampled_from(["", "Moved."]),
    ),
    max_size=12,
)


def _row(number: int, standing: Standing) -> dict[str, object]:
    return {
        "id": number,
        "uid": uuid.UUID(int=number),
        "record_kind": "event",
        "slug": f"event-{number}",
        "source": "",
        "source_url": "",
        "created_at": NOW,
        "changed_at": NOW,
        "version": 1,
        **{name: getattr(standing, name) for name in ("audience", "publication", "shown_from", "reason")},
    }


def test_predicates_and_rule_agree_and_the_next_reveal_is_known(database: Database) -> None:
    @settings(max_examples=60, deadline=None)
    @given(standings, st.booleans())
    def agree(drawn: list[Standing], staff: bool) -> None:
        viewer, numbered = Viewer(staff), list(enumerate(drawn))
        with database.writing() as session:
            if drawn:
                session.execute(insert(SPINE), [_row(number, standing) for number, standing in numbered])
            ids = select(SPINE.c.id).order_by(SPINE.c.id)
            read = session.scalars(ids.where(readable(viewer)), AT).all()
            found = session.scalars(ids.where(findable(viewer)), AT).all()
            _version, reveal = session.execute(validity(), AT).one()
            session.rollback()
        assert read == [number for number, one in numbered if may_read(viewer, NOW, one)]
        assert found == [number for number, one in numbered if may_find(viewer, NOW, one)]
        assert reveal == min((one.shown_from for one in drawn if one.shown_from > NOW), default=None)

    agree()


def test_a_column_of_parts_can_name_a_reveal_too(database: Database) -> None:
    later = [NOW + timedelta(hours=hours) for hours in (1, 2)]
    with database.writing() as session:
        row = _row(1, Standing(Audience.public, Publication.published, later[1]))
        session.execute(insert(SPINE), row | {"changed_at": later[0]})

    with database.reading() as session:
        version, *reveals = session.execute(validity((Record.changed_at,)), AT).one()

    assert (version, reveals) == (database.content_version(), [later[1], later[0]])
