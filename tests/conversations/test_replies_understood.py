"""What the desk writes under a card is read, said back to its writer alone, and done only when they confirm it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from bot.ports import Refused
from models import ReplyProposal
from tests import payloads
from tests.builders import HELENA, JONAS, MARA, PLANT3, PRIYA, TOBIAS
from tests.conversations.conftest import Talk, button
from tests.fakes import Whisper

COMMITS, OFFERS = "Yes, we can ship 100 on Friday.", "We can do 40 on Friday and 60 on Wednesday"
DECLINES, ASKS = "Sorry, can't do that, press 4 is down this week", "Which revision do they need?"
PROMISES, TALKS = "will check and come back by 3", "lol the coffee machine is down again"
OPENERS = ("confirm_reply", "edit_reply", "not_meant")


@pytest.fixture(autouse=True)
async def _asked(talk: Talk) -> None:
    """Mara asks for 100 pcs by Fri 27 Nov; it is Tuesday, 13:00 at the desk."""
    await talk.asks()


def last(talk: Talk) -> Whisper:
    return talk.slack.whispers[-1]


def names(whisper: Whisper) -> list[str]:
    found = [element for block in whisper.message.blocks for element in block.get("elements", [])]
    return [element["action_id"] for element in found if "action_id" in element]


async def press(talk: Talk, action_id: str, *, user: str = JONAS, whisper: Whisper | None = None) -> None:
    shown = whisper or last(talk)
    element = button(shown.message.blocks, action_id)
    await talk.send(payloads.click_whisper(user, element, shown.thread_ts))


async def edit(talk: Talk, ts: str, text: str, *, user: str = JONAS) -> None:
    await talk.send(payloads.edited(user, text, ts, talk.card.ts))


async def delete(talk: Talk, ts: str, *, user: str = JONAS) -> None:
    await talk.send(payloads.deleted(user, ts, talk.card.ts))


def given_way(talk: Talk) -> str:
    """What stands where the pressed line was: no buttons any more."""
    line = talk.slack.answers[-1]
    assert line is not None
    assert "button" not in str(line.blocks)
    return line.text


def can_press(talk: Talk, action_id: str) -> bool:
    return action_id in str(talk.card.message.blocks)


@pytest.mark.parametrize("said", [COMMITS, OFFERS, DECLINES, ASKS])
async def test_what_was_read_is_said_to_its_writer_alone_and_does_nothing_yet(talk: Talk, said: str) -> None:
    await talk.replies(JONAS, said)

    assert [(JONAS, talk.card.ts)] == [(one.slack_id, one.thread_ts) for one in talk.slack.whispers]
    assert 1 == len(talk.thread)  # the first response, as for any reply
    assert 1 == len(talk.heard(MARA))  # her receipt
    assert can_press(talk, "commit_as_asked")


async def test_a_commitment_is_committed_when_it_is_confirmed(talk: Talk) -> None:
    await talk.replies(JONAS, COMMITS)
    assert "100 pcs of BRK-2040 for Acme, shipped by Fri 27 Nov" in last(talk).message.text

    await press(talk, "confirm_reply")

    assert "Fri 27 Nov" in talk.heard(MARA)[-1]
    assert not can_press(talk, "commit_as_asked")


async def test_the_pressed_line_says_what_came_of_it_even_where_slack_has_forgotten_it(talk: Talk) -> None:
    await talk.replies(JONAS, ASKS)
    await press(talk, "confirm_reply")
    assert given_way(talk).startswith("Confirmed on EXP-1.")

    await talk.replies(JONAS, COMMITS)
    talk.slack.will_fail(Refused("http_404"), on="answer")
    await press(talk, "confirm_reply")
    assert "Confirmed on EXP-1." in talk.whispered(JONAS)[-1]


async def test_an_offer_is_made_as_it_was_read_when_it_is_confirmed(talk: Talk) -> None:
    """The writer's words go along: a condition among them is not lost."""
    await talk.replies(JONAS, OFFERS + ", if the resin comes in")
    assert "*40 pcs by Fri 27 Nov* and *60 pcs by Wed 2 Dec*" in last(talk).message.text

    await press(talk, "confirm_reply")

    told = talk.slack.to(MARA)[-1]
    assert "40 pcs" in told.text
    assert "if the resin comes in" in told.text
    await talk.presses(MARA, told, "accept")
    assert can_press(talk, "report_outcome")


async def test_a_commitment_to_less_than_was_asked_is_an_offer(talk: Talk) -> None:
    await talk.replies(JONAS, "Confirmed, 40 by Friday")

    assert "reads as an offer: *40 pcs by Fri 27 Nov*" in last(talk).message.text


