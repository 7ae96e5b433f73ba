"""What is sent is drawn from the state of the claim: card, receipt, note, App Home and digest."""

from __future__ import annotations

import pytest

from bot.courier import Courier
from bot.database import Database
from bot.services import digest, negotiation, surfaces
from models.lifecycle import How
from tests.builders import JONAS, LEADERS, MARA, PLANT3, Workspace, an_ask
from tests.fakes import FakeClock, FakeSlack


@pytest.fixture
def slack(clock: FakeClock) -> FakeSlack:
    return FakeSlack(clock)


@pytest.fixture
def courier(database: Database, slack: FakeSlack, clock: FakeClock) -> Courier:
    return Courier(database, slack, clock)


@pytest.fixture
async def request_id(database: Database, workspace: Workspace, clock: FakeClock) -> int:
    request = await database.run(negotiation.submit, workspace.mara, an_ask(), at=clock.now(), how=How.FORM)
    return request.id


async def test_a_request_is_a_card_for_the_desk_and_a_receipt_for_who_asked(
    courier: Courier, slack: FakeSlack, clock: FakeClock, request_id: int
) -> None:
    await _send(courier, clock)

    [card], [receipt] = slack.in_channel(PLANT3), slack.to(MARA)
    assert "EXP-1" in card.text
    assert "EXP-1" in receipt.text
    assert card.message.blocks


async def test_an_answer_redraws_card_and_receipt_and_tells_the_story_in_the_thread(
    courier: Courier, slack: FakeSlack, clock: FakeClock, database: Database, workspace: Workspace, request_id: int
) -> None:
    await _send(courier, clock)
    clock.advance(minutes=5)
    await database.run(negotiation.acknowledge, workspace.jonas, request_id, at=clock.now(), how=How.BUTTON)
    await _send(courier, clock)

    [card], [receipt] = slack.in_channel(PLANT3), slack.to(MARA)
    [note] = slack.in_thread(card.ts)
    assert (len(card.edits), len(receipt.edits)) == (1, 1)
    assert "Jonas Keller" in card.text + str(card.message.blocks)
    assert "Jonas Keller" in note.text


async def test_app_home_is_drawn_for_its_owner_and_follows_changes(
    courier: Courier, slack: FakeSlack, clock: FakeClock, database: Database, workspace: Workspace, request_id: int
) -> None:
    await database.run(surfaces.open_home, workspace.jonas, at=clock.now())
    await _send(courier, clock)
    before = slack.homes[JONAS]
    await database.run(negotiation.acknowledge, workspace.jonas, request_id, at=clock.now(), how=How.BUTTON)
    await _send(courier, clock)

    assert before["type"] == "home"
    assert "EXP-1" in str(before)
    assert slack.homes[JONAS] != before
    assert slack.calls["publish_home"] == 2


async def test_the_digest_shows_the_week_it_was_made_for(
    courier: Courier, slack: FakeSlack, clock: FakeClock, database: Database, request_id: int
) -> None:
    clock.advance(days=6)
    await database.run(digest.digest_due, clock.now())
    await _send(courier, clock)

    [shown] = slack.in_channel(LEADERS)
    assert shown.message.blocks


async def _send(courier: Courier, clock: FakeClock) -> None:
    for _ in range(4):
        while await courier.send_due():
            pass
        clock.advance(1)
