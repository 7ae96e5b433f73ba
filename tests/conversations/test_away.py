"""People away: said in a form, seen in App Home; their turns go to the deputy, who may act and is named for it."""

from __future__ import annotations

from typing import Any

from tests import payloads
from tests.builders import HELENA, JONAS, MARA, PRIYA, TOBIAS
from tests.conversations.conftest import Talk, button
from tests.reading import text_of

MONDAY = "2026-11-30"


async def goes_away(talk: Talk, user: str, deputy: str = "", **typed: Any) -> dict[str, Any]:
    await talk.types(user, "away")
    who = {"deputy": deputy} if deputy else {}
    return await talk.submits(user, talk.form, **{"back_on": MONDAY, **who, **typed})


async def home_of(talk: Talk, user: str) -> dict[str, Any]:
    await talk.send(payloads.home_opened(user))
    return talk.slack.homes[user]


async def presses_home(talk: Talk, user: str, action_id: str) -> None:
    home = await home_of(talk, user)
    await talk.send(payloads.click_in_view(user, button(home["blocks"], action_id), home))


async def offered(talk: Talk) -> None:
    await talk.asks()
    form = await talk.opens(JONAS, "offer")
    await talk.submits(JONAS, form, offer_quantity="40")


async def test_home_says_until_when_somebody_is_away_and_who_stands_in(talk: Talk) -> None:
    assert {} == await goes_away(talk, MARA, TOBIAS)

    assert "*You are away* until Mon 30 Nov; Tobias Brandt stands in" in text_of(await home_of(talk, MARA))
    assert "You stand in for Mara Lindqvist (until Mon 30 Nov)." in text_of(await home_of(talk, TOBIAS))


async def test_the_form_opens_from_home_too(talk: Talk) -> None:
    await presses_home(talk, MARA, "go_away")

    assert "away" == talk.form["callback_id"]
    assert "Europe/Berlin" in text_of(talk.form)


async def test_an_absence_that_cannot_be_is_refused_at_its_field(talk: Talk) -> None:
    refused = await goes_away(talk, MARA, back_on="2026-11-24")

    assert {"back_on": "You would be back before you leave. Choose a later day, or a later time."} == refused["errors"]


async def test_an_open_turn_goes_to_the_deputy_once_and_comes_back(talk: Talk) -> None:
    await offered(talk)
    heard = len(talk.heard(MARA))
    await goes_away(talk, MARA, TOBIAS)

    assert 1 == len(talk.heard(TOBIAS))
    assert "You stand in for Mara Lindqvist." in talk.heard(TOBIAS)[0]
    assert "Mara Lindqvist is away: Tobias Brandt stands in" in talk.card.text
    assert "EXP-1" in text_of(await home_of(talk, TOBIAS))

    await presses_home(talk, MARA, "be_back")

    assert heard == len(talk.heard(MARA))
    assert "Mara Lindqvist is back" in talk.heard(TOBIAS)[0]
    assert "is away" not in talk.card.text
    assert "EXP-1" not in text_of(await home_of(talk, TOBIAS))


async def test_the_deputy_acts_and_the_record_says_for_whom(talk: Talk) -> None:
    await goes_away(talk, MARA, TOBIAS)
    await offered(talk)
    assert 1 == len(talk.heard(MARA))
    await talk.presses(TOBIAS, talk.slack.to(TOBIAS)[-1], "accept")

    assert any("Tobias Brandt for Mara Lindqvist took the offer" in line for line in talk.thread)


async def test_a_turn_that_came_meanwhile_is_told_on_the_return(talk: Talk) -> None:
    await goes_away(talk, MARA, TOBIAS)
    await offered(talk)
    before = len(talk.heard(MARA))
    await presses_home(talk, MARA, "be_back")

    assert before + 1 == len(talk.heard(MARA))
    assert "*Your turn on EXP-1*" in talk.heard(MARA)[-1]


