"""Two requests that change one account at once: the second is refused, so nothing serves twice."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from embassy.accounts import commands, store
from tests.accounts.desk import EMAIL, Desk, code, hire
from tests.rooms import ADDRESS


def test_an_account_changed_in_between_is_not_overwritten(app: Flask) -> None:
    hire(app)
    with app.test_request_context(base_url=ADDRESS):
        account = commands.found(EMAIL)
        account.name = "Ana H."
        commands.switch(EMAIL, False)

        with pytest.raises(StaleDataError):
            store.AccountStore().commit()

    with app.test_request_context(base_url=ADDRESS):
        after = commands.found(EMAIL)
        assert (after.name, after.active) == ("Ana Hoxha", False)


@pytest.mark.parametrize("proof", ["code", "recovery"])
def test_one_proof_sent_from_many_browsers_at_once_lets_one_in(
    app: Flask, clock: time_machine.Traveller, proof: str
) -> None:
    hire(app)
    owner = Desk(app)
    owner.sign_in()
    made = owner.send("/en/desk/account/recovery-codes", generate_new_codes="1")
    clock.shift(timedelta(minutes=1))
    kept = re.findall(r"<li><code>([0-9a-f-]{14})</code>", made.text)
    shown = {"code": code(app), "recovery": kept[0]}[proof]
    browsers = [Desk(app, f"192.0.2.{place}") for place in range(6)]
    for browser in browsers:
        browser.password()
    ready, answers = Barrier(len(browsers)), [0] * len(browsers)

    def race(place: int) -> None:
        ready.wait()
        answers[place] = browsers[place].send(f"/en/desk/sign-in/{proof}", code=shown).status_code

    threads = [Thread(target=race, args=(place,)) for place in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers.count(302) == 1
    assert set(answers) <= {302, 200, 409}
    assert [browser.get("/en/desk/account").status_code for browser in browsers].count(200) == 1