async def test_an_offer_that_is_not_whole_is_completed_in_its_form(talk: Talk) -> None:
    await talk.replies(JONAS, "We can do it if they pay the freight")
    assert ["edit_reply", "not_meant"] == names(last(talk))

    await press(talk, "edit_reply")

    assert "offer" == talk.form["callback_id"]
    assert "if they pay the freight" in str(talk.form["blocks"])


async def test_a_part_on_a_later_day_opens_the_form_with_its_first_lot(talk: Talk) -> None:
    await talk.replies(JONAS, "40 next Wednesday")
    await press(talk, "edit_reply")

    await talk.submits(JONAS, talk.form, lot_quantity_2="60", lot_date_2="2026-12-04")

    assert "*40 pcs* by Wed 2 Dec" in talk.heard(MARA)[-1].replace("*40 pcs by Wed 2 Dec*", "*40 pcs* by Wed 2 Dec")


async def test_a_no_opens_the_form_of_a_decline_with_its_words(talk: Talk) -> None:
    await talk.replies(JONAS, DECLINES)
    assert ["edit_reply", "not_meant"] == names(last(talk))

    await press(talk, "edit_reply")
    await talk.submits(JONAS, talk.form, alternative="BRK-2041 is in stock")

    assert "press 4 is down" in talk.heard(MARA)[-1]


@pytest.mark.parametrize(
    "said",
    [
        "No, we can't ship 100 on Friday",
        "Can't confirm 100 by Friday, sorry",
        "100 by Friday? No way we can commit to that",
        "We could ship 100 on Friday if I had two more presses. So no.",
    ],
)
async def test_a_refusal_is_never_read_as_a_commitment(talk: Talk, said: str) -> None:
    await talk.replies(JONAS, said)

    assert "commitment" not in str(talk.whispered(JONAS))


async def test_a_question_is_asked_when_it_is_confirmed(talk: Talk) -> None:
    await talk.replies(JONAS, ASKS)
    await press(talk, "confirm_reply")
    assert ASKS in talk.heard(MARA)[-1]

    await talk.replies(MARA, "Revision C")

    assert "Revision C" in talk.heard(JONAS)[-1]


async def test_a_promised_time_is_noted_at_once_and_can_be_taken_back(talk: Talk) -> None:
    before = talk.card.text
    await talk.replies(JONAS, PROMISES)
    assert ["edit_reply", "not_meant"] == names(last(talk))
    assert "15:00" in last(talk).message.text
    assert before != talk.card.text
    noted = talk.card.text

    await press(talk, "not_meant")

    assert noted != talk.card.text
    assert "took that back" in talk.thread[-1]
    assert not can_press(talk, "acknowledge")  # it was a first response all the same


async def test_a_promised_time_outside_the_desks_hours_is_not_noted(talk: Talk) -> None:
    await talk.replies(JONAS, "Will come back by 10 pm")

    assert "The desk is closed then" in last(talk).message.text
    assert ["name_answer_time"] == names(last(talk))
    await talk.send(payloads.click_whisper(JONAS, button(last(talk).message.blocks, "name_answer_time"), talk.card.ts))
    assert "answer_time" == talk.form["callback_id"]


async def test_the_form_of_a_noted_time_names_it(talk: Talk) -> None:
    await talk.replies(JONAS, PROMISES)
    await press(talk, "edit_reply")

    (asked,) = [block for block in talk.form["blocks"] if block.get("block_id") == "answer_due"]
    assert f"<!date^{asked['element']['initial_date_time']}^" in last(talk).message.text


async def test_talk_stays_talk_and_is_a_first_response(talk: Talk) -> None:
    await talk.replies(JONAS, TALKS)

    assert [] == talk.slack.whispers
    assert not can_press(talk, "acknowledge")


@pytest.mark.parametrize("user", [MARA, TOBIAS, HELENA])
async def test_only_the_desk_is_understood(talk: Talk, user: str) -> None:
    await talk.replies(user, COMMITS)

    assert [] == talk.slack.whispers
    assert can_press(talk, "acknowledge")


@pytest.mark.parametrize("action_id", OPENERS)
async def test_only_who_wrote_the_reply_says_what_it_means(talk: Talk, action_id: str) -> None:
    await talk.replies(JONAS, COMMITS)
    await press(talk, action_id, user=PRIYA)

    assert "Only who wrote the reply" in talk.whispered(PRIYA)[-1]
    assert can_press(talk, "commit_as_asked")


async def test_not_that_leaves_it_as_talk(talk: Talk) -> None:
    await talk.replies(JONAS, COMMITS)
    shown = last(talk)
    await press(talk, "not_meant")
    assert "taken as talk" in given_way(talk)

    await press(talk, "confirm_reply", whisper=shown)

    assert "this was not meant" in last(talk).message.text
    assert can_press(talk, "commit_as_asked")


