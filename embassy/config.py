"""Every setting of the service, read from the environment once, at start."""

import hmac
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class SettingsError(ValueError):
    """A setting that cannot stand; says which one and what to do."""


@dataclass(frozen=True)
class Settings:
    """The settings. Each is an environment variable named EMBASSY_ and the field in capitals.

    data: folder for the SQLite file, uploaded files and the local demo's secret key.
    database_url: SQLAlchemy address; default is the file `embassy.sqlite` in `data`.
    public_url: scheme and host readers use, such as https://embassy.example.org; all absolute
        addresses come from it, and a request for another host is refused.
    deployment: path of the deployment file (TOML); default is the sample embassy's.
    secret_key: at least 32 characters, random; signs sessions and links.
    demo: 1 for a local trial: plain http, a secret key made and kept in `data`.
    debug: 1 shows errors in full; refused outside the demo.
    proxies: number of trusted proxies in front (nginx counts one); 0 believes no X-Forwarded-* header.
    workers: gunicorn processes, at least one.
    smtp_url: where mails are handed over, such as smtp+starttls://user:password@mail.example.org:587
        (also smtps:// and, on the same machine, smtp://); without it they wait, in the demo they
        become files in the folder `mail` of `data`.
    mail_from: the sender's address; default is no-reply at the host of `public_url`.
    """

    data: Path
    database_url: str
    public_url: str
    deployment: Path
    secret_key: str
    demo: bool = False
    debug: bool = False
    proxies: int = 0
    workers: int = 2
    smtp_url: str = ""
    mail_from: str = ""

    @property
    def host(self) -> str:
        """Return the one host name, with its port if it has one, that the service answers to."""
        return urlsplit(self.public_url).netloc

    def key(self, use: str) -> bytes:
        """Return a key of its own for each use, all from the one secret (RFC 5869 in its simplest case)."""
        return hmac.new(self.secret_key.encode(), use.encode(), "sha256").digest()

    @property
    def files(self) -> Path:
        """Return the folder of the files that records hold."""
        return self.data / "files"

    @property
    def erasures(self) -> Path:
        """Return the list of what was erased; it lies beside the database and outlives its backups."""
        return self.data / "erasures.jsonl"


SAMPLE = Path(__file__).parent / "sample"
PUBLIC_URL = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
SMTP_URL = re.compile(r"smtp(s|\+starttls)?://([^@/\s]+@)?[A-Za-z0-9.-]+:[0-9]{1,5}")


def sample_files(kind: str) -> list[Path]:
    """Return the files with the sample's records of a kind: `event.json`, then such as `event-more.json`."""
    files = (SAMPLE / f"{kind}.json", *sorted(SAMPLE.glob(f"{kind}-*.json")))
    return [file for file in files if file.is_file()]


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; raises SettingsError naming the variable and what it should be."""
    demo, debug = _flag(environment, "DEMO"), _flag(environment, "DEBUG")
    data = Path(environment.get("EMBASSY_DATA", ".data")).resolve()
    if debug and not demo:
        raise SettingsError(
            "EMBASSY_DEBUG is on outside the local demo. Remove it: errors would show secrets."
        )
    public_url = _public_url(environment, demo)
    host = urlsplit(public_url).hostname
    return Settings(
        data=data,
        database_url=environment.get("EMBASSY_DATABASE_URL", f"sqlite:///{data / 'embassy.sqlite'}"),
        public_url=public_url,
        deployment=Path(environment.get("EMBASSY_DEPLOYMENT", SAMPLE / "deployment.toml")),
        secret_key=_secret_key(environment, data, demo),
        demo=demo,
        debug=debug,
        proxies=_number(environment, "PROXIES", 0),
        workers=_number(environment, "WORKERS", 2, least=1),
        smtp_url=_smtp_url(environment),
        mail_from=environment.get("EMBASSY_MAIL_FROM", f"no-reply@{host}"),
    )


def _flag(environment: Mapping[str, str], name: str) -> bool:
    value = environment.get(f"EMBASSY_{name}", "0")
    if value not in ("0", "1"):
        raise SettingsError(f"EMBASSY_{name} is “{value}”. Write 1 for yes or 0 for no.")
    return value == "1"


def _number(environment: Mapping[str, str], name: str, default: int, *, least: int = 0) -> int:
    value = environment.get(f"EMBASSY_{name}", str(default))
    if not re.fullmatch("[0-9]{1,3}", value) or int(value) < least:
        raise SettingsError(f"EMBASSY_{name} is “{value}”. Write a whole number from {least} to 999.")
    return int(value)


def _public_url(environment: Mapping[str, str], demo: bool) -> str:
    url = environment.get("EMBASSY_PUBLIC_URL", "http://127.0.0.1:8000" if demo else "")
    url = url.rstrip("/").lower()
    if not PUBLIC_URL.fullmatch(url):
        raise SettingsError(
            f"EMBASSY_PUBLIC_URL is “{url}”. Write the address readers use, such as https://embassy.example.org."
        )
    if url.startswith("http:") and not demo:
        raise SettingsError(
            "EMBASSY_PUBLIC_URL begins with http://. Outside the local demo it must be https://."
        )
    return url


def _smtp_url(environment: Mapping[str, str]) -> str:
    url = environment.get("EMBASSY_SMTP_URL", "")
    if url and not SMTP_URL.fullmatch(url):
        raise SettingsError(
            "EMBASSY_SMTP_URL is no address of a mail server. Write one with its port, "
            "such as smtp+starttls://user:password@mail.example.org:587."
        )
    return url


def _secret_key(environment: Mapping[str, str], data: Path, demo: bool) -> str:
    key = environment.get("EMBASSY_SECRET_KEY", "")
    if not key and demo:
        kept = data / "secret-key"
        if not kept.exists():
            data.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_hex(32))
        key = kept.read_text()
    if len(key) < 32 or len(set(key)) < 10:
        raise SettingsError(
            "EMBASSY_SECRET_KEY is missing or weak. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_hex(32))'"
        )
    return key
