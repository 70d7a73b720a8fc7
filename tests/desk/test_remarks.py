"""What should be seen before a change goes further stands on its page, with the record it speaks of."""

from embassy.core.access import Role
from embassy.core.workflow import Stage
from embassy.web.house import House
from tests.accounts.desk import Desk
from tests.agreements.facts import IN_FORCE, SIGNED, agreement
from tests.desk.conftest import Colleague
from tests.desk.drafts import begun, shown
from tests.rooms import Door
from tests.visits.facts import visit


def test_a_doubt_leads_to_the_record_it_speaks_of(colleague: Colleague, hand_in: Door) -> None:
    hand_in("visit", **visit(places=[], delegations=[]))
    ana, besa = colleague("ana", Role.editor), colleague("besa", Role.approver)
    draft = begun(ana, "visit")

    draft.send("save", **{"title.en": "Talks", "visitor": "AL", "host": "BE", "first_day": "2026-10-14"})
    unfinished = draft.text
    draft.send("submit", **{"summary.en": "They talked.", "slug": "again"})

    seen = besa.get(draft.address).text
    assert ("Before you go on" in unfinished, "This visit may be recorded already." in seen) == (False, True)
    assert '<a href="/en/desk/records/visit/talks">Foreign Minister in Brussels</a>' in seen


def test_what_follows_is_told_until_it_is_published(colleague: Colleague, hand_in: Door) -> None:
    hand_in("agreement", **agreement(SIGNED))
    ana, besa = colleague("ana", Role.editor), colleague("besa", Role.approver)
    draft = begun(ana, "agreement", slug="pact")
    draft.send("submit")

    before = besa.told(draft.address)
    draft.at(besa).send("approve", "/decision")

    assert "Its status will be: Signed." in before
    assert "Its status will be" not in besa.told(draft.address)


def test_an_act_taken_out_is_refused_to_whoever_hands_it_in(ana: Desk, hand_in: Door, house: House) -> None:
    hand_in("agreement", **agreement(SIGNED, IN_FORCE))
    draft = begun(ana, "agreement", slug="pact")

    offered = draft.text
    draft.send("", less="acts.0")
    refused = draft.send("submit")

    assert 'name="less" value="parties.0"' in offered
    assert 'name="less" value="acts.0"' not in offered
    assert refused.status_code == 422
    assert "Acts are never deleted; add one that corrects it." in refused.text
    assert shown(house)["stage"] == Stage.draft
