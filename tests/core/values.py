"""Values, good and bad, that property tests draw."""

from datetime import date

from hypothesis import strategies as st

from embassy.core.languages import SPOKEN
from embassy.core.partial import UNKNOWN, PartialDate
from embassy.core.shapes import plain
from embassy.core.text import Localized, Translation

lines = st.text(st.characters(), max_size=60).map(plain)
days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
partial_dates = st.one_of(
    days.map(PartialDate.on),
    days.map(PartialDate.not_after),
    days.map(PartialDate.not_before),
    days.map(lambda day: PartialDate.in_month(day.year, day.month)),
    days.map(lambda day: PartialDate.in_year(day.year)),
    st.just(UNKNOWN),
)
"""Partial dates of every precision."""


def _words(texts: dict[str, str], states: dict[str, Translation], number: int) -> Localized:
    source = sorted(texts)[number % len(texts)]
    kept = {tag: state for tag, state in states.items() if tag in texts and tag != source}
    return Localized(source, texts, kept)


def words(most: int = 60) -> st.SearchStrategy[Localized]:
    """Return texts in one or more languages, some of them drafts or outdated."""
    tags = st.sampled_from(sorted(SPOKEN))
    text = lines.map(lambda line: line[:most].strip()).filter(bool)
    states = st.sampled_from([Translation.draft, Translation.outdated])
    return st.builds(
        _words,
        st.dictionaries(tags, text, min_size=1, max_size=4),
        st.dictionaries(tags, states, max_size=3),
        st.integers(0, 7),
    )


_hostile = st.sampled_from(
    [
        "\r\n\x00",
        "\ud800",
        "1" * 5000,
        "9999-12-31",
        "0٣:00",
        "２０２６-01-01",
        "24:01",
        "=1+1",
        "../",
        "2013-13",
    ]
)
junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.text(max_size=20)
    | _hostile,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
"""Whatever JSON can say, and some of what it should not."""
