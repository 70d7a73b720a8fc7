"""The deployment file: who runs the service, for whom and in which languages, checked at start."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from embassy.core.contrast import contrast
from embassy.core.languages import SPOKEN, Language
from embassy.core.text import Localized
from embassy.core.tzdb import names as zone_names
from embassy.core.tzdb import zone as zone_named

# After how many days an open step on the way into force counts as overdue, unless the file says otherwise.
PATIENCE = {"signature": 365, "determination": 365, "assent": 730, "consent": 180}
# For how many days a post's word on its hours holds, unless the file says otherwise.
CONFIRMED_FOR = 365


class DeploymentError(ValueError):
    """A line of the deployment file that cannot stand."""


@dataclass(frozen=True)
class Party:
    """How a party is designated here, where the usual country name is not to be used."""

    name: Localized
    footnote: Localized | None


@dataclass(frozen=True)
class Deployment:
    """The checked deployment file. `languages` carry their fallback chains; `default` comes first
    where a reader's wish is unknown. `patience` tells after how many days each kind of step is overdue,
    `confirmed_for` after how many the hours of an office should be confirmed anew.
    """

    name: Localized
    tagline: Localized
    sample_notice: Localized | None
    accent: str
    contact: str
    sending_state: str
    legal_zone: ZoneInfo
    rooms: tuple[str, ...]
    languages: tuple[Language, ...]
    default: Language
    parties: Mapping[str, Party]
    patience: Mapping[str, int]
    confirmed_for: int

    def language(self, tag: str) -> Language | None:
        """Return the offered language with this tag."""
        return next((language for language in self.languages if language.tag == tag), None)


class _Reader:
    """Reads keys one by one, and names file, line and key of whatever is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.lines = path.read_text(encoding="utf-8").splitlines()
            self.table = tomllib.loads("\n".join(self.lines))
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise DeploymentError(f"{path}, line {line}: text in UTF-8 is expected.") from None
        except tomllib.TOMLDecodeError as error:
            raise DeploymentError(
                f"{path}: {error}. Mend the line; strings stand in quotation marks."
            ) from None

    def wrong(self, section: str, key: str, expected: str) -> DeploymentError:
        """Return the error for a key, with the line it stands on (or where its section begins)."""
        inside, line = not section, 1
        for number, text in enumerate(self.lines, 1):
            if text.startswith("["):
                inside = text.strip() == f"[{section}]"
                line = number if inside else line
            elif inside and re.match(rf"\s*{re.escape(key)}\s*=", text):
                line = number
                break
        name = ".".join(filter(None, (section, key)))
        return DeploymentError(f"{self.path}, line {line}, key {name}: {expected}")

    def get(self, section: str, key: str, fits: Callable[[Any], bool], expected: str) -> Any:
        """Return the value of a key; raises DeploymentError if it is missing or does not fit."""
        value: Any = self.table
        for name in (*section.split("."), key):
            value = value.get(name) if isinstance(value, dict) else None
        if not fits(value):
            raise self.wrong(section, key, expected)
        return value

    def section(self, *names: str) -> Mapping[str, Any]:
        """Return a section that may be left out; raises DeploymentError if it is something else."""
        found: Any = self.table
        for name in names:
            found = found.get(name, {})
        if not isinstance(found, dict):
            *outer, key = names
            raise self.wrong(".".join(outer), key, f"a section of its own: [{'.'.join(names)}].")
        return found

    def words(self, section: str, key: str, source: str) -> Localized:
        """Return a text by language; raises DeploymentError unless the default language has it."""
        expected = (
            f'a text by language, such as {{ {source} = "…" }}, with known languages: {", ".join(SPOKEN)}.'
        )

        def fits(value: Any) -> bool:
            known = isinstance(value, dict) and all(
                isinstance(v, str) and k in SPOKEN for k, v in value.items()
            )
            return known and source in value

        return Localized(source, self.get(section, key, fits, expected))

    def words_if_given(self, section: str, key: str, source: str) -> Localized | None:
        """Return a text by language that may be left out."""
        missing = self.get(section, key, lambda _: True, "") is None
        return None if missing else self.words(section, key, source)


