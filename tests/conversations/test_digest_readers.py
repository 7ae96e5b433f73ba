"""Around the digest: previews as far as somebody may see, what waits now, leaving it out, another day for it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.ports import Refused
from models import SettingChange, Tenant
from models.summit import Agreement, Summit
from tests import payloads
from tests.builders import DAY, HELENA, HOUR, JONAS, LEADERS, MARA, NOON, TOBIAS, Workspace
from tests.conversations.conftest import Talk, button
from tests.fakes import Shown
from tests.reading import text_of
from tests.rows import a_request

MONDAY = datetime(2026, 11, 30, 7, 1, tzinfo=UTC)


async def a_digest(talk: Talk) -> None:
    """A week with one request that Mara asked and nobody answered."""
    await talk.asks()
    talk.clock.set(MONDAY)
    await talk.tick()


async def looks(talk: Talk, user: str, words: str = "digest") -> str:
    """What somebody sees of a week: beside the command, to them alone."""
    before = len(talk.slack.whispers)
    answer = await talk.types(user, words)
    whispered = talk.slack.whispers[before:]
    assert len(whispered) <= 1
    return whispered[0].message.text if whispered else str(answer.get("text", ""))


def agrees(session: Session, what: str) -> None:
    """Record an agreement of the summit that stands before the doors."""
    summit = session.scalars(sa.select(Summit)).one()
    told = {"who": JONAS, "by_day": MONDAY.date(), "made_by": HELENA, "made_at": MONDAY}
    session.add(Agreement(tenant_id=summit.tenant_id, summit_id=summit.id, what=what, **told))


def the_digest(talk: Talk) -> Shown:
    """The page of the week; the summit of the month may stand beside it."""
    [page] = [shown for shown in talk.slack.in_channel(LEADERS) if "Expedites, week 48" in shown.text]
    return page


async def presses(talk: Talk, user: str, action: str) -> None:
    digest = the_digest(talk)
    element = button(digest.message.blocks, action)
    await talk.send(payloads.click(user, element, channel=LEADERS, ts=digest.ts))


async def test_details_and_the_rows_hang_under_the_page(talk: Talk) -> None:
    await a_digest(talk)

    page = the_digest(talk)
    under = talk.slack.in_thread(page.ts)
    assert [note.text.splitlines()[0] for note in under if note.file is None] == [
        "*By cause*",
        "*By customer*",
        "*By item*",
        "*By desk*",
    ]
    [file] = [note.file for note in under if note.file is not None]
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert file.name == "expedite-requests-2026-11-23-2026-11-29.csv"
    assert [(one["customer"], one["item"]) for one in rows] == [("Acme", "BRK-2040")]


async def test_a_preview_shows_what_was_sent_to_whoever_sees_all(talk: Talk, workspace: Workspace) -> None:
    await a_digest(talk)
    await talk.database.run(a_request, workspace, customer="Later", asked_at=NOON + DAY)

    assert "Requests · This week: 1" in await looks(talk, HELENA)
    assert "As it was made, Mon 30 Nov 08:01." in await looks(talk, HELENA, "digest 2026-W48")
    assert "A preview of" in await looks(talk, HELENA, "digest this")
    assert "Requests · This week: 0" in await looks(talk, HELENA, "digest 2026-11-16")


async def test_where_nothing_can_be_shown_beside_the_command_its_answer_does(talk: Talk) -> None:
    """Somebody may type it where the app is not; an answer to a command is never refused aloud, so without charts."""
    await a_digest(talk)
    assert "data_visualization" in str(the_digest(talk).message.blocks)
    talk.slack.will_fail(Refused("not_in_channel"), on="whisper")

    answer = await talk.types(HELENA, "digest last")

    assert "Requests · This week: 1" in answer["text"]
    assert "table" in str(answer["blocks"])
    assert "data_visualization" not in str(answer["blocks"])


async def test_others_see_only_what_they_may(talk: Talk, workspace: Workspace) -> None:
    """Members of the desk see their desk's, everybody else their own requests; agreements only who sees all."""
    await a_digest(talk)
    await talk.database.run(agrees, "Share the press plan")
    talk.clock.set(MONDAY + DAY)
    await talk.database.run(a_request, workspace, requester=TOBIAS, customer="Tobias' customer", asked_at=NOON + HOUR)

    of_desk, of_mara = await looks(talk, JONAS), await looks(talk, MARA)
    assert "Requests · This week: 2" in of_desk
    assert "Only: desk Plant 3 desk" in of_desk
    assert "Requests · This week: 1" in of_mara
    assert "Only: asked by Mara Lindqvist" in of_mara
    assert "Share the press plan" in await looks(talk, HELENA, "digest this")
    assert "Share the press plan" not in of_desk + of_mara


