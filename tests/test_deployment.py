"""The deployment file: what it may say, and by which line it is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from embassy.config import SAMPLE
from embassy.core.languages import SPOKEN
from embassy.core.text import Localized
from embassy.deployment import PATIENCE, Deployment, DeploymentError, Party, read

PLAIN = """\
[site]
name = { en = "Embassy", sq = "Ambasada" }
tagline = { en = "Hours and events" }
accent = "#8A1C2B"
contact = "mailto:webmaster@example.org"

[service]
sending_state = "AL"
legal_zone = "Europe/Brussels"
rooms = ["events"]

[languages]
offered = ["sq", "en", "fr"]
default = "en"

[languages.fallback]
fr = ["en", "sq"]

[parties.XK]
name = { en = "Kosovo*" }
footnote = { en = "* A note." }
"""
KNOWN = ", ".join(SPOKEN)
DAYS = "confirmed_for, with a whole number of days."
STEP = "one of signature, determination, assent, consent, with a whole number of days."


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Write the plain deployment file, with some of its text replaced."""

    def write(*replaced: tuple[str, str]) -> Path:
        text = PLAIN
        for there, instead in replaced:
            assert text.count(there) == 1
            text = text.replace(there, instead)
        path = tmp_path / "deployment.toml"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return path

    return write


def test_a_whole_file_is_read(file: Callable[..., Path]) -> None:
    deployment = read(file())

    french = deployment.language("fr")
    assert deployment == Deployment(
        name=Localized("en", {"en": "Embassy", "sq": "Ambasada"}),
        tagline=Localized("en", {"en": "Hours and events"}),
        sample_notice=None,
        accent="#8a1c2b",
        contact="mailto:webmaster@example.org",
        sending_state="AL",
        legal_zone=deployment.legal_zone,
        rooms=("events",),
        languages=deployment.languages,
        default=SPOKEN["en"],
        parties={"XK": Party(Localized("en", {"en": "Kosovo*"}), Localized("en", {"en": "* A note."}))},
        patience=PATIENCE,
        confirmed_for=365,
    )
    assert [language.tag for language in deployment.languages] == ["sq", "en", "fr"]
    assert deployment.legal_zone.key == "Europe/Brussels"
    assert french is not None
    assert french.fallback == (SPOKEN["en"], SPOKEN["sq"])
    assert deployment.language("de") is None


def test_chains_parties_and_their_footnotes_may_be_left_out(file: Callable[..., Path]) -> None:
    bare = read(
        file(('\n[languages.fallback]\nfr = ["en", "sq"]\n', ""), ('footnote = { en = "* A note." }\n', ""))
    )

    assert (bare.languages[2].fallback, bare.parties["XK"].footnote) == ((), None)
    assert read(file((PLAIN[PLAIN.index("[parties") :], ""))).parties == {}


def test_a_deployment_waits_longer_or_shorter_for_some_steps(file: Callable[..., Path]) -> None:
    impatient = read(file(("[parties.XK]", "[patience]\nassent = 90\n\n[parties.XK]")))

    assert impatient.patience == {"signature": 365, "determination": 365, "assent": 90, "consent": 180}


def test_a_deployment_asks_for_hours_to_be_confirmed_more_often(file: Callable[..., Path]) -> None:
    strict = read(file(("[parties.XK]", "[hours]\nconfirmed_for = 90\n\n[parties.XK]")))

    assert strict.confirmed_for == 90


def test_the_sample_file_is_a_good_one() -> None:
    deployment = read(SAMPLE / "deployment.toml")

    assert [language.tag for language in deployment.languages] == [
        "sq",
        "en",
        "fr",
        "nl",
        "de",
        "sr",
        "sr-Latn",
        "ar",
    ]


TEXT = f'a text by language, such as {{ en = "…" }}, with known languages: {KNOWN}.'
LANGUAGES = f"a list of known languages: {KNOWN}."


