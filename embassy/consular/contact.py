"""An office as a contact card for telephones and address books."""

from collections.abc import Iterator

from flask import url_for

from embassy.consular import labels, queries
from embassy.consular.models import Office
from embassy.consular.wording import envelope
from embassy.core.languages import Language
from embassy.core.vcard import Property, text, texts
from embassy.web.formats import country, official
from embassy.web.house import house, language, moment, session, viewer
from embassy.web.locale import _, translate
from embassy.web.page import absolute


def languages(office: Office) -> list[Language]:
    """Return the languages of the sending and the host state, as far as they are offered here."""
    mission = queries.mission(session(), office.mission_id, viewer(), moment())
    sending = mission.sending if mission else house().deployment.sending_state
    return official(sending, office.country)


def card(office: Office) -> Iterator[Property]:
    """Yield the lines of an office's card (RFC 6350).

    Sample data gives no numbers, since telephones offer to call them; the card says so.
    """
    found, title = office.title.best(language())
    town = office.city.in_language(office.city.source) or ""
    street = ", ".join(office.address)
    yield Property("KIND", "org")
    yield Property("UID", f"urn:uuid:{office.uid}")
    yield Property("FN", text(title), {"LANGUAGE": found.tag})
    yield Property(
        "ADR",
        texts("", "", street, town, "", office.postal_code, country(office.country)),
        {"LABEL": ", ".join(envelope(office))},
    )
    if office.latitude is not None:
        yield Property("GEO", f"geo:{office.latitude},{office.longitude}")
    yield Property("TZ", office.zone)
    if notice := house().deployment.sample_notice:
        yield Property("NOTE", text(notice.best(language())[1]))
    else:
        yield from _numbers(office)
    for mailbox in office.mailboxes:
        yield Property("EMAIL", text(mailbox))
    for number, one in enumerate(languages(office), 1):
        yield Property("LANG", one.tag, {"PREF": str(number)})
    yield Property("URL", absolute(url_for("consular.show", slug=office.slug)))
    yield Property("SOURCE", absolute(url_for("consular.contact", slug=office.slug)))
    yield Property("REV", f"{max(office.changed_at, office.shown_from):%Y%m%dT%H%M%SZ}")


def _numbers(office: Office) -> Iterator[Property]:
    """Yield each number with what it is for, as address books label a group of lines."""
    named = [(translate(labels.PURPOSES[one.purpose]), one.number, "voice") for one in office.phones]
    if office.emergency:
        named.insert(0, (_("In an emergency"), office.emergency, "voice"))
    if office.fax:
        named.append((_("Fax"), office.fax, "fax"))
    for position, (label, number, kind) in enumerate(named, 1):
        yield Property(f"n{position}.TEL", f"tel:{number}", {"VALUE": "uri", "TYPE": ["work", kind]})
        yield Property(f"n{position}.X-ABLabel", text(label))
