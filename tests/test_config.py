"""Settings from the environment, and what is refused before anything starts."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from embassy.config import SAMPLE, Settings, SettingsError, read

KEY = "0123456789abcdef0123456789abcdef"
SET = {"EMBASSY_PUBLIC_URL": "https://embassy.example", "EMBASSY_SECRET_KEY": KEY}
SMTP = "EMBASSY_SMTP_URL is no address of a mail server."
MAIL_SERVER = "smtp+starttls://user:password@mail.example.org:587"
NUMBER = "Write a whole number from 0 to 999."
ADDRESS = "Write the address readers use, such as https://embassy.example.org."


def test_settings_that_are_left_out_have_their_defaults(tmp_path: Path) -> None:
    settings = read(SET | {"EMBASSY_DATA": str(tmp_path)})

    assert settings == Settings(
        data=tmp_path,
        database_url=f"sqlite:///{tmp_path}/embassy.sqlite",
        public_url="https://embassy.example",
        deployment=SAMPLE / "deployment.toml",
        secret_key=KEY,
        mail_from="no-reply@embassy.example",
    )


def test_every_setting_can_be_set(tmp_path: Path) -> None:
    told = {
        "DATA": str(tmp_path),
        "DATABASE_URL": "postgresql+psycopg:///embassy",
        "PUBLIC_URL": "HTTP://Embassy.Example:8080/",
        "DEPLOYMENT": "/etc/embassy.toml",
        "SECRET_KEY": KEY,
        "DEMO": "1",
        "DEBUG": "1",
        "PROXIES": "1",
        "WORKERS": "8",
        "SMTP_URL": "smtp+starttls://post:s%40cret@mail.example.org:587",
        "MAIL_FROM": "desk@embassy.example",
    }

    settings = read({f"EMBASSY_{name}": value for name, value in told.items()})

    assert settings == Settings(
        tmp_path,
        "postgresql+psycopg:///embassy",
        "http://embassy.example:8080",
        Path("/etc/embassy.toml"),
        KEY,
        demo=True,
        debug=True,
        proxies=1,
        workers=8,
        smtp_url="smtp+starttls://post:s%40cret@mail.example.org:587",
        mail_from="desk@embassy.example",
    )
    assert settings.host == "embassy.example:8080"
    assert {name.lower() for name in told} == {field.name for field in fields(Settings)}


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    documented = re.findall(r"^    (\w+): ", Settings.__doc__ or "", re.MULTILINE)

    assert documented == [field.name for field in fields(Settings)]


def test_the_demo_makes_its_secret_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    demo = {"EMBASSY_DEMO": "1", "EMBASSY_DATA": str(tmp_path / "new")}

    first, second = read(demo), read(demo)

    assert (first.secret_key, len(first.secret_key)) == (second.secret_key, 64)
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert first.public_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DEBUG", "1", "EMBASSY_DEBUG is on outside the local demo. Remove it: errors would show secrets."),
        ("DEMO", "yes", "EMBASSY_DEMO is “yes”. Write 1 for yes or 0 for no."),
        ("DEBUG", "", "EMBASSY_DEBUG is “”. Write 1 for yes or 0 for no."),
        (
            "PUBLIC_URL",
            "http://embassy.example",
            "EMBASSY_PUBLIC_URL begins with http://. Outside the local demo it must be https://.",
        ),
        ("PUBLIC_URL", "", f"EMBASSY_PUBLIC_URL is “”. {ADDRESS}"),
        ("PUBLIC_URL", "embassy.example", f"EMBASSY_PUBLIC_URL is “embassy.example”. {ADDRESS}"),
        ("PUBLIC_URL", "https://[", f"EMBASSY_PUBLIC_URL is “https://[”. {ADDRESS}"),
        (
            "PUBLIC_URL",
            "https://a.example/site",
            f"EMBASSY_PUBLIC_URL is “https://a.example/site”. {ADDRESS}",
        ),
        ("PUBLIC_URL", "https://me@a.example", f"EMBASSY_PUBLIC_URL is “https://me@a.example”. {ADDRESS}"),
        ("PUBLIC_URL", "https://a.example?b", f"EMBASSY_PUBLIC_URL is “https://a.example?b”. {ADDRESS}"),
        ("PROXIES", "-1", f"EMBASSY_PROXIES is “-1”. {NUMBER}"),
        ("PROXIES", "²", f"EMBASSY_PROXIES is “²”. {NUMBER}"),
        ("PROXIES", "1" * 5000, f"EMBASSY_PROXIES is “{'1' * 5000}”. {NUMBER}"),
        *[
            ("SMTP_URL", url, f"{SMTP} Write one with its port, such as {MAIL_SERVER}.")
            for url in ("mail.example.org", "smtp://mail.example.org", "http://mail.example.org:25")
        ],
        ("WORKERS", "0", "EMBASSY_WORKERS is “0”. Write a whole number from 1 to 999."),
    ],
)
def test_a_setting_that_cannot_stand_is_named(name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(SET | {f"EMBASSY_{name}": value})

    assert str(refused.value) == told


@pytest.mark.parametrize("key", ["", KEY[:31], "a" * 64, "123456789" * 8])
def test_a_missing_or_weak_key_is_refused_with_the_way_to_a_good_one(key: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(SET | {"EMBASSY_SECRET_KEY": key})

    assert str(refused.value) == (
        "EMBASSY_SECRET_KEY is missing or weak. Make one with: "
        "python3 -c 'import secrets; print(secrets.token_hex(32))'"
    )


def test_the_readme_names_every_setting() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")

    told = {field.name for field in fields(Settings) if f"`EMBASSY_{field.name.upper()}`" in readme}

    assert told == {field.name for field in fields(Settings)}
