"""Whoever lost the phone comes in again: an administrator has the second proof forgotten, never their own."""

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask

from embassy.accounts import commands, store
from embassy.accounts.models import Account
from embassy.core.access import Role
from embassy.db.audit import AuditEntry
from embassy.web.house import House
from tests.accounts.authenticator import add_passkey, kept
from tests.accounts.desk import EMAIL, Desk, code, figures, forget_the_app, hire
from tests.accounts.test_administration import OURS, PEOPLE, person
from tests.accounts.test_passwords import mails
from tests.conftest import Run
from tests.consular.facts import mission
from tests.rooms import ADDRESS, Door
from tests.servers import NuChecker

OPEN, SET_UP, CODE = "/en/desk/account", "/en/desk/account/authenticator", "/en/desk/sign-in/code"


@pytest.fixture
def ana(desk: Desk) -> Desk:
    """Ana, signed in, with an app, recovery codes and a passkey."""
    desk.sign_in()
    desk.send(f"{OPEN}/recovery-codes", generate_new_codes="1")
    add_passkey(desk)
    return desk


def forgetting(desk: Desk, name: str = "Ana Hoxha") -> str:
    """Return where somebody's second proof is forgotten."""
    return f"{person(desk, name)}/second-proof"


def proofs(app: Flask, email: str = EMAIL) -> tuple[object, ...]:
    """Return what an account has beside its password."""
    with app.test_request_context(base_url=ADDRESS):
        held: Account = commands.found(email)
        return held.tf_primary_method, held.tf_totp_secret, held.mf_recovery_codes, held.totp_counter


def deeds(app: Flask) -> list[tuple[str, str]]:
    """Return what was noted in the audit chain, and of whom."""
    with app.test_request_context(base_url=ADDRESS):
        entries = store.reading().query(AuditEntry).order_by(AuditEntry.number)
        return [(entry.what, entry.who) for entry in entries]


def test_a_second_proof_is_forgotten_only_once_it_is_confirmed(chief: Desk, ana: Desk) -> None:
    before = proofs(ana.app)
    led = re.search(rf'href="({PEOPLE}/[^"]+/second-proof)"', chief.get(person(chief, "Ana Hoxha")).text)
    asked = chief.told(forgetting(chief))
    between = (proofs(ana.app), ana.get(OPEN).status_code)
    done = chief.send(forgetting(chief))

    assert led is not None
    assert led[1] == forgetting(chief)
    assert "Forget the second proof of Ana Hoxha?" in asked
    assert "call them on a number you know" in asked
    assert between == (before, 200)
    assert (done.status_code, done.location) == (303, person(chief, "Ana Hoxha"))
    assert (proofs(ana.app), kept(ana.app), ana.get(OPEN).status_code) == ((None,) * 4, [], 302)


def test_whoever_lost_the_phone_sets_up_another_with_the_password_alone(chief: Desk, ana: Desk) -> None:
    chief.send(forgetting(chief))

    led = ana.password()
    shown = ana.send(urlsplit(led.location).path, setup="authenticator")
    key = re.search(r"<code>([A-Z2-7-]+)</code>", shown.text)
    assert key is not None
    ana.send(CODE, code=figures(key[1]))

    assert led.location == SET_UP
    told = re.findall(r'removed your second proof</p>\s*<p class="meta">([^<]*)<', ana.get(OPEN).text)
    assert [("·" in one) for one in told] == [False]


def test_who_forgot_a_second_proof_is_in_the_log_and_its_owner_is_told_in_their_language(
    chief: Desk, app: Flask, hand_in: Door
) -> None:
    del hand_in
    with app.test_request_context("/fr/", base_url=ADDRESS):
        hire(app, "besa@example.org", name="Besa")
    with app.test_request_context(base_url=ADDRESS):
        commands.found("besa@example.org").language = "fr"
        chief_uid = str(commands.found("chief@example.org").uid)
        store.AccountStore().commit()
    before = len(mails(app))

    done = chief.send(forgetting(chief, "Besa"))
    *_others, mail = mails(app)

    assert done.status_code == 303
    assert len(mails(app)) == before + 1
    assert deeds(app)[-1] == ("second_proof_forgotten", chief_uid)
    assert (mail.recipient, mail.language) == ("besa@example.org", "fr")
    assert mail.subject == "Votre deuxième preuve a été supprimée"
    assert f"{ADDRESS}/fr/desk/password" in mail.body
    assert "Second proof of an account removed" in chief.told("/en/desk/log")


