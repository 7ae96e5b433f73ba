"""Who holds a request, and its clock: one window with everything, forms for the rest, and a card that moves along."""

from __future__ import annotations

from typing import Any

import pytest

from tests import payloads
from tests.builders import HELENA, JONAS, MARA, PLANT3, PRIYA, TOBIAS, Workspace
from tests.conversations.conftest import Talk, button
from tests.drawings import Drawing
from tests.flows.test_hands import PLANT5, open_plant_5
from tests.reading import text_of

pytestmark = pytest.mark.usefixtures("workspace")


async def opens_clock(talk: Talk, user: str) -> dict[str, Any]:
    await talk.presses(user, talk.card, "explain")
    return talk.form


async def presses_there(talk: Talk, user: str, action_id: str) -> dict[str, Any]:
    """Press a button of the window that is open; gives what is open then."""
    form = talk.form
    await talk.send(payloads.click_in_view(user, button(form["blocks"], action_id), form))
    return talk.form


def can_press(shown: dict[str, Any], action_id: str) -> bool:
    return f"'{action_id}'" in str(shown["blocks"])


async def moved_to_plant_5(talk: Talk, workspace: Workspace) -> Any:
    """Jonas moves Mara's request; gives the card it had."""
    desk_id = await talk.database.run(open_plant_5, workspace.tenant_id)
    before = await talk.asks()
    await opens_clock(talk, JONAS)
    form = await presses_there(talk, JONAS, "reassign")
    assert {} == await talk.submits(JONAS, form, desk=str(desk_id), note="Their machine.")
    return before


async def test_a_request_is_handed_to_a_colleague_with_a_word(talk: Talk) -> None:
    await talk.asks()
    await opens_clock(talk, JONAS)
    form = await presses_there(talk, JONAS, "hand_over")
    await talk.submits(JONAS, form, hand_to=PRIYA, note="I am in the workshop.")

    assert "*You hold EXP-1 from now on*" in talk.heard(PRIYA)[0]
    assert "Jonas Keller handed it over to Priya Nair\n>I am in the workshop." in talk.thread


async def test_only_a_member_of_the_desk_can_be_given_it(talk: Talk) -> None:
    await talk.asks()
    await opens_clock(talk, JONAS)
    form = await presses_there(talk, JONAS, "hand_over")
    refused = await talk.submits(JONAS, form, hand_to=TOBIAS)

    assert {"hand_to": "Tobias Brandt does not answer for Plant 3 desk. Choose one of its members."} == refused[
        "errors"
    ]