def read(path: Path) -> Deployment:
    """Return the checked deployment file; raises DeploymentError with file, line and key."""
    if not path.is_file():
        raise DeploymentError(
            f"{path}: there is no such file. Set EMBASSY_DEPLOYMENT to your deployment file."
        )
    reader = _Reader(path)
    languages, default = _languages(reader)
    zone = reader.get(
        "service",
        "legal_zone",
        lambda v: isinstance(v, str) and v in zone_names(),
        "an IANA time zone, such as Europe/Brussels.",
    )
    return Deployment(
        name=reader.words("site", "name", default.tag),
        tagline=reader.words("site", "tagline", default.tag),
        sample_notice=reader.words_if_given("site", "sample_notice", default.tag),
        accent=_accent(reader),
        contact=reader.get(
            "site", "contact", _is_contact, "an address that begins with mailto: or https://."
        ),
        sending_state=reader.get("service", "sending_state", _is_country, "a country code, such as AL."),
        legal_zone=zone_named(zone),
        rooms=tuple(
            reader.get("service", "rooms", _is_list_of_text, 'the rooms that are on, such as ["events"].')
        ),
        languages=languages,
        default=default,
        parties=_parties(reader, default.tag),
        patience=_patience(reader),
        confirmed_for=_confirmed_for(reader),
    )


def _languages(reader: _Reader) -> tuple[tuple[Language, ...], Language]:
    known = f"a list of known languages: {', '.join(SPOKEN)}."

    def are_known(value: Any) -> bool:
        return (
            _is_list_of_text(value) and all(tag in SPOKEN for tag in value) and len(set(value)) == len(value)
        )

    offered = reader.get("languages", "offered", are_known, known)
    default = reader.get("languages", "default", lambda v: v in offered, "one of the offered languages.")
    chains = reader.section("languages", "fallback")
    for tag in chains:
        reader.get("languages.fallback", tag, lambda v: tag in SPOKEN and are_known(v), known)  # noqa: B023 - called at once
    languages = tuple(
        replace(SPOKEN[tag], fallback=tuple(SPOKEN[step] for step in chains.get(tag, ()))) for tag in offered
    )
    return languages, next(language for language in languages if language.tag == default)


def _accent(reader: _Reader) -> str:
    accent: str = reader.get(
        "site",
        "accent",
        lambda v: isinstance(v, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", v) is not None,
        'a colour of six hexadecimal figures, such as "#8a1c2b".',
    )
    if (ratio := contrast(accent, "#ffffff")) < 4.5:
        raise reader.wrong(
            "site", "accent", f"its contrast with white is {ratio:.2f}:1; choose a darker one, 4.5:1 or more."
        )
    return accent.lower()


def _parties(reader: _Reader, source: str) -> dict[str, Party]:
    parties = {}
    for code in reader.section("parties"):
        section = f"parties.{code}"
        if not _is_country(code):
            raise reader.wrong(section, "name", "a party is named by its two-letter country code.")
        footnote = reader.words_if_given(section, "footnote", source)
        parties[code] = Party(reader.words(section, "name", source), footnote)
    return parties


def _patience(reader: _Reader) -> dict[str, int]:
    known = f"one of {', '.join(PATIENCE)}, with a whole number of days."

    given = {}
    for step in reader.section("patience"):
        given[step] = reader.get("patience", step, lambda days: step in PATIENCE and _are_days(days), known)  # noqa: B023 - called at once
    return PATIENCE | given


def _confirmed_for(reader: _Reader) -> int:
    days = CONFIRMED_FOR
    for key in reader.section("hours"):
        expected = "confirmed_for, with a whole number of days."
        days = reader.get("hours", key, lambda days: key == "confirmed_for" and _are_days(days), expected)  # noqa: B023 - called at once
    return days


def _are_days(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_country(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Z]{2}", value) is not None


def _is_contact(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("mailto:", "https://"))


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
