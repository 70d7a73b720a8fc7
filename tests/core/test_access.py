"""Who may read what."""

from datetime import UTC, datetime, timedelta

import pytest

from embassy.core.access import ANONYMOUS, Audience, Publication, Standing, Viewer, may_find, may_read

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STAFF = Viewer(staff=True)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("viewer", "standing", "read", "find"),
    [
        (ANONYMOUS, Standing(Audience.public, Publication.published, NOW), True, True),
        (ANONYMOUS, Standing(Audience.public, Publication.published, NOW + MOMENT), False, False),
        (ANONYMOUS, Standing(Audience.staff, Publication.published, NOW), False, False),
        (ANONYMOUS, Standing(Audience.public, Publication.archived, NOW), True, True),
        (ANONYMOUS, Standing(Audience.public, Publication.withdrawn, NOW), False, False),
        (ANONYMOUS, Standing(Audience.public, Publication.withdrawn, NOW, "Moved."), True, False),
        (ANONYMOUS, Standing(Audience.staff, Publication.withdrawn, NOW, "Moved."), False, False),
        (ANONYMOUS, Standing(Audience.public, Publication.withdrawn, NOW + MOMENT, "Moved."), False, False),
        (STAFF, Standing(Audience.staff, Publication.published, NOW + MOMENT), True, True),
        (STAFF, Standing(Audience.staff, Publication.withdrawn, NOW), True, False),
    ],
)
def test_the_rule(viewer: Viewer, standing: Standing, read: bool, find: bool) -> None:
    assert (may_read(viewer, NOW, standing), may_find(viewer, NOW, standing)) == (read, find)
