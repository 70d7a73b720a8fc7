"""The deployment file: who runs the service, for whom and in which languages, checked at start."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from embassy.core.contrast import contrast
from embassy.core.languages import SPOKEN, Language
from embassy.core.text import Localized


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
    where a reader's wish is unknown.
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

    def language(self, tag: str) -> Language | None:
        """Return the offered language with this tag."""
        return next((language for language in self.languages if language.tag == tag), None)


class _Reader:
    """Reads keys one by one, and names file, line and key of whatever is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = path.read_text(encoding="utf-8").splitlines()
        try:
            self.table = tomllib.loads("\n".join(self.lines))
        except tomllib.TOMLDecodeError as error:
            raise DeploymentError(
                f"{path}: {error}. Mend the line; strings stand in quotation marks."
            ) from None

    def wrong(self, section: str, key: str, expected: str) -> DeploymentError:
        """Return the error for a key, with the line it stands on (or where its section begins)."""
        inside, line = False, 1
        for number, text in enumerate(self.lines, 1):
            if text.startswith("["):
                inside = text.strip() == f"[{section}]"
                line = number if inside else line
            elif inside and re.match(rf"\s*{re.escape(key)}\s*=", text):
                line = number
                break
        return DeploymentError(f"{self.path}, line {line}, key {section}.{key}: {expected}")

    def get(self, section: str, key: str, fits: Callable[[Any], bool], expected: str) -> Any:
        """Return the value of a key; raises DeploymentError if it is missing or does not fit."""
        value: Any = self.table
        for name in (*section.split("."), key):
            value = value.get(name) if isinstance(value, dict) else None
        if not fits(value):
            raise self.wrong(section, key, expected)
        return value

    def words(self, section: str, key: str, source: str, *, needed: bool = True) -> Localized | None:
        """Return a text by language; raises DeploymentError unless the default language has it."""
        expected = (
            f'a text by language, such as {{ {source} = "…" }}, with known languages: {", ".join(SPOKEN)}.'
        )

        def fits(value: Any) -> bool:
            if value is None:
                return not needed
            known = isinstance(value, dict) and all(
                isinstance(v, str) and k in SPOKEN for k, v in value.items()
            )
            return known and source in value

        value = self.get(section, key, fits, expected)
        return Localized(source, value) if value is not None else None


def read(path: Path) -> Deployment:
    """Return the checked deployment file; raises DeploymentError with file, line and key."""
    if not path.is_file():
        raise DeploymentError(
            f"{path}: there is no such file. Set EMBASSY_DEPLOYMENT to your deployment file."
        )
    reader = _Reader(path)
    languages, default = _languages(reader)
    name, tagline = (reader.words("site", key, default.tag) for key in ("name", "tagline"))
    if name is None or tagline is None:
        raise reader.wrong("site", "name", "a text by language.")
    zone = reader.get(
        "service",
        "legal_zone",
        lambda v: v in available_timezones(),
        "an IANA time zone, such as Europe/Brussels.",
    )
    return Deployment(
        name=name,
        tagline=tagline,
        sample_notice=reader.words("site", "sample_notice", default.tag, needed=False),
        accent=_accent(reader),
        contact=reader.get(
            "site", "contact", _is_contact, "an address that begins with mailto: or https://."
        ),
        sending_state=reader.get("service", "sending_state", _is_country, "a country code, such as AL."),
        legal_zone=ZoneInfo(zone),
        rooms=tuple(
            reader.get("service", "rooms", _is_list_of_text, 'the rooms that are on, such as ["events"].')
        ),
        languages=languages,
        default=default,
        parties=_parties(reader, default.tag),
    )


def _languages(reader: _Reader) -> tuple[tuple[Language, ...], Language]:
    known = f"a list of known languages: {', '.join(SPOKEN)}."

    def are_known(value: Any) -> bool:
        return (
            _is_list_of_text(value) and all(tag in SPOKEN for tag in value) and len(set(value)) == len(value)
        )

    offered = reader.get("languages", "offered", are_known, known)
    default = reader.get("languages", "default", lambda v: v in offered, "one of the offered languages.")
    chains = reader.table["languages"].get("fallback", {})
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
            "site", "accent", f"its contrast with white is {ratio:.1f}:1; choose a darker one, 4.5:1 or more."
        )
    return accent.lower()


def _parties(reader: _Reader, source: str) -> dict[str, Party]:
    parties = {}
    for code in reader.table.get("parties", {}):
        section = f"parties.{code}"
        name = reader.words(section, "name", source)
        if name is None or not _is_country(code):
            raise reader.wrong(section, "name", "a party is named by its two-letter country code.")
        parties[code] = Party(name, reader.words(section, "footnote", source, needed=False))
    return parties


def _is_country(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Z]{2}", value) is not None


def _is_contact(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("mailto:", "https://"))


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)
