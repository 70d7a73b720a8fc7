"""What a page of HTML says about itself, read without a browser."""

import json
from collections import Counter
from html.parser import HTMLParser
from typing import Any


class Markup(HTMLParser):
    """Elements in their order, with attributes; the words of titles, headings and scripts.

    The titles within a drawing are not those of the page.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.said: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.drawings = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.drawings += tag == "svg"
        if tag in ("title", "h1", "script") and not self.drawings:
            self.open.append(tag)
            self.said.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element whose words are kept."""
        self.drawings -= tag == "svg"
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        """Keep the words of titles, headings and scripts."""
        if self.open:
            tag, words = self.said[-1]
            self.said[-1] = tag, words + data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """Return the attributes of each element of a tag that has the attributes wanted."""
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and wanted.items() <= attributes.items()
        ]

    def words(self, tag: str) -> list[str]:
        """Return the words of each title, heading or script."""
        return [" ".join(words.split()) for name, words in self.said if name == tag]

    def meta(self, name: str) -> str:
        """Return what a named or Open Graph entry of the head says, "" where it is missing."""
        found = self.all("meta", name=name) + self.all("meta", property=name)
        return found[0]["content"] if found else ""

    def linked(self, rel: str) -> list[dict[str, str]]:
        """Return the links of the head with a relation."""
        return self.all("link", rel=rel)

    def doubled_ids(self) -> list[str]:
        """Return the identifiers that stand more than once."""
        counted = Counter(attributes["id"] for _, attributes in self.elements if "id" in attributes)
        return [name for name, times in counted.items() if times > 1]

    def inline(self) -> list[str]:
        """Return everything a strict policy would stop: styles, handlers, scripts of the page's own."""
        stopped = [tag for tag, _ in self.elements if tag == "style"]
        for tag, attributes in self.elements:
            stopped += [f"{tag} {name}" for name in attributes if name == "style" or name.startswith("on")]
            if (
                tag == "script"
                and "src" not in attributes
                and attributes.get("type") != "application/ld+json"
            ):
                stopped.append("script")
        return stopped

    def schema(self) -> list[dict[str, Any]]:
        """Return the descriptions for search engines."""
        return [json.loads(words) for words in self.words("script") if words.startswith("{")]