async def test_edit_corrects_a_question_before_it_is_asked(talk: Talk) -> None:
    await talk.replies(JONAS, ASKS)
    await press(talk, "edit_reply")
    await talk.submits(JONAS, talk.form, question="Revision C or D?")

    assert "Revision C or D?" in talk.heard(MARA)[-1]


async def test_confirming_after_the_form_was_sent_does_nothing_more(talk: Talk) -> None:
    """The form said it exactly; the older reading must not replace it."""
    await talk.replies(JONAS, OFFERS)
    shown = last(talk)
    await press(talk, "edit_reply")
    await talk.submits(JONAS, talk.form, lot_quantity_1="50", lot_quantity_2="50")
    heard = talk.heard(MARA)

    await press(talk, "confirm_reply", whisper=shown)

    assert "has moved on" in last(talk).message.text
    assert heard == talk.heard(MARA)


async def test_who_confirms_late_is_told_who_was_first(talk: Talk) -> None:
    await talk.replies(JONAS, COMMITS)
    shown = last(talk)
    await talk.presses(PRIYA, talk.card, "commit_as_asked")
    await press(talk, "confirm_reply", whisper=shown)

    assert "Priya Nair committed" in last(talk).message.text
    assert talk.card.ts == last(talk).thread_ts


async def test_confirming_twice_commits_once(talk: Talk) -> None:
    await talk.replies(JONAS, COMMITS)
    shown = last(talk)
    await press(talk, "confirm_reply", whisper=shown)
    heard = talk.heard(MARA)
    await press(talk, "confirm_reply", whisper=shown)

    assert heard == talk.heard(MARA)


async def test_replies_under_a_closed_request_say_nothing(talk: Talk) -> None:
    form = await talk.opens(JONAS, "decline")
    await talk.submits(JONAS, form, decline_reason="Press 4 is down", no_alternative=["none"])
    await talk.replies(JONAS, COMMITS)

    assert [] == talk.slack.whispers


async def test_confirming_on_a_closed_request_says_that_it_is_closed(talk: Talk) -> None:
    await talk.replies(JONAS, COMMITS)
    shown = last(talk)
    form = await talk.opens(PRIYA, "decline")
    await talk.submits(PRIYA, form, decline_reason="Press 4 is down", no_alternative=["none"])
    await press(talk, "confirm_reply", whisper=shown)

    assert "is closed: Priya Nair declined" in last(talk).message.text


async def test_an_edit_replaces_what_was_read(talk: Talk) -> None:
    ts = await talk.replies(JONAS, COMMITS)
    first = last(talk)
    await edit(talk, ts, OFFERS)
    assert "reads as an offer" in last(talk).message.text
    second = last(talk)

    await press(talk, "confirm_reply", whisper=first)
    assert "You edited this reply" in last(talk).message.text
    assert can_press(talk, "commit_as_asked")

    await press(talk, "confirm_reply", whisper=second)
    assert "40 pcs" in talk.heard(MARA)[-1]


async def test_an_edit_that_leaves_only_talk_takes_the_proposal_away(talk: Talk) -> None:
    ts = await talk.replies(JONAS, COMMITS)
    await edit(talk, ts, TALKS)
    assert 1 == len(talk.slack.whispers)

    await press(talk, "confirm_reply")

    assert "You edited this reply" in last(talk).message.text


async def test_an_edited_time_is_noted_instead_of_the_old_one(talk: Talk) -> None:
    ts = await talk.replies(JONAS, PROMISES)
    await edit(talk, ts, "will check and come back by 4")
    assert "16:00" in last(talk).message.text

    await delete(talk, ts)

    assert can_press(talk, "acknowledge")


async def test_what_was_confirmed_stands_whatever_the_reply_is_edited_to(talk: Talk) -> None:
    ts = await talk.replies(JONAS, COMMITS)
    await press(talk, "confirm_reply")
    await edit(talk, ts, OFFERS)

    assert "stands: your edit changes nothing" in last(talk).message.text
    assert "100 pcs" in talk.heard(MARA)[-1]


@pytest.mark.parametrize("said", [COMMITS, OFFERS, ASKS])
async def test_deleting_a_reply_takes_back_what_was_confirmed_and_its_first_response(talk: Talk, said: str) -> None:
    ts = await talk.replies(JONAS, said)
    await press(talk, "confirm_reply")
    await delete(talk, ts)

    assert can_press(talk, "acknowledge")
    assert can_press(talk, "commit_as_asked")


async def test_a_deleted_reply_cannot_be_confirmed(talk: Talk) -> None:
    ts = await talk.replies(JONAS, COMMITS)
    shown = last(talk)
    await delete(talk, ts)
    await press(talk, "confirm_reply", whisper=shown)

    assert "You deleted this reply" in last(talk).message.text
    assert can_press(talk, "acknowledge")


