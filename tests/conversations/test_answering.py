"""Ops answers and Sales settles: buttons, reactions and replies, each acting once, each undone by its author."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.services import roster
from tests import payloads
from tests.builders import BOT, HELENA, JONAS, MARA, PLANT3, PRIYA, TOBIAS
from tests.conversations.conftest import Talk, button

WEDNESDAY_AFTERNOON = int(datetime(2026, 11, 25, 14, tzinfo=UTC).timestamp())
TUESDAY_NIGHT = int(datetime(2026, 11, 24, 22, tzinfo=UTC).timestamp())


def can_press(talk: Talk, action_id: str) -> bool:
    return action_id in str(talk.card.message.blocks)


async def test_a_button_acknowledges(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "acknowledge")

    assert any("Jonas Keller" in line for line in talk.thread)
    assert not can_press(talk, "acknowledge")


async def test_eyes_acknowledge_and_taking_them_away_undoes_it(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(JONAS, "eyes::skin-tone-3")
    assert not can_press(talk, "acknowledge")

    await talk.reacts(JONAS, "eyes::skin-tone-3", removed=True)

    assert can_press(talk, "acknowledge")


async def test_only_the_author_undoes_a_reaction(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(JONAS, "eyes")
    await talk.reacts(PRIYA, "eyes")
    await talk.reacts(PRIYA, "eyes", removed=True)

    assert not can_press(talk, "acknowledge")


async def test_a_desk_members_reply_is_a_first_response(talk: Talk) -> None:
    await talk.asks()
    await talk.replies(JONAS, "Looking into it")

    assert not can_press(talk, "acknowledge")


@pytest.mark.parametrize("user", [MARA, TOBIAS])
async def test_replies_of_others_are_no_first_response(talk: Talk, user: str) -> None:
    await talk.asks()
    await talk.replies(user, "Any news?")

    assert can_press(talk, "acknowledge")


async def test_a_bots_reply_is_no_first_response(talk: Talk) -> None:
    await talk.asks()
    await talk.send(payloads.bot_reply("Ticket linked", talk.card.ts))

    assert can_press(talk, "acknowledge")


async def test_a_deleted_reply_takes_its_acknowledgement_back(talk: Talk) -> None:
    await talk.asks()
    ts = await talk.replies(JONAS, "Looking into it")
    await talk.send(payloads.deleted(JONAS, ts, talk.card.ts))

    assert can_press(talk, "acknowledge")


async def test_ops_names_when_the_answer_will_come(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "acknowledge")
    form = await talk.opens(JONAS, "name_answer_time")
    await talk.submits(JONAS, form, answer_due=WEDNESDAY_AFTERNOON)

    assert any("25 Nov" in line for line in talk.thread)


async def test_an_answer_time_at_night_is_refused_with_the_next_opening(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "acknowledge")
    form = await talk.opens(JONAS, "name_answer_time")
    refused = await talk.submits(JONAS, form, answer_due=TUESDAY_NIGHT)

    assert {"answer_due"} == set(refused["errors"])


async def test_committing_as_asked_tells_sales_and_needs_no_acceptance(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "commit_as_asked")

    assert 2 == len(talk.heard(MARA))
    assert "Fri 27 Nov" in talk.heard(MARA)[-1]
    assert not can_press(talk, "commit_as_asked")


async def test_a_check_mark_commits_and_taking_it_away_undoes_it(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(PRIYA, "white_check_mark")
    assert not can_press(talk, "commit_as_asked")

    await talk.reacts(PRIYA, "white_check_mark", removed=True)

    assert can_press(talk, "commit_as_asked")


async def offer(talk: Talk, shape: str, **typed: Any) -> dict[str, Any]:
    """Jonas opens the offer form, chooses a shape, and sends it."""
    form = await talk.opens(JONAS, "offer")
    choice = {"type": "radio_buttons", "action_id": "offer_shape", "selected_option": {"value": shape}}
    await talk.send(payloads.click_in_view(JONAS, choice, form, offer_shape=shape))
    return await talk.submits(JONAS, talk.form, offer_shape=shape, **typed)


STAGED = {"lot_quantity_1": "40", "lot_date_1": "2026-11-27", "lot_quantity_2": "60", "lot_date_2": "2026-12-02"}
SHAPES = [
    ("part_on_date", {"offer_quantity": "40"}),
    ("everything_later", {"offer_date": "2026-12-02"}),
    ("staged_lots", STAGED),
]


@pytest.mark.parametrize(("shape", "typed"), SHAPES)
async def test_each_shape_of_offer_can_be_made_and_accepted(talk: Talk, shape: str, typed: dict[str, str]) -> None:
    await talk.asks()
    assert "errors" not in await offer(talk, shape, **typed)
    direct = talk.slack.to(MARA)[-1]
    assert "your turn" in direct.text.lower()

    await talk.presses(MARA, direct, "accept")

    assert can_press(talk, "report_outcome")


async def test_what_was_not_asked_for_may_be_offered_and_is_said_to_both_sides(talk: Talk) -> None:
    await talk.asks()
    weekend = {"lot_quantity_2": "90", "lot_date_2": "2026-12-05"}
    answer = await offer(talk, "staged_lots", **{**STAGED, **weekend})

    for said in ("30 pcs are more than asked.", "Sat 5 Dec is no working day of the desk."):
        assert said in str(answer["view"]["blocks"])
        assert said in talk.heard(MARA)[-1]
        assert said in talk.card.message.text


async def test_what_cannot_be_is_refused_at_the_lot_that_is_wrong(talk: Talk) -> None:
    await talk.asks()
    wrong = {"lot_quantity_1": "0", "lot_date_2": "2026-11-02", "extra_cost": "much"}
    answer = await offer(talk, "staged_lots", **{**STAGED, **wrong})

    assert {"lot_quantity_1", "lot_date_2", "extra_cost"} == set(answer["errors"])


async def test_a_refused_offer_goes_back_to_ops_with_the_reason(talk: Talk) -> None:
    await talk.asks()
    await offer(talk, "everything_later", offer_date="2026-12-02")
    await talk.presses(MARA, talk.slack.to(MARA)[-1], "refuse")
    await talk.submits(MARA, talk.form, refuse_reason="They need 60 to restart", refuse_next="look_again")

    assert any("60 to restart" in line for line in talk.thread)
    assert "60 to restart" in talk.heard(JONAS)[-1]
    assert can_press(talk, "offer")


async def test_a_decline_needs_a_reason_and_an_alternative_or_says_there_is_none(talk: Talk) -> None:
    await talk.asks()
    form = await talk.opens(JONAS, "decline")
    refused = await talk.submits(JONAS, form, decline_reason="Press 4 is down")
    assert "alternative" in refused["errors"]

    assert {} == await talk.submits(JONAS, form, decline_reason="Press 4 is down", alternative="BRK-2041 is in stock")

    assert "BRK-2041" in talk.heard(MARA)[-1]
    assert "Press 4 is down" in talk.heard(MARA)[-1]


async def test_a_declined_request_can_be_asked_again_for_the_alternative(talk: Talk) -> None:
    await talk.asks()
    form = await talk.opens(JONAS, "decline")
    await talk.submits(JONAS, form, decline_reason="Press 4 is down", alternative="BRK-2041 is in stock")
    await talk.presses(MARA, talk.slack.to(MARA)[-1], "ask_for_alternative")

    assert "BRK-2041" in str(talk.form["blocks"])
    assert "Acme" in str(talk.form["blocks"])


async def test_a_question_moves_the_turn_to_sales_and_the_answer_moves_it_back(talk: Talk) -> None:
    await talk.asks()
    form = await talk.opens(JONAS, "ask_information")
    await talk.submits(JONAS, form, question="Which revision?")
    direct = talk.slack.to(MARA)[-1]
    assert "Which revision?" in direct.text

    await talk.presses(MARA, direct, "give_information")
    await talk.submits(MARA, talk.form, information="Revision C")

    assert "Revision C" in talk.heard(JONAS)[-1]
    assert any("Revision C" in line for line in talk.thread)


async def test_a_question_mark_asks_for_information(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(JONAS, "question")

    assert 2 == len(talk.heard(MARA))
    assert talk.whispered(JONAS)


async def test_a_no_entry_sign_begins_a_decline_and_decides_nothing(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(JONAS, "no_entry_sign")
    whisper = talk.slack.whispers[-1]
    assert can_press(talk, "commit_as_asked")

    await talk.send(payloads.click(JONAS, button(whisper.message.blocks, "decline")))

    assert "decline" == talk.form["callback_id"]


async def test_sales_withdraws(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(MARA, talk.slack.to(MARA)[-1], "withdraw")
    await talk.submits(MARA, talk.form)

    assert any("withdr" in line.lower() for line in talk.thread)
    assert not can_press(talk, "commit_as_asked")


async def test_the_outcome_closes_the_request(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "commit_as_asked")
    form = await talk.opens(JONAS, "report_outcome")
    assert {} == await talk.submits(JONAS, form, outcome="in_full")

    assert not can_press(talk, "report_outcome")
    assert any("in full" in line.lower() for line in talk.thread)


async def test_two_people_press_and_the_second_is_told_who_was_first(talk: Talk) -> None:
    await talk.asks()
    stale = talk.card.message
    await talk.presses(JONAS, talk.card, "commit_as_asked")
    await talk.send(payloads.click(PRIYA, button(stale.blocks, "commit_as_asked"), ts=talk.card.ts))

    assert "Jonas Keller" in talk.whispered(PRIYA)[-1]
    assert 2 == len(talk.heard(MARA))


async def test_a_press_delivered_twice_acts_once(talk: Talk) -> None:
    await talk.asks()
    body = payloads.click(JONAS, button(talk.card.message.blocks, "acknowledge"), ts=talk.card.ts)
    await talk.send(body)
    notes = len(talk.thread)
    await talk.send(body)

    assert notes == len(talk.thread)
    assert [] == talk.whispered(JONAS)


async def test_an_event_delivered_under_two_ids_acts_once(talk: Talk) -> None:
    await talk.asks()
    body = payloads.reaction(JONAS, "eyes", talk.card.ts)
    await talk.send(body)
    await talk.send({**body, "event_id": "Ev_ANOTHER"})

    assert 1 == len(talk.thread)


OPS_BUTTONS = ["acknowledge", "commit_as_asked", "offer", "ask_information", "decline"]


@pytest.mark.parametrize("action_id", OPS_BUTTONS)
@pytest.mark.parametrize("user", [MARA, TOBIAS, HELENA])
async def test_nobody_outside_the_desk_answers(talk: Talk, user: str, action_id: str) -> None:
    """Hidden buttons are cosmetics: the role is checked at the act."""
    await talk.asks()
    forms = len(talk.slack.forms)
    before = talk.card.text
    await talk.presses(user, talk.card, action_id)

    assert "Plant 3 desk" in talk.whispered(user)[-1]
    assert (before, forms) == (talk.card.text, len(talk.slack.forms))


@pytest.mark.parametrize("user", [JONAS, TOBIAS])
async def test_only_the_requester_accepts(talk: Talk, user: str) -> None:
    await talk.asks()
    await offer(talk, "everything_later", offer_date="2026-12-02")
    direct = talk.slack.to(MARA)[-1]
    await talk.send(payloads.click(user, button(direct.message.blocks, "accept"), channel=PLANT3, ts=talk.card.ts))

    assert "Mara Lindqvist" in talk.whispered(user)[-1]


@pytest.mark.parametrize("user", [MARA, TOBIAS])
async def test_reactions_of_others_are_not_counted_and_said_so(talk: Talk, user: str) -> None:
    await talk.asks()
    await talk.reacts(user, "eyes")

    assert can_press(talk, "acknowledge")
    assert "not counted" in talk.whispered(user)[-1]


async def test_who_is_not_on_the_desk_is_told_once_ever_that_reactions_do_not_count(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(TOBIAS, "eyes")
    await talk.reacts(TOBIAS, "eyes", removed=True)
    await talk.pass_time(days=100)
    await talk.reacts(TOBIAS, "white_check_mark::skin-tone-2")

    assert 1 == len(talk.whispered(TOBIAS))
    assert can_press(talk, "commit_as_asked")


async def test_other_emoji_and_other_messages_are_left_alone(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(JONAS, "tada")
    await talk.send(payloads.reaction(JONAS, "eyes", "999.1"))

    assert can_press(talk, "acknowledge")
    assert [] == talk.slack.whispers


async def test_two_skin_tones_are_two_reactions_and_removing_the_idle_one_undoes_nothing(talk: Talk) -> None:
    await talk.asks()
    await talk.reacts(JONAS, "eyes::skin-tone-2")
    await talk.reacts(JONAS, "eyes::skin-tone-5")
    await talk.reacts(JONAS, "eyes::skin-tone-5", removed=True)
    assert not can_press(talk, "acknowledge")

    await talk.reacts(JONAS, "eyes::skin-tone-2", removed=True)
    assert can_press(talk, "acknowledge")


async def test_the_app_never_acts_on_a_reaction_of_its_own(talk: Talk) -> None:
    """Not even where somebody put it on the desk."""
    await talk.database.run(roster.sync_desk_members, 1, [JONAS, BOT])
    await talk.asks()
    await talk.reacts(BOT, "white_check_mark")

    assert can_press(talk, "commit_as_asked")
    assert [] == talk.slack.whispers


async def test_people_of_other_workspaces_are_kept_out(talk: Talk) -> None:
    """A shared channel brings strangers; the default is no."""
    await talk.asks()
    body = payloads.click(JONAS, button(talk.card.message.blocks, "acknowledge"), ts=talk.card.ts)
    body["user"]["team_id"] = "T0STRANGER"
    await talk.send(body)

    assert can_press(talk, "acknowledge")


async def test_events_nobody_listens_to_are_heard_and_let_go(talk: Talk) -> None:
    """An unanswered event would be delivered again and again."""
    await talk.send(payloads.event(None, "channel_archive", channel=PLANT3))
    await talk.send(payloads.event(JONAS, "message", subtype="channel_join", channel=PLANT3, ts="1.2", text="joined"))

    assert [] == talk.slack.messages


async def test_a_commitment_taken_back_says_that_no_date_may_be_told(talk: Talk) -> None:
    """Sales may have read the promise already."""
    await talk.asks()
    await talk.reacts(PRIYA, "white_check_mark")
    await talk.reacts(PRIYA, "white_check_mark", removed=True)

    assert "nothing is committed" in talk.heard(MARA)[-1]
    assert "no date yet" in talk.heard(MARA)[-1]


async def test_what_may_be_told_is_shown_from_the_card_and_from_the_message(talk: Talk) -> None:
    """Both sides see the same words: nothing yet before the commitment, the lots after it."""
    await talk.asks()
    await talk.opens(JONAS, "tell_customer")
    assert "nothing yet" in str(talk.form)
    await talk.presses(JONAS, talk.card, "commit_as_asked")

    await talk.presses(MARA, talk.slack.to(MARA)[-1], "tell_customer")

    assert "We will ship 100 pcs by Fri 27 Nov." in str(talk.form)


async def test_a_lot_that_may_slip_is_told_early_and_sales_takes_the_new_day(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "commit_as_asked")
    form = await talk.opens(JONAS, "report_risk")
    await talk.submits(JONAS, form, risk_reason="The mould broke.", new_ship_date="2026-12-04")
    warning = talk.slack.to(MARA)[-1]
    assert "may slip" in warning.text
    assert "The mould broke." in warning.text

    await talk.presses(MARA, warning, "take_new_date")

    assert "took the new day for 100 pcs due Fri 27 Nov: now Fri 4 Dec" in talk.thread[-1]
    assert "took the new day" in talk.heard(JONAS)[-1]
    assert "Fri 4 Dec" in talk.card.text


async def test_a_firm_new_day_is_committed_at_once(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "commit_as_asked")
    form = await talk.opens(JONAS, "report_risk")

    answer = await talk.submits(JONAS, form, risk_reason="No resin.", is_firm=["firm"])
    assert "For which day" in answer["errors"]["new_ship_date"]
    await talk.submits(JONAS, form, risk_reason="No resin.", is_firm=["firm"], new_ship_date="2026-12-04")

    assert "We will ship 100 pcs by Fri 4 Dec." in talk.heard(MARA)[-1]


async def test_a_customer_who_cancels_closes_the_request_as_cancelled(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(MARA, talk.slack.to(MARA)[0], "withdraw")

    await talk.submits(MARA, talk.form, ended_because="customer_cancelled")

    assert "cancelled by the customer" in talk.card.text


async def test_who_is_pushed_back_is_told_and_a_kept_promise_is_thanked_for(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "commit_as_asked")
    form = await talk.opens(JONAS, "name_bumped")
    answer = await talk.submits(JONAS, form, bumped_order_1="4711", bumped_days_1="soon")
    assert "By how many working days?" in answer["errors"]["bumped_days_1"]
    await talk.submits(JONAS, form, bumped_order_1="4711", bumped_days_1="2", bumped_owner_1=TOBIAS)
    assert "*Pushed back:* order 4711 by 2 working days" in talk.heard(TOBIAS)[-1]

    form = await talk.opens(JONAS, "report_outcome")
    await talk.submits(JONAS, form, outcome="in_full")
    await talk.presses(MARA, talk.slack.to(MARA)[-1], "thank")
    await talk.submits(MARA, talk.form, thanks="You saved the week.")

    assert f"Mara Lindqvist says thanks to <@{JONAS}>" in talk.thread[-1]
    assert "You saved the week." in talk.thread[-1]
