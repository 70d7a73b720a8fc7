"""Texts and lines of a feed, whatever people type."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from embassy.core.calendar import write
from embassy.core.ical_values import clean
from tests.core.feeds import FEED, RECEPTION, lines, values

hostile = st.text(
    st.one_of(
        st.characters(exclude_categories=[]),
        st.sampled_from('\\,;:"\r\n\0\x0b\x85\u2028\ufeffnN^ ë中🇦🇱'),
    ),
    max_size=200,
)


def unescaped(value: str) -> str:
    """RFC 5545 section 3.3.11 read backwards, in one pass."""
    return re.sub(r"\\([\\;,nN])", lambda found: {"n": "\n", "N": "\n"}.get(found[1], found[1]), value)


@settings(max_examples=150, deadline=None)
@given(title=hostile, words=hostile, name=hostile)
def test_texts_come_back_as_they_were_cleaned(title: str, words: str, name: str) -> None:
    entry = replace(
        RECEPTION, summary=(title, "sr-Latn"), description=(words, "en"), categories=(title, words)
    )

    content = write(replace(FEED, name=name), [entry])

    (event,) = Calendar.from_ical(content).events
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (clean(title), clean(words))
    assert [str(word) for word in event.categories] == [clean(title), clean(words)]
    assert [unescaped(value) for value in values(content, "SUMMARY")] == [f";LANGUAGE=sr-Latn:{clean(title)}"]
    named = [line for line in lines(content) if line.startswith("X-WR-CALNAME:")]
    assert [unescaped(line.removeprefix("X-WR-CALNAME:")) for line in named] == [clean(name)]


@settings(max_examples=150, deadline=None)
@given(words=hostile, address=hostile)
def test_every_line_is_short_whole_and_free_of_control_characters(words: str, address: str) -> None:
    feed = replace(FEED, name=words, description=words, page_url=address)
    entry = replace(RECEPTION, summary=(words, "en"), location=(words, "en"), url=address, image_url=address)

    content = write(feed, [entry])

    raw = content.split(b"\r\n")
    assert max(len(line) for line in raw) <= 75
    assert b"".join(line.decode().encode() for line in raw) == b"".join(raw)
    assert re.findall(rb"[\x00-\x1f\x7f]", b"".join(raw)) == []
    assert re.findall("[\x80-\x9f\u2028\u2029]", content.decode()) == []
    assert content.decode().splitlines(keepends=True) == [f"{line.decode()}\r\n" for line in raw[:-1]]
    assert content.count(b"BEGIN:") == write(FEED, [RECEPTION]).count(b"BEGIN:")


def test_a_typed_backslash_and_n_stay_what_they_are() -> None:
    content = write(FEED, [replace(RECEPTION, summary=(r"C:\New\names; a, b", "en"))])

    assert values(content, "SUMMARY") == [r";LANGUAGE=en:C:\\New\\names\; a\, b"]


def test_line_breaks_become_newlines_and_control_characters_vanish() -> None:
    cleaned = clean("a\r\nb\rc\nd\u2028e\x0bf\tg\0h\x1bi\x9fj\ud800k")

    assert cleaned == "a\nb\nc\nd\ne\nf ghijk"
