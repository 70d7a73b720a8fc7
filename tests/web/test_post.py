"""Mails leave the outbox over a real connection: at least once, always under one name (RFC 5322, 3.6.4)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Barrier, Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from sqlalchemy import select

from embassy.config import Settings
from embassy.db.outbox import Mail, letter
from embassy.web import post
from embassy.web.house import House
from tests.servers import free_port

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Box:
    """What a mail server took; it answers the first `unwell` mails that it is out of order."""

    unwell: int = 0
    got: list[EmailMessage] = field(default_factory=list)
    signed_in: list[bytes] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a mail."""
        if self.unwell > 0:
            self.unwell -= 1
            return "451 Try again later"
        assert isinstance(envelope.content, bytes)
        self.got.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
    ) -> AuthResult:
        """Let one user in."""
        assert isinstance(given, LoginPassword)
        self.signed_in.append(given.login)
        return AuthResult(success=given.password == b"s@cret")


@pytest.fixture
def box() -> Box:
    """An empty letter box."""
    return Box()


@pytest.fixture
def server(box: Box) -> Iterator[Controller]:
    """A mail server on a port of its own."""
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=box.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def settings(settings: Settings, server: Controller) -> Settings:
    """Settings that name that server."""
    return replace(settings, smtp_url=f"smtp://127.0.0.1:{server.port}", mail_from="no-reply@embassy.example")


def write(house: House, recipient: str = "ana@example.org", subject: str = "Një fjalëkalim i ri") -> Mail:
    """Put a mail into the outbox."""
    mail = letter(recipient, "sq", subject, "Mirë se vini.\n.\nلطفاً", NOW)
    with house.database.quietly_writing() as writing:
        writing.add(mail)
        writing.flush()
        writing.expunge(mail)
    return mail


def send(house: House, settings: Settings, at: datetime = NOW) -> int:
    """Send what is due."""
    postbox = post.postbox(settings)
    assert postbox is not None
    return post.send_due(house.database, settings, postbox, at)


def kept(house: House) -> list[Mail]:
    """Return the outbox."""
    with house.database.reading() as reading:
        return list(reading.scalars(select(Mail).order_by(Mail.id)))


def test_a_mail_arrives_whole_and_leaves_nothing_behind(house: House, settings: Settings, box: Box) -> None:
    mail = write(house)

    assert send(house, settings) == 1
    (got,) = box.got
    assert {name: got[name] for name in ("From", "To", "Subject", "Message-ID", "Content-Language")} == {
        "From": "no-reply@embassy.example",
        "To": "ana@example.org",
        "Subject": "Një fjalëkalim i ri",
        "Message-ID": f"<{mail.uid}@embassy.example>",
        "Content-Language": "sq",
    }
    assert got["Date"].datetime == NOW
    assert got["Auto-Submitted"] == "auto-generated"
    assert got.get_content().replace("\r\n", "\n").rstrip("\n") == "Mirë se vini.\n.\nلطفاً"
    (after,) = kept(house)
    assert (after.recipient, after.subject, after.body, after.sent_at) == ("", "", "", NOW)
    assert send(house, settings, NOW + timedelta(days=1)) == 0


def test_a_mail_that_is_refused_is_tried_later_and_later_under_the_same_name(
    house: House, settings: Settings, box: Box
) -> None:
    box.unwell = 2
    mail = write(house)

    sent = [send(house, settings, NOW + timedelta(minutes=minutes)) for minutes in (0, 1, 2, 5, 6)]

    assert sent == [0, 0, 0, 0, 1]
    assert [got["Message-ID"] for got in box.got] == [f"<{mail.uid}@embassy.example>"]
    assert kept(house)[0].attempts == 3


def test_waiting_never_takes_longer_than_six_hours(house: House, settings: Settings, box: Box) -> None:
    box.unwell = 100
    write(house)
    at = NOW
    for _time in range(14):
        send(house, settings, at)
        at += timedelta(hours=6)

    (mail,) = kept(house)
    assert mail.due_at - (at - timedelta(hours=6)) == timedelta(hours=6)
    assert "Try again later" in mail.failure


def test_no_server_keeps_the_mail_and_its_return_sends_it(house: House, settings: Settings, box: Box) -> None:
    write(house)
    away = replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")

    assert send(house, away) == 0
    assert "refused" in kept(house)[0].failure
    assert send(house, settings, NOW + timedelta(minutes=2)) == 1
    assert (len(box.got), kept(house)[0].failure) == (1, "")


def test_one_mail_that_cannot_go_holds_up_no_other(house: House, settings: Settings, box: Box) -> None:
    box.unwell = 1
    for name in ("ana", "besa", "drita"):
        write(house, f"{name}@example.org")

    assert send(house, settings) == 2
    assert [got["To"] for got in box.got] == ["besa@example.org", "drita@example.org"]


def test_a_worker_that_dies_while_sending_leaves_the_mail_for_another(
    house: House, settings: Settings, box: Box
) -> None:
    def die(_message: EmailMessage) -> None:
        raise KeyboardInterrupt

    write(house)
    with pytest.raises(KeyboardInterrupt):
        post.send_due(house.database, settings, die, NOW)

    sent = [send(house, settings, NOW + timedelta(minutes=minutes)) for minutes in (4, 5)]
    assert (sent, len(box.got)) == ([0, 1], 1)


def test_two_workers_send_each_mail_once(house: House, settings: Settings, box: Box) -> None:
    for number in range(20):
        write(house, f"member{number}@example.org")
    counts, ready = [0, 0], Barrier(2)

    def work(place: int) -> None:
        ready.wait()
        counts[place] = send(house, settings)

    threads = [Thread(target=work, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(counts) == 20
    assert sorted(str(got["To"]) for got in box.got) == sorted(
        f"member{number}@example.org" for number in range(20)
    )


def test_the_server_is_told_who_we_are(
    house: House, settings: Settings, server: Controller, box: Box
) -> None:
    write(house)

    assert send(house, replace(settings, smtp_url=f"smtp://post:s%40cret@127.0.0.1:{server.port}")) == 1
    assert box.signed_in == [b"post"]


def test_no_password_goes_to_a_server_that_cannot_be_trusted(
    house: House, settings: Settings, server: Controller, box: Box
) -> None:
    write(house)

    for scheme in ("smtps", "smtp+starttls"):
        url = f"{scheme}://post:s%40cret@127.0.0.1:{server.port}"
        assert send(house, replace(settings, smtp_url=url), NOW + timedelta(days=len(scheme))) == 0
    assert (box.signed_in, box.got) == ([], [])


def test_a_subject_of_two_lines_is_no_way_to_another_recipient(
    house: House, settings: Settings, box: Box
) -> None:
    write(house, subject="Hello\r\nBcc: everybody@example.org")
    write(house, "besa@example.org")

    send(house, settings)
    assert ["everybody@example.org" in got.as_string() for got in box.got if got["Bcc"]] == []
    assert "besa@example.org" in [got["To"] for got in box.got]


def test_the_demo_puts_mails_into_a_folder(house: House, settings: Settings) -> None:
    mail = write(house)

    assert send(house, replace(settings, smtp_url="", demo=True)) == 1
    (file,) = (settings.data / "mail").iterdir()
    assert file.name == f"{mail.uid}.eml"
    assert message_from_bytes(file.read_bytes(), policy=default)["Subject"] == "Një fjalëkalim i ri"


def test_without_a_server_mails_have_nowhere_to_go(settings: Settings) -> None:
    assert post.postbox(replace(settings, smtp_url="")) is None
