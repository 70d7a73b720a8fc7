"""How a page offers a calendar feed: addresses for each calendar program, and a QR code."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import url_for

from embassy.web.locale import _
from embassy.web.page import absolute


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

    def _outlook(self, host: str) -> str:
        asked = urlencode({"url": self.https, "name": self.title}, quote_via=quote)
        return f"https://{host}/calendar/0/addfromweb?{asked}"