async def test_words_that_are_no_week_are_told_what_to_write(talk: Talk) -> None:
    for words in ("digest soon", "digest 2026-W60", "digest 2026-13-01"):
        said = await looks(talk, HELENA, words)
        assert f"“{words.removeprefix('digest ')}” is no week. Write `/expedite digest last`" in said


async def test_open_decisions_are_those_of_now(talk: Talk) -> None:
    await a_digest(talk)
    await presses(talk, HELENA, "decisions")
    assert "EXP-1" in text_of(talk.form)
    await presses(talk, TOBIAS, "decisions")
    assert "No decision waits for you." in text_of(talk.form), "it is not his request"

    await talk.presses(JONAS, talk.card, "acknowledge")
    await presses(talk, HELENA, "decisions")
    assert "No decision waits for you." in text_of(talk.form)


async def test_leaders_choose_another_day_and_it_is_written_down(talk: Talk) -> None:
    await a_digest(talk)
    await presses(talk, MARA, "digest_day")
    assert "Only leaders and admins" in talk.whispered(MARA)[-1]

    await presses(talk, HELENA, "digest_day")
    assert await talk.submits(HELENA, talk.form, digest_day="Thu", digest_at="") != {}
    assert {} == await talk.submits(HELENA, talk.form, digest_day="Thu", digest_at="16:30")

    changed, change = await talk.database.run(_chosen)
    assert changed == (3, "16:30")
    assert (change.by, change.before, change.after) == (
        HELENA,
        {"day": "Mon", "at": "08:00"},
        {"day": "Thu", "at": "16:30"},
    )


async def test_a_leader_who_mutes_it_gets_none_directly_until_they_want_it_again(talk: Talk) -> None:
    await talk.asks()
    await talk.database.run(lambda session: session.execute(sa.update(Tenant).values(leadership_channel=None)))
    talk.clock.set(MONDAY)
    await talk.tick()
    [page, *_notes] = [shown for shown in talk.slack.to(HELENA) if "week 48" in shown.text]
    await talk.send(
        payloads.click(HELENA, button(page.message.blocks, "digest_mute"), channel=page.channel, ts=page.ts)
    )
    [told] = talk.slack.whispers
    assert "You get no digest directly any more." in told.message.text

    talk.clock.set(MONDAY + 7 * DAY)
    await talk.tick()
    assert not [shown for shown in talk.slack.to(HELENA) if "week 49" in shown.text]

    again = button(told.message.blocks, "digest_again")
    await talk.send(payloads.click(HELENA, again, channel=page.channel, ts=page.ts))
    talk.clock.set(MONDAY + 14 * DAY)
    await talk.tick()
    assert [shown for shown in talk.slack.to(HELENA) if "week 50" in shown.text]


def _chosen(session: Session) -> tuple[tuple[int, str], Any]:
    tenant = session.query(Tenant).one()
    change = session.scalars(sa.select(SettingChange).where(SettingChange.part == "digest")).one()
    return (tenant.digest_weekday, f"{tenant.digest_at:%H:%M}"), change