async def test_a_colleague_takes_what_another_holds(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(JONAS, talk.card, "acknowledge")
    assert not can_press(await opens_clock(talk, JONAS), "take_over")
    assert can_press(await opens_clock(talk, PRIYA), "take_over")
    shown = await presses_there(talk, PRIYA, "take_over")

    assert "Priya Nair took it over from Jonas Keller" in talk.thread
    assert "Priya Nair holds it." in text_of(shown)


async def test_sales_sees_the_clock_and_has_no_hand_in_it(talk: Talk) -> None:
    await talk.asks()
    shown = await opens_clock(talk, MARA)

    assert not any(can_press(shown, name) for name in ("hand_over", "take_over", "reassign", "snooze_two_hours"))
    assert "Waiting on Plant 3 desk" in text_of(shown)


async def test_the_card_moves_along_and_the_old_one_says_where_to(talk: Talk, workspace: Workspace) -> None:
    before = await moved_to_plant_5(talk, workspace)
    (left,) = [one for one in talk.slack.in_channel(PLANT3) if one.ts == before.ts]
    (live,) = talk.slack.in_channel(PLANT5)

    assert f"It is answered in <#{PLANT5}> now." in left.text
    assert [] == [block for block in left.message.blocks if block["type"] == "actions"]
    assert "Waiting on Plant 5 desk" in live.text
    said = "Jonas Keller moved it from Plant 3 desk to Plant 5 desk\n>Their machine."
    assert [said] == [note.text for note in talk.slack.in_thread(live.ts)]
    assert said in [note.text for note in talk.slack.in_thread(before.ts)]
    assert "is with the Plant 5 desk" in talk.heard(MARA)[0]


async def test_a_reaction_to_the_old_card_is_pointed_to_the_new_one(talk: Talk, workspace: Workspace) -> None:
    before = await moved_to_plant_5(talk, workspace)
    await talk.send(payloads.reaction(JONAS, "eyes", before.ts))
    await talk.send(payloads.reply(JONAS, "Looking into it", before.ts))

    assert "EXP-1 went to Plant 5 desk. It is answered on its card there." in talk.whispered(JONAS)[-1]
    (live,) = talk.slack.in_channel(PLANT5)
    assert can_press({"blocks": live.message.blocks}, "acknowledge")


async def test_the_new_desk_answers_on_the_new_card(talk: Talk, workspace: Workspace) -> None:
    await moved_to_plant_5(talk, workspace)
    (live,) = talk.slack.in_channel(PLANT5)
    await talk.send(payloads.reaction(HELENA, "eyes", live.ts, channel=PLANT5))
    await talk.send(payloads.click(JONAS, button(live.message.blocks, "commit_as_asked"), channel=PLANT5, ts=live.ts))

    assert any("Helena Voss is looking into it" in note.text for note in talk.slack.in_thread(live.ts))
    assert "Only members of Plant 5 desk can answer EXP-1" in talk.whispered(JONAS)[-1]


async def test_without_another_desk_the_press_is_answered_with_a_sentence(talk: Talk) -> None:
    await talk.asks()
    await opens_clock(talk, JONAS)
    shown = await presses_there(talk, JONAS, "reassign")

    assert "There is no other desk that EXP-1 could go to." in text_of(shown)


async def test_a_reminder_is_put_off_in_the_window_of_the_clock(talk: Talk) -> None:
    await talk.asks()
    await opens_clock(talk, JONAS)
    await presses_there(talk, JONAS, "snooze_morning")
    await talk.presses(PRIYA, talk.card, "open_request")

    assert "Jonas Keller put the reminder off until" in text_of(talk.form)
    assert "Wed 25 Nov 07:00" in text_of(talk.form)


async def test_sales_puts_a_reminder_off_in_its_own_message(talk: Talk) -> None:
    await talk.asks()
    form = await talk.opens(JONAS, "offer")
    await talk.submits(JONAS, form, offer_quantity="40")
    await talk.presses(MARA, talk.slack.to(MARA)[-1], "snooze_half_hour")
    shown = await opens_clock(talk, MARA)

    assert can_press(shown, "snooze_half_hour")
    await talk.presses(MARA, talk.slack.to(MARA)[-1], "accept")
    assert "You took the offer" in talk.heard(MARA)[-1]


async def test_the_other_side_cannot_put_it_off(talk: Talk) -> None:
    await talk.asks()
    await opens_clock(talk, JONAS)
    form = talk.form
    await talk.send(payloads.click_in_view(MARA, button(form["blocks"], "snooze_half_hour"), form))

    assert "only its members can put the reminder off" in text_of(talk.form)


async def test_the_clock_tells_every_stretch_that_counted(talk: Talk) -> None:
    await talk.asks()
    await talk.pass_time(minutes=20)
    form = await talk.opens(JONAS, "ask_information")
    await talk.submits(JONAS, form, question="Which drawing?")
    await talk.pass_time(hours=24)
    said = text_of(await opens_clock(talk, MARA))

    assert "• Tue 24 Nov 13:00–13:20 · Plant 3 desk, first answer · *20 min*" in said
    assert "Plant 3 desk *20 min* · Sales *" in said
    assert "*Measured by* answer to the question within 4 h of working time" in said
    assert "Hours: Plant 3, version 1, Europe/Berlin." in said
    assert "Service levels: Plant 3, version 1." in said


async def test_a_clock_is_explained_from_the_list_and_from_home(talk: Talk) -> None:
    await talk.asks()
    listed = await talk.types(MARA, "list")
    await talk.send(payloads.home_opened(JONAS))
    home = talk.slack.homes[JONAS]
    for user, blocks in ((MARA, listed["blocks"]), (JONAS, home["blocks"])):
        menu = button(blocks, "explain_chosen")
        chosen = {**menu, "selected_option": menu["options"][0]}
        await talk.send(payloads.click(user, chosen))
        assert "clock" == talk.form["callback_id"]
        assert "Plant 3 desk, first answer" in text_of(talk.form)
        talk.slack.forms.clear()


async def test_a_closed_request_explains_its_clock_from_everything_shown(talk: Talk) -> None:
    await talk.asks()
    await talk.presses(MARA, talk.slack.to(MARA)[0], "withdraw")
    await talk.submits(MARA, talk.form)
    shown = await talk.types(MARA, "status EXP-1")
    await talk.send(payloads.click(MARA, button(shown["blocks"], "open_request")))
    clock = await presses_there(talk, MARA, "explain")

    assert "Plant 3 desk, first answer" in text_of(clock)
    assert [] == Drawing("clock", "modal", {name: clock[name] for name in clock if name != "id"}).problems
