"""A mission and an office as schema.org describes them, for search engines."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import url_for

from embassy.consular import osm
from embassy.consular.days import DAY
from embassy.consular.guide import Guide
from embassy.consular.hours import Schedule, WeeklyHours
from embassy.consular.labels import SERVICES
from embassy.consular.models import Mission, Office
from embassy.consular.schedules import GENERAL, WEEKDAYS, schedule
from embassy.consular.stretches import Stretch, stretches
from embassy.consular.wording import map_url
from embassy.core.messages import say
from embassy.web.formats import clock
from embassy.web.house import house, language
from embassy.web.locale import translate
from embassy.web.page import absolute

LEFT_OUT = say(
    "All hours, those by appointment among them, which openingHoursSpecification leaves out. Times are those "
    "of the office’s clocks; a time that the clocks skip or repeat is told exactly by hours.json alone."
)


def mission_json_ld(mission: Mission) -> dict[str, Any]:
    """Return the description of a mission."""
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "name": mission.title.best(language())[1],
        "description": mission.summary.best(language())[1],
        "areaServed": [{"@type": "Country", "identifier": one.country} for one in mission.accreditations],
        "url": absolute(url_for("consular.mission", slug=mission.slug)),
        "location": _seat(mission),
        **({} if house().deployment.sample_notice else {"telephone": list(mission.phones)}),
    }


def _seat(mission: Mission) -> dict[str, Any]:
    city = mission.city and mission.city.in_language(mission.city.source)
    named = {"addressLocality": city} if city else {}
    address = {"@type": "PostalAddress", **named, "addressCountry": mission.host}
    return {"@type": "Place", "address": address, **_point(mission)}


def office_json_ld(office: Office, today: date) -> dict[str, Any]:
    """Return the description of an office: its regular hours and the confirmed days that differ.

    Hours by appointment are left out: whoever comes without one is not let in. Sample data gives no
    numbers, since search engines offer them to be called.
    """
    general = schedule(office, *GENERAL)
    # Last night belongs to yesterday.
    ahead = [one for one in stretches(general, today - DAY) if one.day.closure and one.changes]
    numbers = {} if house().deployment.sample_notice else _numbers(office)
    return {
        "@context": "https://schema.org",
        "@type": "Embassy",
        "name": office.title.best(language())[1],
        "description": office.summary.best(language())[1],
        "url": absolute(url_for("consular.show", slug=office.slug)),
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(office.address),
            "postalCode": office.postal_code,
            "addressLocality": office.city.in_language(office.city.source),
            "addressCountry": office.country,
        },
        "hasMap": map_url(office),
        "openingHoursSpecification": list(_weekly(general)),
        "specialOpeningHoursSpecification": [special for one in ahead for special in _special(one)],
        "additionalProperty": _text(general, today),
        **numbers,
        **_point(office),
    }


def _weekly(general: Schedule) -> Iterator[dict[str, Any]]:
    for one in general.weekly:
        if not one.by_appointment:
            yield {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{WEEKDAYS[one.weekday].capitalize()}",
                **_times(one.opens, one.closes),
                **_validity(one),
            }


def _validity(one: WeeklyHours) -> dict[str, str]:
    found = {"validFrom": one.valid_from, "validThrough": one.valid_to}
    return {name: str(day) for name, day in found.items() if day}


def _special(one: Stretch) -> Iterator[dict[str, Any]]:
    """Yield the hours of special days; closed is written as midnight to midnight."""
    days = {"validFrom": str(one.first), "validThrough": str(one.last)}
    if not one.day.hours:
        yield {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00", **days}
    for hours in one.day.hours:
        yield {"@type": "OpeningHoursSpecification", **_times(hours.opens, hours.closes), **days}


def _times(opens: time, closes: time) -> dict[str, str]:
    """Return the times; a whole day round ends a minute early, since 00:00 to 00:00 means closed."""
    whole = opens == closes
    ends = (datetime.combine(date.min + DAY, closes) - timedelta(minutes=whole)).time()
    return {"opens": clock(opens), "closes": clock(ends)}


def _text(general: Schedule, today: date) -> dict[str, str]:
    """Return all hours as OpenStreetMap writes them, with those by appointment, unknown to schema.org."""
    return {
        "@type": "PropertyValue",
        "propertyID": "https://wiki.openstreetmap.org/wiki/Key:opening_hours",
        "name": "opening_hours",
        "value": osm.written(general, today),
        "description": translate(LEFT_OUT),
    }


def _numbers(office: Office) -> dict[str, Any]:
    found: dict[str, Any] = {"telephone": [one.number for one in office.phones]}
    if office.fax:
        found["faxNumber"] = office.fax
    if office.emergency:
        line = {"@type": "ContactPoint", "contactType": "emergency", "telephone": office.emergency}
        found["contactPoint"] = line
    return found


def _point(place: Office | Mission) -> dict[str, Any]:
    if place.latitude is None:
        return {}
    point = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return {"geo": point}


def guide_json_ld(guide: Guide, offices: Iterable[Office]) -> dict[str, Any]:
    """Return the description of a service, with what it costs and the offices at which it is had."""
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": guide.title.best(language())[1],
        "description": guide.summary.best(language())[1],
        "serviceType": translate(SERVICES[guide.service]),
        "url": absolute(url_for("consular.service", slug=guide.slug)),
        "offers": [
            {"@type": "Offer", "price": one.amount, "priceCurrency": one.currency}
            for one in guide.fees
            if one.currency
        ],
        "availableChannel": [
            {
                "@type": "ServiceChannel",
                "serviceLocation": {
                    "@type": "Embassy",
                    "name": one.title.best(language())[1],
                    "url": absolute(url_for("consular.show", slug=one.slug)),
                },
            }
            for one in offices
        ],
    }
    if guide.appointment:
        said["availableChannel"].append({"@type": "ServiceChannel", "serviceUrl": guide.appointment})
    return said
