"""A place, an organisation and a person as schema.org describes them, for search engines."""

from typing import Any

from flask import url_for

from embassy.directory.models import Organisation, Person, Place
from embassy.web.house import language
from embassy.web.page import absolute


def place_json_ld(place: Place) -> dict[str, Any]:
    """Return the description of a place, with every name it has."""
    point = (
        {"geo": {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}}
        if place.latitude is not None
        else {}
    )
    shown = place.title.best(language())[1]
    names = [name for name in (*place.title.forms().values(), *place.other_names) if name != shown]
    country = {"containedInPlace": {"@type": "Country", "identifier": place.country}}
    return _described(place, "Place", "directory.place") | {"alternateName": names} | country | point


def organisation_json_ld(organisation: Organisation) -> dict[str, Any]:
    """Return the description of an organisation."""
    names = {"alternateName": [*organisation.acronyms, *organisation.former_names]}
    web = {"sameAs": organisation.web} if organisation.web else {}
    return _described(organisation, "Organization", "directory.organisation") | names | web


def person_json_ld(person: Person) -> dict[str, Any]:
    """Return the description of a person; posts are left out, since they end."""
    return _described(person, "Person", "directory.person")


def _described(record: Place | Organisation | Person, kind: str, endpoint: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "name": record.title.best(language())[1],
        "url": absolute(url_for(endpoint, slug=record.slug)),
    }
