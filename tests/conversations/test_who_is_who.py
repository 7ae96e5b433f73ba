"""Who may act is what Slack last told: strangers never, the app itself when it is invited, nobody after a removal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.ports import NotAccepted, Refused
from models import DeskMember, Member, Tenant
from models.request_clock import ClockState, RequestClock
from tests import payloads
from tests.builders import BOT, JONAS, MARA, PLANT3, PRIYA, TEAM
from tests.conversations.conftest import Talk, button

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ELSEWHERE = "T0OTHERCO"
STRANGER = "U0STRANGER"


def a_stranger(body: dict[str, Any]) -> dict[str, Any]:
    user = {"id": STRANGER, "username": "stranger", "name": "stranger", "team_id": ELSEWHERE}
    return {**body, "user": user}


async def test_a_stranger_who_joins_a_shared_ops_channel_does_not_answer_for_the_desk(talk: Talk) -> None:
    await talk.send(payloads.event(STRANGER, "member_joined_channel", channel=PLANT3, team=ELSEWHERE))

    assert {JONAS, PRIYA} == await members(talk)


async def test_a_strangers_press_changes_nothing_and_is_told_why(talk: Talk) -> None:
    card = await talk.asks()
    await talk.send(a_stranger(payloads.click(JONAS, button(card.message.blocks, "acknowledge"), channel=PLANT3)))

    assert "Only people of this workspace" in talk.whispered(STRANGER)[0]
    assert [] == talk.thread


async def test_a_strangers_reply_is_only_talk(talk: Talk) -> None:
    """Even of somebody who is counted among the desk: the reply says which workspace it comes from."""
    card = await talk.asks()
    await talk.send(payloads.reply(JONAS, "We look.", card.ts, team=ELSEWHERE))

    assert [] == talk.thread


async def test_people_of_other_workspaces_are_not_remembered(talk: Talk) -> None:
    await talk.send(about({"id": STRANGER, "name": "x", "team_id": ELSEWHERE}, "user_change"))

    assert await named(talk, STRANGER) is None


async def test_somebody_new_is_known_by_their_full_name(talk: Talk) -> None:
    profile = {"display_name": "Noor", "real_name": "Noor Haddad"}
    user = {"id": "U0NOOR", "name": "nhaddad", "team_id": TEAM, "tz": "Europe/Berlin", "profile": profile}
    await talk.send(about(user, "team_join"))

    assert "Noor Haddad" == await named(talk, "U0NOOR")


async def test_the_app_that_is_invited_late_delivers_what_waited_and_learns_who_is_there(talk: Talk) -> None:
    """Nobody has to restart anything after the usual first mistake."""
    talk.slack.will_fail(Refused("not_in_channel"), on="post")
    await talk.types(MARA, "100 pcs BRK-2040 for Acme by Friday")
    second = (await talk.submits(MARA, talk.form, reason_code="line_down"))["view"]
    await talk.submits(MARA, (await talk.submits(MARA, second))["view"])
    assert [] == talk.slack.in_channel(PLANT3)

    talk.slack.channel_members[PLANT3] = [JONAS, BOT]
    await talk.send(payloads.event(BOT, "member_joined_channel", channel=PLANT3, team=TEAM))

    assert 1 == len(talk.slack.in_channel(PLANT3))
    assert {JONAS} == await members(talk)


async def test_an_invitation_counts_even_when_the_members_cannot_be_read(talk: Talk) -> None:
    talk.slack.will_fail(NotAccepted("ratelimited"), on="members_of")
    await talk.send(payloads.event(BOT, "member_joined_channel", channel=PLANT3, team=TEAM))

    assert {JONAS, PRIYA} == await members(talk)


async def test_a_channel_that_is_restored_gets_what_it_refused(talk: Talk) -> None:
    talk.slack.will_fail(Refused("is_archived"), on="update")
    card = await talk.asks()
    await talk.presses(JONAS, card, "acknowledge")
    before = card.text
    await talk.send(payloads.event(JONAS, "channel_unarchive", channel=PLANT3))

    assert before != talk.card.text


async def test_one_persons_revoked_token_does_not_end_the_installation(talk: Talk) -> None:
    await talk.asks()
    await talk.send(payloads.event(None, "tokens_revoked", tokens={"oauth": [MARA], "bot": []}))

    assert await open_clocks(talk) == 1


async def test_a_removal_stops_every_clock(talk: Talk) -> None:
    await talk.asks()
    await talk.send(payloads.event(None, "tokens_revoked", tokens={"oauth": [], "bot": [BOT]}))

    assert await open_clocks(talk) == 0


async def test_a_removal_told_after_the_app_is_back_means_the_installation_before(talk: Talk) -> None:
    await talk.asks()
    await talk.database.run(_installed, talk.clock.now())
    await talk.send(payloads.event(None, "app_uninstalled"))

    assert await open_clocks(talk) == 1


def about(user: dict[str, Any], kind: str) -> dict[str, Any]:
    """An event that carries a whole person."""
    body = payloads.event(None, kind)
    return {**body, "event": {**body["event"], "user": user}}


async def members(talk: Talk) -> set[str]:
    return set(await talk.database.run(lambda session: session.scalars(sa.select(DeskMember.slack_id)).all()))


async def named(talk: Talk, slack_id: str) -> str | None:
    wanted = sa.select(Member.name).where(Member.slack_id == slack_id)
    return await talk.database.run(lambda session: session.scalar(wanted))


async def open_clocks(talk: Talk) -> int:
    wanted = sa.select(sa.func.count()).where(RequestClock.state == ClockState.OPEN)
    return int(await talk.database.run(lambda session: session.scalar(wanted)) or 0)


def _installed(session: Session, at: Any) -> None:
    session.query(Tenant).filter_by(team_id=TEAM).one().installed_at = at + timedelta(seconds=1)