async def test_an_offer_that_was_taken_is_not_taken_back_by_deleting_the_reply(talk: Talk) -> None:
    ts = await talk.replies(JONAS, OFFERS)
    await press(talk, "confirm_reply")
    await talk.presses(MARA, talk.slack.to(MARA)[-1], "accept")
    await delete(talk, ts)

    assert "can no longer be taken back" in talk.whispered(JONAS)[-1]
    assert can_press(talk, "report_outcome")


async def test_a_deleted_replacement_brings_the_earlier_offer_back(talk: Talk) -> None:
    await talk.replies(JONAS, OFFERS)
    await press(talk, "confirm_reply")
    ts = await talk.replies(JONAS, "Make that 70 on Friday and 30 on Wednesday")
    await press(talk, "confirm_reply")
    assert "70 pcs" in talk.card.text

    await delete(talk, ts)

    assert "70 pcs" not in talk.card.text
    await talk.presses(MARA, talk.slack.to(MARA)[-2], "accept")
    assert "40 pcs" in talk.card.text


async def test_a_reply_told_twice_is_said_back_once(talk: Talk) -> None:
    body = payloads.reply(JONAS, COMMITS, talk.card.ts)
    for event_id in ("Ev1", "Ev2"):
        await talk.send({**body, "event_id": event_id})

    assert 1 == len(talk.slack.whispers)


async def test_an_edit_told_before_its_reply_counts(talk: Talk) -> None:
    body = payloads.reply(JONAS, COMMITS, talk.card.ts)
    await edit(talk, body["event"]["ts"], OFFERS)
    await talk.send(body)

    assert ["offer" in text for text in talk.whispered(JONAS)] == [True]
    assert not can_press(talk, "acknowledge")


async def test_an_older_edit_told_late_changes_nothing(talk: Talk) -> None:
    ts, older = await talk.replies(JONAS, TALKS), payloads.stamp()
    await edit(talk, ts, OFFERS)
    await talk.send(payloads.edited(JONAS, COMMITS, ts, talk.card.ts, edited_ts=older))

    assert 1 == len(talk.slack.whispers)
    await press(talk, "confirm_reply")
    assert "40 pcs" in talk.heard(MARA)[-1]


async def test_a_reply_told_after_its_deletion_does_nothing(talk: Talk) -> None:
    body = payloads.reply(JONAS, COMMITS, talk.card.ts)
    await delete(talk, body["event"]["ts"])
    await talk.send(body)
    await edit(talk, body["event"]["ts"], OFFERS)

    assert [] == talk.slack.whispers
    assert can_press(talk, "acknowledge")


async def test_links_that_slack_unfolds_are_no_edit(talk: Talk) -> None:
    ts = await talk.replies(JONAS, COMMITS)
    body = payloads.edited(JONAS, COMMITS, ts, talk.card.ts)
    body["event"]["previous_message"]["text"] = COMMITS
    await talk.send(body)
    del body["event"]["message"]["edited"]
    await talk.send({**body, "event": {**body["event"], "ts": payloads.stamp()}})

    assert 1 == len(talk.slack.whispers)


async def test_an_edited_answer_of_sales_is_shown_as_it_is_now(talk: Talk) -> None:
    await talk.replies(JONAS, ASKS)
    await press(talk, "confirm_reply")
    ts = await talk.replies(MARA, "Revision C")
    await edit(talk, ts, "Revision D, sorry", user=MARA)

    assert "Revision D, sorry" in talk.heard(JONAS)[-1]


async def test_replies_in_private_channels_are_understood(talk: Talk) -> None:
    body: dict[str, Any] = payloads.reply(JONAS, COMMITS, talk.card.ts)
    body["event"]["channel_type"] = "group"
    await talk.send(body)
    await press(talk, "confirm_reply")

    assert "Fri 27 Nov" in talk.heard(MARA)[-1]


async def test_words_that_are_not_passed_on_are_not_kept(talk: Talk) -> None:
    await talk.replies(JONAS, COMMITS)
    await talk.replies(JONAS, TALKS)
    await talk.replies(JONAS, DECLINES)
    await press(talk, "not_meant")

    kept = await talk.database.run(lambda session: str(session.scalars(sa.select(ReplyProposal.facts)).all()))
    assert "press" not in kept
    assert "coffee" not in kept
    assert "100" not in kept


async def test_what_people_type_is_shown_as_text(talk: Talk) -> None:
    await talk.send(payloads.reply(JONAS, "Which revision, &lt;!channel&gt; & <@U0MARA>?", talk.card.ts))

    assert "<!channel>" not in last(talk).message.text
    assert "&lt;!channel&gt;" in last(talk).message.text


async def test_a_reply_elsewhere_is_no_business_of_ours(talk: Talk) -> None:
    await talk.send(payloads.reply(JONAS, COMMITS, "999.1", channel=PLANT3))

    assert [] == talk.slack.whispers