async def test_a_deputy_may_no_more_once_the_person_is_back(talk: Talk) -> None:
    await goes_away(talk, MARA, TOBIAS)
    await offered(talk)
    offer = talk.slack.to(TOBIAS)[-1].message.blocks
    await presses_home(talk, MARA, "be_back")
    await talk.send(payloads.click(TOBIAS, button(offer, "accept")))

    assert "was asked by Mara Lindqvist: only they can do this" in talk.whispered(TOBIAS)[-1]


async def test_nobody_else_acts_for_who_is_away(talk: Talk) -> None:
    await goes_away(talk, MARA, TOBIAS)
    await offered(talk)
    await talk.send(payloads.click(HELENA, button(talk.card.message.blocks, "accept")))

    assert "only they can do this" in talk.whispered(HELENA)[-1]


async def test_an_absence_ahead_begins_and_ends_by_itself(talk: Talk) -> None:
    await offered(talk)
    await goes_away(talk, MARA, TOBIAS, away_from="2026-11-25", back_on="2026-11-26")
    assert "*You will be away* from Wed 25 Nov until Thu 26 Nov" in text_of(await home_of(talk, MARA))
    assert [] == talk.heard(TOBIAS)

    await talk.pass_time(hours=12)
    assert [] == talk.heard(TOBIAS)  # it is one in the morning

    await talk.pass_time(hours=6)
    assert "You stand in for Mara Lindqvist." in talk.heard(TOBIAS)[0]

    await talk.pass_time(hours=18)
    assert "Mara Lindqvist is back" in talk.heard(TOBIAS)[0]
    assert "is away" not in talk.card.text


async def test_what_is_ahead_can_be_called_off(talk: Talk) -> None:
    await goes_away(talk, MARA, TOBIAS, away_from="2026-11-25")
    await presses_home(talk, MARA, "be_back")
    await talk.pass_time(days=2)

    assert "away" not in text_of(await home_of(talk, MARA)).replace("`/expedite away`", "").replace(
        "when you are away", ""
    )
    assert [] == talk.heard(TOBIAS)


async def test_the_holder_of_an_answer_leaves_it_to_the_deputy(talk: Talk) -> None:
    """Nothing was ever written to who took it by themselves: the deputy is told when they go."""
    await talk.asks()
    await talk.presses(JONAS, talk.card, "acknowledge")
    await goes_away(talk, JONAS, PRIYA)

    assert "*Your turn on EXP-1*" in talk.heard(PRIYA)[0]
    assert "Jonas Keller is away: Priya Nair stands in" in talk.card.text

    await talk.presses(PRIYA, talk.slack.to(PRIYA)[0], "commit_as_asked")
    assert any("Priya Nair for Jonas Keller committed" in line for line in talk.thread)


async def test_sales_answer_reaches_the_deputy_of_who_asked(talk: Talk) -> None:
    await talk.asks()
    form = await talk.opens(JONAS, "ask_information")
    await talk.submits(JONAS, form, question="Which drawing?")
    await goes_away(talk, JONAS, PRIYA)
    await talk.presses(MARA, talk.slack.to(MARA)[-1], "give_information")
    await talk.submits(MARA, talk.form, information="Revision C.")

    assert [] == talk.heard(JONAS)
    assert "You stand in for Jonas Keller." in talk.heard(PRIYA)[-1]


async def test_a_deputys_reply_gives_the_information(talk: Talk) -> None:
    await talk.asks()
    form = await talk.opens(JONAS, "ask_information")
    await talk.submits(JONAS, form, question="Which drawing?")
    await goes_away(talk, MARA, TOBIAS)
    await talk.replies(TOBIAS, "Revision C.")

    assert any("Tobias Brandt for Mara Lindqvist answered the question" in line for line in talk.thread)


async def test_a_new_absence_takes_the_place_of_one_it_overlaps(talk: Talk) -> None:
    await goes_away(talk, MARA, TOBIAS)
    await goes_away(talk, MARA, HELENA, back_on="2026-12-01")

    assert "until Tue 1 Dec; Helena Voss stands in" in text_of(await home_of(talk, MARA))
    assert "You stand in" not in text_of(await home_of(talk, TOBIAS))
