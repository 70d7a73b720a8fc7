"""How a page offers a feed: a calendar's addresses for each program, its QR code, and the words of Atom."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from flask import request, url_for

from embassy.core import atom
from embassy.core.calendar import Feed
from embassy.web.house import house, language, service_name
from embassy.web.locale import _
from embassy.web.page import absolute

REFRESH = timedelta(hours=12)


@dataclass(frozen=True)
class Subscription:
    """A feed as the subscribe box shows it. Google and Outlook fetch it themselves, from outside."""

    title: str
    path: str

    @property
    def https(self) -> str:
        """Return the feed's address."""
        return absolute(self.path)

    @property
    def webcal(self) -> str:
        """Return the address that opens the reader's own calendar program."""
        return "webcal://" + self.https.partition("://")[2]

    @property
    def google(self) -> str:
        """Return the address that subscribes in Google Calendar."""
        return "https://calendar.google.com/calendar/render?" + urlencode(
            {"cid": self.webcal}, quote_via=quote
        )

    @property
    def outlook_live(self) -> str:
        """Return the address that subscribes in Outlook.com."""
        return self._outlook("outlook.live.com")

    @property
    def outlook_office(self) -> str:
        """Return the address that subscribes in Outlook for work or school."""
        return self._outlook("outlook.office.com")

    @property
    def qr(self) -> str:
        """Return where its QR code is drawn."""
        return url_for("front.qr", feed=self.path.lstrip("/"))

    @property
    def lag(self) -> str:
        """Return what readers of slow calendar programs should know."""
        return _("Google and Outlook may show a change up to a day later.")

    def feed(
        self,
        description: str,
        page: str,
        changed_at: datetime,
        *,
        color: str = "maroon",
        zone: str | None = None,
    ) -> Feed:
        """Return what the calendar says of itself in the reader's language.

        `page` is the path of the page it belongs to, `zone` an IANA name, the legal zone unless given.
        """
        return Feed(
            name=self.title,
            description=description,
            language=language().tag,
            source_url=self.https,
            page_url=absolute(page),
            refresh=REFRESH,
            color=color,
            changed_at=changed_at,
            zone=zone or str(house().deployment.legal_zone),
        )

    def _outlook(self, host: str) -> str:
        asked = urlencode({"url": self.https, "name": self.title}, quote_via=quote)
        return f"https://{host}/calendar/0/addfromweb?{asked}"


def atom_feed(title: str, page: str, changed: datetime) -> atom.Feed:
    """Return what an Atom feed says of itself: the one at the address asked for."""
    name = service_name()
    source = absolute(request.full_path.rstrip("?"))
    return atom.Feed(f"{title} · {name}", language().tag, name, source, absolute(page), changed)
