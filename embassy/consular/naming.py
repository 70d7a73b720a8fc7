"""What a mission is called that comes in by a file without a name: by its kind, its town and its country."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from embassy.consular.facts import MISSION
from embassy.consular.labels import MISSIONS
from embassy.consular.vocabulary import MissionKind
from embassy.core.facts import Refused, parse_all
from embassy.core.folding import fold
from embassy.core.languages import Language
from embassy.core.messages import Message, say
from embassy.core.text import Localized
from embassy.db.kinds import Designation
from embassy.web.locale import translate

LONGEST = 80
MADE = ("slug", "title", "summary", "accreditations")
TOLD = tuple(fact for fact in MISSION if fact.name in ("kind", "host", "city"))
# Of these a state has one in a town: the address does not need to say which it is.
SINGLE = (MissionKind.embassy, MissionKind.high_commission, MissionKind.apostolic_nunciature)
CONTRACTED = ((re.compile(r"\bà Le (?=\w)"), "au "), (re.compile(r"\bà Les (?=\w)"), "aux "))


def completed(
    raw: Mapping[str, Any], languages: Sequence[Language], designation: Designation
) -> Mapping[str, Any]:
    """Return a mission's raw facts with an address, title and summary of its own, if it says where it lies.

    Several countries in one accreditation are taken for one each; that to the host country is resident.
    """
    try:
        told = parse_all(TOLD, {fact.name: raw[fact.name] for fact in TOLD if fact.name in raw})
    except Refused:
        return raw
    kind, host, city = (told[fact.name] for fact in TOLD)
    made = {"slug": slug(kind, host, city), **texts(kind, host, city, languages, designation)}
    given = {name: value for name, value in raw.items() if value not in (None, "", {}, [])}
    return {**made, **given, **accreditations(raw.get("accreditations"), host)}


def slug(kind: MissionKind, host: str, city: Localized | None) -> str:
    """Return the address of a mission: its country, its town, and its kind where there may be several."""
    forms = (fold(city.texts[tag]) for tag in city.forms()) if city else ()
    town = next(filter(None, ("-".join(re.findall("[a-z0-9]+", form)) for form in forms)), "")
    town = town[:LONGEST].rstrip("-")
    sort = "" if town and kind in SINGLE else kind.replace("_", "-")
    return "-".join(filter(None, (host.lower(), town, sort)))


def texts(
    kind: MissionKind,
    host: str,
    city: Localized | None,
    languages: Sequence[Language],
    designation: Designation,
) -> dict[str, dict[str, str]]:
    """Return title and summary in every language that is not derived from another."""
    tags = {one.tag for one in languages}
    title, summary = {}, {}
    for one in languages:
        if one.tag == "sr-Latn" and "sr" in tags:
            continue
        country, town = designation(host, one), city.best(one)[1] if city else ""
        title[one.tag] = _contracted(translate(_called(kind, town, country), one), one)
        summary[one.tag] = translate(_described(kind, town, country), one)
    return {"title": title, "summary": summary}


def _called(kind: MissionKind, town: str, country: str) -> Message:
    if not town:
        return Message("%(kind)s · %(country)s", {"kind": MISSIONS[kind], "country": country})
    # Translators: a kind of mission and its town: “Embassy in Paris”; write “Embassy · Paris” where the
    # name of the town would have to be declined.
    return say("%(kind)s in %(city)s", kind=MISSIONS[kind], city=town)


def _described(kind: MissionKind, town: str, country: str) -> Message:
    place = say("%(city)s, %(country)s", city=town, country=country) if town else country
    return say("%(kind)s. Seat: %(place)s.", kind=MISSIONS[kind], place=place)


def _contracted(title: str, spoken: Language) -> str:
    """Return a title in which a French article has melted into its preposition (au Caire)."""
    for written, contracted in CONTRACTED if spoken.tag == "fr" else ():
        title = written.sub(contracted, title)
    return title


def accreditations(given: Any, host: str) -> dict[str, list[Any]]:
    """Return accreditations, each to one country; nothing where none are given as parts."""
    if not isinstance(given, list):
        return {}
    return {"accreditations": [one for part in given for one in _each(part, host)]}


def _each(part: Any, host: str) -> Iterator[Any]:
    if not isinstance(part, Mapping) or not isinstance(part.get("country"), str):
        yield part
        return
    for code in re.split(r"[\s;,]+", part["country"].strip()):
        resident = part.get("resident") or ("yes" if code == host else "no")
        yield {**part, "country": code, "resident": resident}
