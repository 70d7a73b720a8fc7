"""Administrators invite, give and take roles, within their missions and never for themselves."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from embassy.accounts import commands
from embassy.core.access import Role
from tests.accounts.desk import Desk, hire
from tests.accounts.test_passwords import linked, mails
from tests.consular.facts import mission
from tests.rooms import ADDRESS, Door
from tests.servers import NuChecker

PEOPLE = "/en/desk/accounts"
OURS = str(mission()["slug"])


def person(desk: Desk, name: str) -> str:
    """Return the address of somebody's page in the list of accounts."""
    found = re.search(rf'href="({PEOPLE}/[0-9a-f-]+)"><bdi>{name}<', desk.get(PEOPLE).text)
    assert found is not None
    return found[1]


def test_somebody_is_invited_and_comes_in_by_the_mail(chief: Desk, app: Flask, client: FlaskClient) -> None:
    invited = chief.send(PEOPLE, email="besa@example.org", name="Besa", role="approver", mission="")
    page = chief.told(PEOPLE)
    opened = client.get(linked(app))

    assert invited.status_code == 303
    assert "Besa besa@example.org · Approver · Invited" in page
    assert "besa@example.org was invited" in page
    assert opened.status_code == 200


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"email": "besa"}, "“besa” is no e-mail address."),
        ({"email": "chief@example.org"}, "There is an account with the address chief@example.org already."),
        ({"name": " "}, "Give a name and choose a role."),
        ({"role": "king"}, "Give a name and choose a role."),
    ],
)
def test_an_invitation_that_cannot_be_sent_says_why_and_keeps_what_was_typed(
    chief: Desk, app: Flask, fields: dict[str, str], told: str
) -> None:
    before = len(mails(app))
    sent = {"email": "besa@example.org", "name": "Besa", "role": "editor", "mission": ""} | fields

    refused = chief.send(PEOPLE, **sent)

    assert (refused.status_code, told in refused.text, len(mails(app))) == (422, True, before)
    assert f'value="{sent["email"]}"' in refused.text


def test_roles_are_given_and_taken_and_accounts_switched(chief: Desk, app: Flask, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hire(app, "besa@example.org", Role.editor, name="Besa")
    besa = Desk(app)
    besa.sign_in("besa@example.org")
    address = person(chief, "Besa")

    steps = [
        chief.send(address, do="give", role="approver", mission=OURS),
        chief.send(address, do="take", role="editor", mission=""),
    ]
    told = chief.told(address)
    again = chief.send(address, do="take", role="editor", mission="")
    inside = besa.get("/en/desk").status_code
    chief.send(address, do="disable")
    outside = besa.get("/en/desk").status_code
    disabled = chief.told(address)
    chief.send(address, do="enable")

    assert [step.status_code for step in steps] == [303, 303]
    assert "Roles Approver · Embassy in Brussels" in told.replace(
        mission()["title"]["en"], "Embassy in Brussels"
    )
    assert (again.status_code, "besa@example.org does not have this role." in again.text) == (422, True)
    assert (inside, outside) == (200, 302)
    assert "Disabled" in disabled
    assert "Can sign in" in chief.told(address)


def test_an_invitation_is_sent_again_until_it_is_taken_up(chief: Desk, app: Flask) -> None:
    with app.test_request_context("/en/", base_url=ADDRESS):
        commands.invite("besa@example.org", "Besa", Role.editor)
    address, before = person(chief, "Besa"), len(mails(app))

    again = chief.send(address, do="invite")
    sent = len(mails(app)) - before
    hire(app, "cela@example.org", name="Cela")
    refused = chief.send(person(chief, "Cela"), do="invite")

    assert (again.status_code, sent) == (303, 1)
    assert (refused.status_code, "has set a password already" in refused.text) == (422, True)


def test_nobody_changes_their_own_account(chief: Desk) -> None:
    address = person(chief, "Chief")

    answers = [
        chief.send("/en/desk/account", to=address, do=do, role="approver", mission="").status_code
        for do in ("give", "take", "disable")
    ]
    assert answers == [403] * 3
    assert "Another administrator changes it." in chief.told(address)


def test_an_administrator_of_one_mission_gives_roles_for_it_alone(app: Flask, hand_in: Door) -> None:
    hand_in("mission", **mission())
    hand_in("mission", **mission(slug="paris", title={"en": "Embassy in Paris"}))
    hire(app, "local@example.org", Role.administrator, OURS, "Local")
    hire(app, "besa@example.org", name="Besa")
    local = Desk(app)
    local.sign_in("local@example.org")
    address = person(local, "Besa")

    def wish(**fields: str) -> int:
        return local.send("/en/desk/account", to=address, **fields).status_code

    assert [wish(do="give", role="editor", mission=where) for where in (OURS, "paris", "")] == [303, 403, 403]
    assert [wish(do=do) for do in ("disable", "enable", "invite")] == [403] * 3
    invited = {"email": "new@example.org", "name": "New", "role": "editor"}
    assert local.send(PEOPLE, **invited, mission="paris").status_code == 403
    assert local.send(PEOPLE, **invited, mission=OURS).status_code == 303


@pytest.mark.parametrize("do", ["", "promote", "give"])
def test_a_wish_that_no_form_offers_is_none(chief: Desk, app: Flask, do: str) -> None:
    hire(app, "besa@example.org", name="Besa")

    assert chief.send(person(chief, "Besa"), do=do, role="king").status_code == 400


def test_an_account_that_is_not_there_is_not_found(chief: Desk) -> None:
    assert chief.get(f"{PEOPLE}/0b0c5f0e-6c1f-4c55-9d0e-0d0f4a1c2b3a").status_code == 404


@pytest.mark.parametrize("role", [Role.contributor, Role.editor, Role.approver])
def test_others_see_nothing_of_accounts(app: Flask, role: Role) -> None:
    hire(app, "ana@example.org", role)
    ana = Desk(app)
    ana.sign_in("ana@example.org")

    assert ana.get(PEOPLE).status_code == 403
    assert PEOPLE not in ana.get("/en/desk").text


def test_the_pages_of_administrators_are_valid_html(chief: Desk, app: Flask, nu_checker: NuChecker) -> None:
    hire(app, "besa@example.org", name="Besa")
    pages = [chief.get(path).text for path in (PEOPLE, person(chief, "Besa"), person(chief, "Chief"))]

    assert [nu_checker.complaints(page) for page in pages] == [[], [], []]
    assert PEOPLE in chief.get("/en/desk").text
