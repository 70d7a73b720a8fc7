"""From a town, a region or a country to the offices that serve it, each with the reason why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from babel import Locale
from sqlalchemy import Select, literal, or_, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from embassy.consular.models import Accreditation, Mission, Office, OfficePlace
from embassy.consular.queries import offices
from embassy.core.access import Publication
from embassy.core.folding import fold
from embassy.core.languages import SPOKEN
from embassy.core.messages import Message, say
from embassy.db.record import Record
from embassy.db.visibility import TODAY, findable
from embassy.directory.models import Place, PlaceName
from embassy.web.formats import GROUPINGS, country
from embassy.web.house import house, language, moment, session, viewer

# Beyond so many, a town says more than a country.
MOST = 20
TOWN = say("%(place)s: this office is in this town.")
DISTRICT = say("%(place)s belongs to the district of this office.")
RESIDENT = say("%(place)s: %(mission)s has its seat in this country.")
ACCREDITED = say("%(place)s: %(mission)s is accredited to this country, without a seat there.")


@dataclass(frozen=True)
class Reason:
    """Why an office serves what was asked for; `codes` are the countries named in it."""

    office: Office
    said: Message
    codes: tuple[str, ...] = ()


def serving(typed: str) -> list[Reason]:
    """Return the offices that serve a place, each once: those of its own district, then those of its country.

    Of “Ghent, Belgium” the parts are tried where the whole is not known.
    """
    found: dict[int, Reason] = {}
    for words in (typed, *typed.split(",")):
        if not found and (folded := fold(words)):
            for reason in _reasons(words.strip(), folded):
                found.setdefault(reason.office.id, reason)
    return list(found.values())


def _reasons(words: str, folded: str) -> Iterator[Reason]:
    places = _places(folded)
    served: set[int] = set()
    for reason, place in _by_name(words, folded, places):
        served |= {place.id} if place else set()
        yield reason
    for code in sorted(country_codes(folded)):
        yield from _by_country(code, country(code))
    for place in places:
        if place.id not in served:
            label = f"{place.title.best(language())[1]} ({country(place.country)})"
            yield from _by_country(place.country, label)


def _places(folded: str) -> list[Place]:
    """Return the places of the directory with a name, with all their names."""
    known = select(PlaceName.place_id).where(PlaceName.folded == folded)
    found = select(Place).where(Place.id.in_(known), findable(viewer())).options(joinedload(Place.found_by))
    return list(session().scalars(found.order_by(Place.country, Place.id), moment()).unique())


def _by_name(words: str, folded: str, places: Iterable[Place]) -> Iterator[tuple[Reason, Place | None]]:
    """Yield the offices that name a place as theirs: by the name asked for, or another that it has."""
    known: dict[str, Place | None] = {folded: None}
    known |= {one.folded: place for place in places for one in place.found_by}
    naming = select(OfficePlace.office_id).where(OfficePlace.folded.in_(sorted(known)))
    for office in _held(offices(viewer()).where(Office.id.in_(naming))):
        town = {fold(name) for name in office.city.forms().values()}
        theirs = [name for name in sorted(known) if name in town | {fold(one) for one in office.districts}]
        place = next((known[name] for name in theirs if known[name]), None)
        label = place.title.best(language())[1] if place else words
        said = TOWN if town & known.keys() else DISTRICT
        yield Reason(office, _filled(said, place=label)), place


def _by_country(code: str, label: str) -> Iterator[Reason]:
    """Yield the offices of the missions accredited to a country, those with their seat there first."""
    seats: dict[int, bool] = {}
    for number, resident in session().execute(_accredited(code), moment()):
        seats[number] = resident or seats.get(number, False)
    held = _held(offices(viewer()).where(Office.mission_id.in_(seats)), selectinload(Office.mission))
    for office in sorted(held, key=lambda one: not seats[one.mission_id]):
        said = RESIDENT if seats[office.mission_id] else ACCREDITED
        title = office.mission.title.best(language())[1]
        yield Reason(office, _filled(said, place=label, mission=title), (code,))


def _accredited(code: str) -> Select[int, bool]:
    """Select the missions that a country has today, and whether they have their seat there."""
    its, ends = Mission.__table__, Accreditation.ends_latest
    host = select(its.c.id, literal(True).label("resident")).where(its.c.host == code)
    named = select(Accreditation.mission_id, Accreditation.resident)
    named = named.where(Accreditation.country == code, or_(ends.is_(None), ends >= TODAY))
    found = union_all(host, named).subquery()
    return (
        select(found.c.id, found.c.resident)
        .join(Record, Record.id == found.c.id)
        .join(its, its.c.id == found.c.id)
        .where(
            or_(its.c.closed_latest.is_(None), its.c.closed_latest >= TODAY),
            Record.publication == Publication.published,
            findable(viewer()),
        )
    )


def _held(found: Select[Any], *options: Any) -> list[Office]:
    published = found.where(Office.publication == Publication.published).options(*options).limit(MOST)
    return list(session().scalars(published, moment()))


def _filled(said: Message, **values: str) -> Message:
    return replace(said, values=values)


def country_codes(folded: str) -> frozenset[str]:
    """Return the countries that are called so, folded, in any of the languages here or by this deployment."""
    own = {
        code
        for code, party in house().deployment.parties.items()
        if folded in {fold(name) for name in party.name.texts.values()}
    }
    return frozenset(own) | _country_names().get(folded, frozenset())


@lru_cache(1)
def _country_names() -> dict[str, frozenset[str]]:
    """Return the codes of countries by every name that CLDR has for them, and by the code itself."""
    found: dict[str, frozenset[str]] = {}
    for spoken in SPOKEN.values():
        for code, name in Locale.parse(spoken.locale).territories.items():
            if len(code) == 2 and code not in GROUPINGS:
                for one in (fold(name), code.lower()):
                    found[one] = found.get(one, frozenset()) | {code}
    return found
