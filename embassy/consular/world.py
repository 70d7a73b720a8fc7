"""The pages and tables of missions in the world: the map, and what one country sees of them."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for

from embassy.consular import labels, presence
from embassy.consular.atlas import HEIGHT, WIDTH, Place, circles
from embassy.consular.emergency import bp
from embassy.consular.presence import Listed, Reach, Seats, Sought
from embassy.consular.views import trail
from embassy.consular.vocabulary import MissionKind
from embassy.consular.wording import Shown, shown
from embassy.core.collation import sort_key
from embassy.web import respond, tables
from embassy.web.answer import soonest
from embassy.web.formats import country
from embassy.web.guard import public
from embassy.web.house import language, midnight, moment, now, session, viewer
from embassy.web.locale import _, translate
from embassy.web.page import Page
from embassy.web.paging import Paged, paged
from embassy.web.wishes import chosen, typed

__all__ = ["bp"]

# Finding out whether an office is open costs more than all else on the page.
ROWS = 12
FILTERS = ("country", "kind", "accreditation")


@dataclass(frozen=True)
class Country:
    """A country in the list: its code and name, how many missions lie there, their kinds in words, and how
    many represent the sending state there from elsewhere.
    """

    code: str
    name: str
    number: int
    kinds: str
    elsewhere: int


def _sought() -> Sought:
    return Sought(typed("country", 2), chosen("kind", MissionKind), chosen("accreditation", Reach))


def _world() -> tuple[str, str]:
    return _("Missions in the world"), url_for("consular.world")


@bp.get("/consular/missions")
@public(*FILTERS, "page")
def world() -> Response:
    """Show all missions on a map and by country, or those of the country asked for."""
    sought = _sought()
    return _one_country(sought) if sought.country else _all_countries(sought)


@bp.get("/consular/missions.<any(csv, xlsx, json):form>")
@public(*FILTERS)
def missions(form: str) -> Response:
    """Give the list of missions as a file for programs."""
    return tables.answer(
        "mission", form, presence.whole(_sought(), language().tag, viewer()), until=midnight()
    )


def _all_countries(sought: Sought) -> Response:
    seats = [] if sought.reach is Reach.elsewhere else _seats(sought)
    countries = _countries(seats, {} if sought.reach is Reach.seat else _represented(sought))
    drawn = circles(_places(seats))
    about = Page(
        _("Missions in the world"),
        _("In which countries there are missions, and which of them are looked after from elsewhere."),
        crumbs=(*trail(), (_("Missions in the world"), None)),
        queries=(*FILTERS, "page"),
    )
    return respond.page(
        "consular/world.html",
        about,
        until=midnight(),
        countries=countries,
        by_code={one.code: one for one in countries},
        circles=drawn,
        size=(WIDTH, HEIGHT),
        undrawn=sum(1 for one in countries if one.number) - len(drawn),
        **_choices(sought),
    )


def _one_country(sought: Sought) -> Response:
    found: Paged[Listed] = paged(presence.rows(sought, language().tag, viewer()), Listed, rows=ROWS)
    offices = _offices(found.rows)
    name = country(sought.country)
    about = Page(
        _("Missions: %(country)s", country=name),
        _("The missions in this country or accredited to it, and whether their offices are open."),
        crumbs=(*trail(), _world(), (name, None)),
        queries=(*FILTERS, "page"),
    )
    return respond.page(
        "consular/country.html",
        about,
        until=soonest(midnight(), *(one.holds_until for several in offices.values() for one in several)),
        found=found,
        there=[one for one in found.rows if one.host == sought.country],
        away=[one for one in found.rows if one.host != sought.country],
        offices=offices,
        **_choices(sought),
    )


def _choices(sought: Sought) -> dict[str, Any]:
    return {"sought": sought, "kinds": _kinds(), "reaches": presence.REACHES}


def _kinds() -> dict[MissionKind, str]:
    return {kind: translate(label) for kind, label in labels.MISSIONS.items()}


def _seats(sought: Sought) -> list[Seats]:
    return [Seats(*row) for row in session().execute(presence.seats(sought, viewer()), moment())]


def _represented(sought: Sought) -> dict[str, int]:
    return dict(session().execute(presence.represented(sought, viewer()), moment()).all())


def _countries(seats: list[Seats], elsewhere: dict[str, int]) -> list[Country]:
    """Return the countries in the order of the alphabet."""
    rank = {kind: number for number, kind in enumerate(MissionKind)}
    called, tag = _kinds(), language().tag
    number, kinds = Counter[str](), defaultdict[str, list[str]](list)
    for one in sorted(seats, key=lambda one: rank[one.kind]):
        number[one.country] += one.number
        kinds[one.country].append(called[one.kind] + (f" ({one.number})" if one.number > 1 else ""))
    found = [
        Country(code, country(code), number[code], " · ".join(kinds[code]), elsewhere.get(code, 0))
        for code in {*number, *elsewhere}
    ]
    return sorted(found, key=lambda one: (sort_key(one.name, tag), one.code))


def _places(seats: list[Seats]) -> list[Place]:
    """Return the countries of whose missions it is known where they are, each at the mean of their points."""
    number, located = Counter[str](), Counter[str]()
    latitude, longitude = defaultdict[str, float](float), defaultdict[str, float](float)
    for one in seats:
        number[one.country] += one.number
        located[one.country] += one.located
        latitude[one.country] += one.latitude or 0
        longitude[one.country] += one.longitude or 0
    return [
        Place(code, number[code], latitude[code] / known, longitude[code] / known)
        for code, known in located.items()
        if known
    ]


def _offices(missions: list[Listed]) -> dict[int, list[Shown]]:
    """Return the offices of missions with their opening states, by mission."""
    wanted = presence.offices([one.id for one in missions], viewer())
    found: defaultdict[int, list[Shown]] = defaultdict(list)
    for one in shown(session().scalars(wanted, moment()), now()):
        found[one.office.mission_id].append(one)
    return found
