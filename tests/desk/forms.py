"""Forms as a browser fills and sends them."""

from html.parser import HTMLParser

Fields = list[tuple[str, str]]


class Filled(HTMLParser):
    """The fields of the form on a page that goes to an address, with what stands in each."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.action, self.inside = action, False
        self.fields: Fields = []
        self.area = self.select = ""
        self.options: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a control and what stands in it."""
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = held.get("action") == self.action
        elif self.inside and tag == "input":
            ticked = held.get("type") not in ("checkbox", "radio") or "checked" in held
            self.fields += [(held["name"], held.get("value", ""))] if ticked else []
        elif self.inside and tag == "textarea":
            self.area = held["name"]
            self.fields.append((self.area, ""))
        elif self.inside and tag == "select":
            self.select, self.options = held["name"], []
        elif self.inside and tag == "option":
            self.options.append((held.get("value", ""), "selected" in held))

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a control."""
        if tag == "select" and self.select:
            chosen = [value for value, selected in self.options if selected]
            self.fields.append((self.select, (chosen or [self.options[0][0]])[-1]))
            self.select = ""
        elif tag == "textarea":
            self.area = ""
        elif tag == "form":
            self.inside = False

    def handle_data(self, data: str) -> None:
        """Keep what stands in a box of several lines."""
        if self.area:
            name, words = self.fields[-1]
            self.fields[-1] = name, words + data


def filled(page: str, action: str) -> Fields:
    """Return the fields of a form as they would be sent if nothing were changed."""
    return Filled(page, action).fields
