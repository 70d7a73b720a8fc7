"""Sending what waits in the outbox: at least once, and always under the same Message-ID."""

import smtplib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import select

from embassy.config import Settings
from embassy.db.database import Database
from embassy.db.outbox import Mail

Postbox = Callable[[EmailMessage], None]
LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)


def postbox(settings: Settings) -> Postbox | None:
    """Return where mails go: an SMTP server, in the local demo a folder; None leaves them waiting."""
    if settings.smtp_url:
        return lambda message: _hand_over(settings.smtp_url, message)
    return (lambda message: _file(settings.data / "mail", message)) if settings.demo else None


def send_due(database: Database, settings: Settings, post: Postbox, now: datetime) -> int:
    """Send each mail that is due and return how many went; one that fails is tried again, later each time.

    A mail is taken for five minutes before it is sent and marked afterwards: whoever dies in between
    leaves it to be sent again, and no two workers send it at once (SKIP LOCKED).
    """
    sent = 0
    while (taken := _take(database, now)) is not None:
        try:
            post(_message(taken, settings))
        except (OSError, smtplib.SMTPException) as error:
            _put_back(database, taken.id, str(error), now)
        else:
            _cross_off(database, taken.id, now)
            sent += 1
    return sent


def _take(database: Database, now: datetime) -> Mail | None:
    due = select(Mail).where(Mail.sent_at.is_(None), Mail.due_at <= now).order_by(Mail.due_at, Mail.id)
    with database.quietly_writing() as session:
        mail = session.scalar(due.limit(1).with_for_update(skip_locked=True))
        if mail is not None:
            mail.attempts, mail.due_at = mail.attempts + 1, now + LEASE
            session.flush()
            session.expunge(mail)
    return mail


def _put_back(database: Database, mail_id: int, failure: str, now: datetime) -> None:
    with database.quietly_writing() as session:
        mail = session.get_one(Mail, mail_id)
        mail.failure = failure
        mail.due_at = now + min(LONGEST_WAIT, timedelta(minutes=2 ** min(mail.attempts, 10)))


def _cross_off(database: Database, mail_id: int, now: datetime) -> None:
    with database.quietly_writing() as session:
        mail = session.get_one(Mail, mail_id)
        mail.sent_at, mail.failure = now, ""
        mail.recipient = mail.subject = mail.body = ""


def _message(mail: Mail, settings: Settings) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail_from
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at.astimezone(UTC))
    message["Message-ID"] = f"<{mail.uid}@{settings.host.partition(':')[0]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    # Setting the content takes every Content-* field away.
    message["Content-Language"] = mail.language
    return message


def _hand_over(url: str, message: EmailMessage) -> None:
    """Give a message to the server at an address, signing in where it says as whom."""
    parts = urlsplit(url)
    connect = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with connect(parts.hostname or "", parts.port or 0, timeout=30) as server:
        if parts.scheme == "smtp+starttls":
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _file(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    (folder / f"{name}.eml").write_bytes(message.as_bytes())
