"""The Atom writer: whole, in order, the same bytes each time."""

from datetime import UTC, datetime
from uuid import UUID
from xml.etree.ElementTree import fromstring

from embassy.core.atom import ATOM, Entry, Feed, write

DAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
FEED = Feed("News", "en", "Embassy", "https://e.example/a.atom", "https://e.example/a", DAY)


def entry(number: int, **other: object) -> Entry:
    """Return an entry that changed so many days into the month."""
    facts = {
        "uid": UUID(int=number),
        "title": (f"Entry {number}", "en"),
        "summary": ("What happened", "sq"),
        "url": f"https://e.example/{number}",
        "published_at": DAY,
        "changed_at": DAY.replace(day=number),
    }
    return Entry(**(facts | other))  # type: ignore[arg-type]


def test_a_feed_says_what_it_is_and_holds_the_latest_change_first() -> None:
    root = fromstring(write(FEED, [entry(1), entry(3, categories=("Signed",)), entry(2)]))  # noqa: S314 - our own

    def told(path: str) -> list[str | None]:
        return [one.text for one in root.findall(path, {"a": ATOM})]

    assert told("a:id") == ["https://e.example/a.atom"]
    assert told("a:updated") == ["2026-11-22T12:00:00Z"]
    assert told("a:author/a:name") == ["Embassy"]
    assert told("a:entry/a:title") == ["Entry 3", "Entry 2", "Entry 1"]
    assert told("a:entry/a:id")[0] == "urn:uuid:00000000-0000-0000-0000-000000000003"
    assert [one.get("term") for one in root.findall("a:entry/a:category", {"a": ATOM})] == ["Signed"]


def test_the_order_of_entries_plays_no_part_and_control_characters_go() -> None:
    one, two = entry(1, title=("A\x00<b>", "en")), entry(2)

    assert write(FEED, [one, two]) == write(FEED, [two, one])
    assert b"A&lt;b&gt;" in write(FEED, [one])
