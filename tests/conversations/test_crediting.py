"""A request made of somebody else's message: the author is credited, asked, and heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models import Member, Tenant
from tests import payloads
from tests.builders import JONAS, MARA, PRIYA, TOBIAS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.conversations.conftest import Talk
    from tests.fakes import Shown

SAID = "Contoso need 40 pcs VLV-88 by Friday, their line is down"
TS = "1795532400.000100"


async def turns_into(talk: Talk, text: str = SAID, **message: Any) -> None:
    """Mara turns a message of Tobias into a request and sends it."""
    facts = {"user": TOBIAS, "ts": TS, **message}
    await talk.send(payloads.message_shortcut(MARA, "turn_into_expedite", text, **facts))
    second = (await talk.submits(MARA, talk.form, reason_code="line_down", customer="Contoso"))["view"]
    review = (await talk.submits(MARA, second))["view"]
    assert {"response_action": "clear"} == await talk.submits(MARA, review)


def asked(talk: Talk, user: str = TOBIAS) -> Shown:
    return talk.slack.to(user)[-1]


def at_example(session: Session) -> None:
    session.execute(sa.update(Tenant).values(url="https://example.com/"))


def leaves(session: Session) -> None:
    session.execute(sa.update(Member).where(Member.slack_id == TOBIAS).values(is_deactivated=True))


async def test_the_author_is_credited_and_asked_and_says_that_it_is_right_once(talk: Talk) -> None:
    await talk.database.run(at_example)
    await turns_into(talk, thread_ts="1795532400.000001")
    link = f"https://example.com/archives/C0SALES/p{TS.replace('.', '')}"
    assert f"asked by Mara Lindqvist <{link}|from a message of Tobias" in str(talk.card.message.blocks)
    assert "Mara Lindqvist turned your message into EXP-1" in asked(talk).text

    await talk.presses(JONAS, asked(talk), "vouch")
    assert "Only who wrote the message" in talk.whispered(JONAS)[-1]
    shown = asked(talk)
    await talk.presses(TOBIAS, shown, "vouch")
    await talk.send(payloads.click(TOBIAS, {**button_of(shown), "block_id": "b"}, channel=shown.channel, ts=shown.ts))

    assert 1 == sum("confirmed that the message meant this" in note for note in talk.thread)
    assert "You confirmed that the message meant this" in asked(talk).text
    assert "vouch" not in str(asked(talk).message.blocks)


def button_of(shown: Shown) -> dict[str, Any]:
    return {"type": "button", "action_id": "vouch", "value": "1", "text": {"type": "plain_text", "text": shown.ts}}


async def test_what_the_author_says_is_not_right_reaches_both_sides(talk: Talk) -> None:
    await turns_into(talk)
    await talk.presses(TOBIAS, asked(talk), "correct")
    refused = await talk.submits(TOBIAS, talk.form, correction="  ")
    assert "What is not right" in str(talk.form)
    assert "Write what is not right" in refused["errors"]["correction"]
    await talk.submits(TOBIAS, talk.form, correction="60 pcs, not <40>")

    assert "60 pcs, not &lt;40&gt;" in talk.heard(MARA)[-1]
    assert "60 pcs, not &lt;40&gt;" in talk.thread[-1]
    # The desk's answer is as free as before.
    await talk.reacts(PRIYA, "eyes")
    await talk.reacts(PRIYA, "eyes", removed=True)
    assert "acknowledge" in str(talk.card.message.blocks)


async def test_whoever_answered_before_can_still_take_it_back_after_the_author_spoke(talk: Talk) -> None:
    await turns_into(talk)
    await talk.reacts(JONAS, "eyes")
    await talk.presses(TOBIAS, asked(talk), "vouch")
    await talk.reacts(JONAS, "eyes", removed=True)

    assert "acknowledge" in str(talk.card.message.blocks)


async def test_strangers_machines_and_oneself_are_not_asked(talk: Talk) -> None:
    await turns_into(talk, user=MARA)
    await turns_into(talk, user="U0STRANGER", user_team="T0OTHER")
    await turns_into(talk, user="U0OTHERBOT", bot_id="B0OTHER")
    await talk.database.run(leaves)
    await turns_into(talk)

    assert not [shown for shown in talk.slack.messages if "turned your message" in shown.text]


async def test_a_closed_request_asks_its_author_nothing_more(talk: Talk) -> None:
    await turns_into(talk)
    shown = asked(talk)
    form = await talk.opens(JONAS, "decline")
    await talk.submits(JONAS, form, decline_reason="Press 4 is down", no_alternative=["none"])
    assert "vouch" not in str(asked(talk).message.blocks)

    await talk.send(payloads.click(TOBIAS, {**button_of(shown), "block_id": "b"}, channel=shown.channel, ts=shown.ts))
    assert "is closed" in talk.whispered(TOBIAS)[-1]


async def test_a_message_of_any_shape_is_read_with_the_writers_days(talk: Talk) -> None:
    """Forwarded words are in its attachments."""
    forwarded = [{"is_share": True, "text": "Please 40 pcs VLV-88 by Friday"}]
    text = "what do you think?"
    await talk.send(
        payloads.message_shortcut(MARA, "turn_into_expedite", text, user=TOBIAS, ts=TS, attachments=forwarded)
    )
    first = {block["block_id"]: block["element"] for block in talk.form["blocks"] if block["type"] == "input"}

    assert "40 pcs" == first["quantity"]["initial_value"]
    assert "2026-11-27" == first["needed_ship_date"]["initial_date"]
