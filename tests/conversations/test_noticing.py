"""Free text in watched channels: noticed once, told to its writer alone, and turned into a request they send."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from bot.ports import NotAccepted, Refused, Reply
from models import ExpediteRequest, Member, Nudge, OptOut, SettingChange, TimelineEntry, WatchedChannel
from models.nudge import Decision
from models.origin import origin_in
from tests import payloads
from tests.builders import FRIDAY, JONAS, MARA, PLANT3, SALES, SAM, TOBIAS
from tests.conversations.conftest import Talk, button

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.builders import Workspace
    from tests.fakes import FakeClock

ASK = "Can we get SO-48213 pulled in to Friday? Acme needs 200 pcs BRK-2040"
CHATTER = "Thanks all, see you at lunch"
OTHER = "C0OTHER"
_ticks = count(1)


@pytest.fixture
async def watched(talk: Talk, workspace: Workspace) -> Talk:
    """The sales channel is watched."""
    await talk.database.run(watch, workspace.tenant_id, SALES)
    return talk


def watch(session: Session, tenant_id: int, channel: str) -> None:
    at = sa.func.now()
    facts = {"tenant_id": tenant_id, "channel_id": channel, "added_by": SAM, "added_at": at}
    session.execute(sa.insert(WatchedChannel).values(**facts))


def stamp_at(clock: FakeClock, **ago: float) -> str:
    return f"{(clock.now() - timedelta(**ago)).timestamp():.0f}.{next(_ticks):06}"


def message(talk: Talk, text: str = ASK, *, user: str = MARA, **facts: Any) -> dict[str, Any]:
    """A message as Slack tells of it; ``ts`` and ``channel`` unless said otherwise."""
    ts = facts.pop("ts", None) or stamp_at(talk.clock)
    where = {"channel": SALES, "channel_type": "channel", "ts": ts, "event_ts": ts}
    return payloads.event(user, "message", **{**where, "text": text, **facts})


def edited(talk: Talk, before: dict[str, Any], text: str) -> dict[str, Any]:
    """The same message after its writer changed it."""
    old = {key: before["event"][key] for key in ("type", "user", "text", "ts")}
    new = {**old, "text": text, "edited": {"user": old["user"], "ts": stamp_at(talk.clock)}}
    facts = {"subtype": "message_changed", "hidden": True, "message": new, "previous_message": old}
    ts = stamp_at(talk.clock)
    return payloads.event(None, "message", channel=SALES, channel_type="channel", ts=ts, event_ts=ts, **facts)


async def kept(talk: Talk, kind: type[Any]) -> list[Any]:
    return list(await talk.database.run(lambda session: session.scalars(sa.select(kind)).all()))


async def says(talk: Talk, text: str = ASK, **facts: Any) -> dict[str, Any]:
    """Somebody writes; Slack can tell the message again. Gives the event."""
    body = message(talk, text, **facts)
    event = body["event"]
    talk.slack.said[event["channel"], event["ts"]] = Reply(event["ts"], event["user"], text)
    await talk.send(body)
    return dict(event)


async def presses(talk: Talk, user: str, action: str, *, number: int = -1) -> None:
    """Press a button of the line that somebody was shown."""
    shown = talk.slack.whispers[number]
    await talk.send(payloads.click(user, button(shown.message.blocks, action), channel=shown.channel))


def initial(view: dict[str, Any], field: str) -> Any:
    block = next(block for block in view["blocks"] if block.get("block_id") == field)
    return block["element"].get("initial_value") or block["element"].get("initial_date")


# What is noticed


async def test_an_ask_is_told_to_its_writer_alone_with_the_reason_and_a_button(watched: Talk) -> None:
    await says(watched)

    (line,) = watched.slack.whispers
    assert (MARA, SALES, None) == (line.slack_id, line.channel, line.thread_ts)
    assert "Shall this go to Operations" in line.message.text
    assert "names an order" in line.message.text
    assert "asks for an earlier date" in line.message.text
    assert [] == watched.slack.messages


async def test_other_channels_are_not_read(watched: Talk) -> None:
    await says(watched, channel=OTHER)

    assert [] == watched.slack.whispers
    assert [] == await kept(watched, Nudge)


async def test_chatter_is_left_alone_and_nothing_of_it_is_kept(watched: Talk) -> None:
    await says(watched, CHATTER)

    assert [] == watched.slack.whispers
    assert [] == await kept(watched, Nudge)


SHAPES: dict[str, dict[str, Any]] = {
    "broadcast": {"subtype": "thread_broadcast", "thread_ts": "1795000000.000009"},
    "file": {"subtype": "file_share", "files": [{"id": "F1", "name": "order.pdf"}]},
    "forwarded": {"text": "What do you think?", "attachments": [{"is_share": True, "text": ASK}]},
    "quoted": {"text": f"From their buyer:\n&gt; {ASK}\nWhat do you think?"},
    "private channel": {"channel_type": "group"},
    "reply": {"thread_ts": "1795000000.000010"},
}
NOT_OURS: dict[str, dict[str, Any]] = {
    "bot": {"bot_id": "B0OTHER", "subtype": "bot_message"},
    "app": {"bot_id": "B0OTHER"},
    "slackbot": {"user": "USLACKBOT"},
    "news": {"subtype": "channel_topic"},
    "stranger": {"user_team": "T0OTHERCO"},
    "preview": {"text": "Look", "attachments": [{"from_url": "https://example.com", "text": ASK}]},
}


async def test_every_shape_of_a_message_is_read(watched: Talk) -> None:
    for number, (shape, facts) in enumerate(SHAPES.items(), 1):
        await watched.send(message(watched, **facts))
        told = [(line.slack_id, line.thread_ts) for line in watched.slack.whispers]
        assert number == len(told), shape
        assert (MARA, facts.get("thread_ts")) == told[-1], shape


async def test_what_no_colleague_wrote_is_not_read(watched: Talk) -> None:
    for shape, facts in NOT_OURS.items():
        await watched.send(message(watched, **facts))
        assert [] == watched.slack.whispers, shape


async def test_an_edit_by_a_stranger_is_not_read(watched: Talk) -> None:
    changed = edited(watched, message(watched, CHATTER), ASK)
    changed["event"]["message"]["user_team"] = "T0OTHERCO"
    await watched.send(changed)

    assert [] == watched.slack.whispers


async def test_guests_and_bots_are_never_asked(watched: Talk) -> None:
    for mark in ("is_guest", "is_deactivated", "is_bot"):
        await watched.database.run(mark_all, **{mark: True})
        await says(watched)
        assert [] == watched.slack.whispers, mark
        await watched.database.run(mark_all, **{mark: False})
    await says(watched)
    assert [MARA] == [line.slack_id for line in watched.slack.whispers]


def mark_all(session: Session, **facts: bool) -> None:
    session.execute(sa.update(Member).values(facts))


async def test_an_old_message_is_left_alone(watched: Talk) -> None:
    await says(watched, ts=stamp_at(watched.clock, days=2))

    assert [] == watched.slack.whispers


async def test_the_threads_of_cards_are_left_to_the_desk(talk: Talk, workspace: Workspace) -> None:
    await talk.database.run(watch, workspace.tenant_id, PLANT3)
    card = await talk.asks()
    await talk.send(message(talk, user=JONAS, channel=PLANT3, thread_ts=card.ts))

    assert not any("expedite request?" in whisper.message.text for whisper in talk.slack.whispers)
    assert "Jonas Keller is looking into it" in talk.thread[0]


# Once


async def test_one_message_is_told_of_once_however_often_slack_delivers_it(watched: Talk) -> None:
    body = message(watched)
    await watched.send(body)
    await watched.send({**body, "event_id": "Ev9999"})

    assert 1 == len(watched.slack.whispers)


async def test_a_thread_is_told_of_once(watched: Talk) -> None:
    first = await says(watched)
    await says(watched, thread_ts=first["ts"])
    await says(watched, user=TOBIAS, thread_ts=first["ts"])

    assert 1 == len(watched.slack.whispers)


async def test_an_edit_that_makes_it_an_ask_is_noticed_and_further_ones_are_not(watched: Talk) -> None:
    first = message(watched, CHATTER)
    await watched.send(first)
    await watched.send(edited(watched, first, ASK))
    await watched.send(edited(watched, first, f"{ASK}!"))

    assert [MARA] == [line.slack_id for line in watched.slack.whispers]


async def test_an_edit_that_arrives_before_its_message_changes_nothing_twice(watched: Talk) -> None:
    first = message(watched)
    await watched.send(edited(watched, first, f"{ASK} please"))
    await watched.send(first)

    assert 1 == len(watched.slack.whispers)


async def test_a_preview_that_slack_adds_is_no_edit(watched: Talk) -> None:
    changed = edited(watched, message(watched, CHATTER), ASK)
    del changed["event"]["message"]["edited"]
    await watched.send(changed)

    assert [] == watched.slack.whispers


async def test_a_line_that_slack_does_not_take_is_not_tried_again(watched: Talk) -> None:
    watched.slack.will_fail(NotAccepted("ratelimited"), on="whisper")
    body = message(watched)
    await watched.send(body)
    await watched.send(body)

    assert [] == watched.slack.whispers
    assert 1 == watched.slack.calls["whisper"]


# What the writer chooses


async def test_not_now_is_for_this_thread_only(watched: Talk) -> None:
    first = await says(watched)
    await presses(watched, MARA, "nudge_not_now")
    await says(watched, thread_ts=first["ts"])
    assert [None] == watched.slack.answers
    assert 1 == len(watched.slack.whispers)

    await says(watched)
    assert 2 == len(watched.slack.whispers)


async def test_not_for_me_again_is_for_this_person_everywhere_until_taken_back(watched: Talk) -> None:
    await says(watched)
    await presses(watched, MARA, "nudge_never_me")
    await says(watched)
    await says(watched, user=TOBIAS)
    assert [MARA, TOBIAS] == [line.slack_id for line in watched.slack.whispers]

    again = watched.slack.answers[0]
    assert again is not None
    await watched.send(payloads.click(MARA, button(again.blocks, "nudge_me_again"), channel=SALES))
    await says(watched)
    assert [MARA, TOBIAS, MARA] == [line.slack_id for line in watched.slack.whispers]
    assert [] == await kept(watched, OptOut)


async def test_an_admin_can_stop_the_watching_which_is_on_record(watched: Talk) -> None:
    await says(watched, user=SAM)
    await presses(watched, SAM, "nudge_never_here")
    await says(watched)

    assert [SAM] == [line.slack_id for line in watched.slack.whispers]
    (change,) = await kept(watched, SettingChange)
    assert (SAM, "watched_channels", [SALES], []) == (change.by, change.part, change.before, change.after)
    answer = watched.slack.answers[0]
    assert answer is not None
    assert f"<#{SALES}> is not watched any more" in answer.text


async def test_only_admins_are_offered_to_stop_the_watching_and_only_they_can(watched: Talk) -> None:
    await says(watched)
    (line,) = watched.slack.whispers
    assert "nudge_never_here" not in str(line.message.blocks)

    forged = {**button(line.message.blocks, "nudge_not_now"), "action_id": "nudge_never_here"}
    await watched.send(payloads.click(MARA, forged, channel=SALES))

    assert "Only admins can change the settings" in watched.whispered(MARA)[-1]
    assert 1 == len(await kept(watched, WatchedChannel))
    assert [Decision.NONE] == [nudge.decision for nudge in await kept(watched, Nudge)]


async def test_nobody_decides_about_what_somebody_else_wrote(watched: Talk) -> None:
    await says(watched)
    await presses(watched, TOBIAS, "nudge_not_now")

    assert "This was offered to whoever wrote the message" in watched.whispered(TOBIAS)[0]
    assert [Decision.NONE] == [nudge.decision for nudge in await kept(watched, Nudge)]


async def test_a_choice_stands_when_its_line_cannot_be_replaced(watched: Talk) -> None:
    await says(watched)
    watched.slack.will_fail(Refused("http_404"), on="answer")
    await presses(watched, MARA, "nudge_not_now")

    assert [Decision.NOT_NOW] == [nudge.decision for nudge in await kept(watched, Nudge)]


# The request


async def test_the_form_opens_with_what_the_message_says(watched: Talk) -> None:
    await says(watched, f"{ASK}, promised for 18 December")
    await presses(watched, MARA, "nudge_open")

    said = {field: initial(watched.form, field) for field in ("customer", "order_number", "item", "quantity")}
    assert {"customer": "Acme", "order_number": "SO-48213", "item": "BRK-2040", "quantity": "200 pcs"} == said
    assert "2026-12-18" == initial(watched.form, "promise_date")


async def test_days_are_those_of_when_it_was_written(watched: Talk) -> None:
    await says(watched)
    watched.clock.advance(days=5)
    await presses(watched, MARA, "nudge_open")

    assert FRIDAY.isoformat() == initial(watched.form, "needed_ship_date")


async def test_a_date_that_can_mean_two_is_asked_about(watched: Talk) -> None:
    await says(watched, "We need another 500 ea of VLV-310 for Borealis by 4/12, can you squeeze it in?")
    await presses(watched, MARA, "nudge_open")

    assert initial(watched.form, "needed_ship_date") is None
    assert "*Ship by* is left open: the message can mean Fri 4 Dec or" in str(watched.form["blocks"])


async def test_an_edit_before_the_press_is_what_the_form_shows(watched: Talk) -> None:
    event = await says(watched)
    watched.slack.said[SALES, event["ts"]] = Reply(event["ts"], MARA, ASK.replace("200 pcs", "300 pcs"))
    await presses(watched, MARA, "nudge_open")

    assert "300 pcs" == initial(watched.form, "quantity")


@pytest.mark.parametrize("way", ["deleted", "refused"])
async def test_a_message_that_cannot_be_read_again_opens_an_empty_form_that_says_so(watched: Talk, way: str) -> None:
    await says(watched)
    if way == "deleted":
        watched.slack.said.clear()
    else:
        watched.slack.will_fail(Refused("missing_scope"), on="message")
    await presses(watched, MARA, "nudge_open")

    assert initial(watched.form, "item") is None
    assert "The message could not be read again" in str(watched.form["blocks"])


async def test_the_request_leads_to_the_message_it_was_made_of(watched: Talk) -> None:
    event = await says(watched)
    await sends(watched)

    link = f"<https://example.com/archives/{SALES}/p{event['ts'].replace('.', '')}|from a message>"
    assert f"asked by Mara Lindqvist {link}" in watched.card.text
    (request,) = await kept(watched, ExpediteRequest)
    (nudge,) = await kept(watched, Nudge)
    assert (Decision.SENT, request.id) == (nudge.decision, nudge.request_id)
    (asked,) = await kept(watched, TimelineEntry)
    origin = origin_in(asked.facts)
    assert origin is not None
    assert (SALES, event["ts"]) == (origin.channel, origin.ts)
    await watched.presses(MARA, watched.card, "open_request")
    assert f"Mara Lindqvist asked {link}" in str(watched.form["blocks"])


async def test_a_request_without_a_link_still_says_that_it_came_from_a_message(watched: Talk) -> None:
    await says(watched)
    watched.slack.will_fail(Refused("message_not_found"), on="permalink")
    await sends(watched)

    assert "asked by Mara Lindqvist from a message" in watched.card.text


async def test_a_message_that_was_sent_stays_so_whatever_is_pressed_later(watched: Talk) -> None:
    await says(watched)
    await sends(watched)
    await presses(watched, MARA, "nudge_not_now", number=0)

    assert [Decision.SENT] == [nudge.decision for nudge in await kept(watched, Nudge)]


async def sends(talk: Talk) -> None:
    """Open the form from the line and send it as it is."""
    await presses(talk, MARA, "nudge_open")
    second = (await talk.submits(MARA, talk.form, reason_code="line_down"))["view"]
    review = (await talk.submits(MARA, second))["view"]
    assert {"response_action": "clear"} == await talk.submits(MARA, review)


async def test_no_word_of_a_message_is_kept_unless_a_form_was_opened(watched: Talk) -> None:
    await says(watched, ASK.replace("BRK-2040", "QZX-77"))

    assert [MARA] == [line.slack_id for line in watched.slack.whispers]
    assert "QZX-77" not in await watched.database.run(everything_in)


def everything_in(session: Session) -> str:
    """Every row of every table as text."""
    tables = Nudge.metadata.sorted_tables
    return "\n".join(str(row) for table in tables for row in session.execute(sa.select(table)).all())


async def test_an_uninstalled_workspace_is_not_read(watched: Talk) -> None:
    await watched.send(payloads.event(None, "app_uninstalled"))
    await watched.send(message(watched))

    assert [] == watched.slack.whispers