def test_a_mail_in_a_language_that_is_offered_no_longer_is_written_in_the_services_own(
    chief: Desk, app: Flask
) -> None:
    hire(app)
    with app.test_request_context(base_url=ADDRESS):
        commands.found(EMAIL).language = "tlh"
        store.AccountStore().commit()
    home: House = app.extensions["embassy"]

    chief.send(forgetting(chief))

    assert f"{ADDRESS}/{home.deployment.default.tag}/desk/account\n" in mails(app)[-1].body


def test_nobody_has_their_own_second_proof_forgotten(chief: Desk) -> None:
    before = proofs(chief.app, "chief@example.org")
    address = forgetting(chief, "Chief")

    answers = [chief.get(address).status_code, chief.send(OPEN, to=address).status_code]

    assert answers == [403, 403]
    assert address not in chief.get(person(chief, "Chief")).text
    assert proofs(chief.app, "chief@example.org") == before


@pytest.mark.parametrize(
    ("held", "answer"),
    [([OURS], 303), (["paris"], 403), ([""], 403), ([OURS, "paris"], 403), ([OURS, ""], 403), ([], 403)],
)
def test_an_administrator_of_one_mission_forgets_for_those_who_work_there_alone(
    app: Flask, hand_in: Door, held: list[str], answer: int
) -> None:
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="paris", title={"en": "Embassy in Paris"}))
    hire(app, "local@example.org", Role.administrator, OURS, "Local")
    hire(app, EMAIL, Role.editor, OURS)
    with app.test_request_context(base_url=ADDRESS):
        commands.take(EMAIL, Role.editor, OURS)
        for where in held:
            commands.give(EMAIL, Role.approver, where)
    local, before = Desk(app), proofs(app)
    local.sign_in("local@example.org")
    address = forgetting(local)

    offered = address in local.get(person(local, "Ana Hoxha")).text
    asked = local.get(address).status_code
    answered = local.send(OPEN, to=address).status_code

    assert (offered, asked, answered) == (answer == 303, 200 if answer == 303 else 403, answer)
    assert (proofs(app) == before) == (answer == 403)


def test_an_account_without_a_second_proof_has_none_to_forget(chief: Desk, app: Flask) -> None:
    hire(app)
    forget_the_app(app)
    address, before = forgetting(chief), (len(mails(app)), deeds(app))

    refused = chief.send(OPEN, to=address)

    assert refused.status_code == 422
    assert f"{EMAIL} has no second proof: the next sign-in sets one up." in refused.text
    assert address not in chief.get(person(chief, "Ana Hoxha")).text
    assert (len(mails(app)), deeds(app)) == before


@pytest.mark.parametrize("proof", ["code", "recovery"])
def test_a_proof_begun_before_it_was_forgotten_leads_nowhere(chief: Desk, app: Flask, proof: str) -> None:
    hire(app)
    thief, old = Desk(app, "198.51.100.9"), code(app)
    thief.password()
    chief.send(forgetting(chief))

    tried = thief.send(f"/en/desk/sign-in/{proof}", code=old)

    assert tried.status_code == 200
    assert thief.get(OPEN).status_code == 302
    assert thief.get(SET_UP).status_code == 302


def test_the_command_line_forgets_as_well(embassy: Run, ana: Desk) -> None:
    told = embassy("user", "forget-second-proof", EMAIL)
    again = embassy("user", "forget-second-proof", EMAIL)

    assert told.output == f"{EMAIL} sets up a second proof at the next sign-in, and is told so by mail.\n"
    assert again.output == f"Error: {EMAIL} has no second proof: the next sign-in sets one up.\n"
    assert (proofs(ana.app), kept(ana.app), ana.get(OPEN).status_code) == ((None,) * 4, [], 302)
    assert deeds(ana.app)[-1] == ("second_proof_forgotten", "command line")
    assert mails(ana.app)[-1].subject == "Your second proof was removed"


def test_the_pages_that_forget_are_valid_html(chief: Desk, app: Flask, nu_checker: NuChecker) -> None:
    hire(app)
    pages = [chief.get(path).text for path in (forgetting(chief), person(chief, "Ana Hoxha"))]

    assert [nu_checker.complaints(page) for page in pages] == [[], []]