@pytest.mark.parametrize(
    ("there", "instead", "told"),
    [
        ('name = { en = "Embassy", sq = "Ambasada" }', 'name = "Embassy"', f"line 2, key site.name: {TEXT}"),
        ('name = { en = "Embassy", sq = "Ambasada" }\n', "", f"line 1, key site.name: {TEXT}"),
        ("tagline = { en", "tagline = { tlh", f"line 3, key site.tagline: {TEXT}"),
        ("tagline = { en", "tagline = { sq", f"line 3, key site.tagline: {TEXT}"),
        ('{ en = "Hours and events" }', "{ en = 5 }", f"line 3, key site.tagline: {TEXT}"),
        (
            "#8A1C2B",
            "maroon",
            'line 4, key site.accent: a colour of six hexadecimal figures, such as "#8a1c2b".',
        ),
        (
            '"#8A1C2B"',
            "5",
            'line 4, key site.accent: a colour of six hexadecimal figures, such as "#8a1c2b".',
        ),
        (
            "#8A1C2B",
            "#777777",
            "line 4, key site.accent: its contrast with white is 4.48:1; choose a darker one, 4.5:1 or more.",
        ),
        ("mailto:", "", "line 5, key site.contact: an address that begins with mailto: or https://."),
        ('"AL"', '"Albania"', "line 8, key service.sending_state: a country code, such as AL."),
        ('"AL"', "5", "line 8, key service.sending_state: a country code, such as AL."),
        (
            "Europe/Brussels",
            "CEST",
            "line 9, key service.legal_zone: an IANA time zone, such as Europe/Brussels.",
        ),
        (
            '"Europe/Brussels"',
            '["UTC"]',
            "line 9, key service.legal_zone: an IANA time zone, such as Europe/Brussels.",
        ),
        ('["events"]', "[]", 'line 10, key service.rooms: the rooms that are on, such as ["events"].'),
        ('["events"]', "[5]", 'line 10, key service.rooms: the rooms that are on, such as ["events"].'),
        ('["sq", "en", "fr"]', '["tlh"]', f"line 13, key languages.offered: {LANGUAGES}"),
        ('["sq", "en", "fr"]', '["en", "en"]', f"line 13, key languages.offered: {LANGUAGES}"),
        ('default = "en"', 'default = "de"', "line 14, key languages.default: one of the offered languages."),
        ('fr = ["en", "sq"]', 'fr = ["tlh"]', f"line 17, key languages.fallback.fr: {LANGUAGES}"),
        ('fr = ["en", "sq"]', 'tlh = ["en"]', f"line 17, key languages.fallback.tlh: {LANGUAGES}"),
        (
            '\n[languages.fallback]\nfr = ["en", "sq"]',
            "fallback = 5",
            "line 15, key languages.fallback: a section of its own: [languages.fallback].",
        ),
        (
            "XK",
            "Kosovo",
            "line 20, key parties.Kosovo.name: a party is named by its two-letter country code.",
        ),
        ("[parties.XK]", "[parties.XK.names]", f"line 1, key parties.XK.name: {TEXT}"),
        ('{ en = "* A note." }', '"A note"', f"line 21, key parties.XK.footnote: {TEXT}"),
        ("[parties.XK]", "[patience]\nlunch = 1\n[parties.XK]", f"line 20, key patience.lunch: {STEP}"),
        ("[parties.XK]", "[patience]\nassent = 0\n[parties.XK]", f"line 20, key patience.assent: {STEP}"),
        ("[parties.XK]", "[patience]\nassent = true\n[parties.XK]", f"line 20, key patience.assent: {STEP}"),
        ("[parties.XK]", '[patience]\nassent = "1"\n[parties.XK]', f"line 20, key patience.assent: {STEP}"),
        ("[parties.XK]", "[hours]\nopen = 9\n[parties.XK]", f"line 20, key hours.open: {DAYS}"),
        (
            "[parties.XK]",
            "[hours]\nconfirmed_for = 0\n[parties.XK]",
            f"line 20, key hours.confirmed_for: {DAYS}",
        ),
        ("[site]", "parties = 5\n[site]", "line 1, key parties: a section of its own: [parties]."),
    ],
)
def test_a_key_that_cannot_stand_is_named_by_file_line_and_key(
    file: Callable[..., Path], there: str, instead: str, told: str
) -> None:
    first = ((PLAIN[PLAIN.index("[parties") :], ""),) if instead.startswith("parties") else ()
    path = file(*first, (there, instead))

    with pytest.raises(DeploymentError) as refused:
        read(path)

    assert str(refused.value) == f"{path}, {told}"


@pytest.mark.parametrize(
    ("there", "instead", "told"),
    [
        (
            '"AL"',
            "AL",
            ": Invalid value (at line 8, column 17). Mend the line; strings stand in quotation marks.",
        ),
        ('"AL"', '"\udcff"', ", line 8: text in UTF-8 is expected."),
    ],
)
def test_a_line_that_cannot_be_read_is_named(
    file: Callable[..., Path], there: str, instead: str, told: str
) -> None:
    path = file((there, instead))

    with pytest.raises(DeploymentError) as refused:
        read(path)

    assert str(refused.value) == f"{path}{told}"


def test_a_file_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(DeploymentError) as refused:
        read(tmp_path / "none.toml")

    assert str(refused.value) == (
        f"{tmp_path}/none.toml: there is no such file. Set EMBASSY_DEPLOYMENT to your deployment file."
    )
