"""A mission and an office as schema.org describes them, for search engines."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from flask import url_for

from embassy.consular.hours import Closure, Schedule, WeeklyHours
from embassy.consular.models import Mission, Office
from embassy.consular.schedules import GENERAL, WEEKDAYS, schedule
from embassy.consular.wording import map_url
from embassy.web.formats import clock
from embassy.web.house import house, language
from embassy.web.page import absolute

BEFORE_MIDNIGHT = "23:59"


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
    ahead = [closure for closure in general.in_force if closure.last >= today]
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
        "specialOpeningHoursSpecification": [
            special for one in sorted(ahead, key=lambda closure: closure.first) for special in _special(one)
        ],
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


def _special(closure: Closure) -> Iterator[dict[str, Any]]:
    """Yield the hours of special days; closed is written as midnight to midnight."""
    days = {"validFrom": str(closure.first), "validThrough": str(closure.last)}
    if not closure.hours:
        yield {"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "00:00", **days}
    for one in closure.hours:
        yield {"@type": "OpeningHoursSpecification", **_times(one.opens, one.closes), **days}


def _times(opens: time, closes: time) -> dict[str, str]:
    """Return the times; an end at midnight is said a minute before, since 00:00 to 00:00 means closed."""
    return {"opens": clock(opens), "closes": clock(closes) if closes != time(0) else BEFORE_MIDNIGHT}


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
