"""The monthly summit as people live it: a page a week before, topics, agreements, and what became of them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from bot.services.summits import summits_due
from bot.summit_command import page
from models import Agreement, OutboxMessage, Summit, Tenant, Topic
from models.summit_date import SummitWeek
from tests.builders import DAY, HELENA, HOUR, JONAS, LEADERS, MARA, MINUTE, NOON, Workspace
from tests.rows import a_commitment, a_request

if TYPE_CHECKING:
    from bot.database import Database
    from tests.conversations.conftest import Talk
    from tests.fakes import Shown

POSTED = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
"""A week before the first Wednesday of December, 8:00 at the desk."""
NEXT_POSTED = datetime(2026, 12, 30, 7, 0, tzinfo=UTC)


def some_month(database: Database, workspace: Workspace, n: int = 6, **facts: Any) -> None:
    """Acme asked several times for the same."""
    for _one in range(n):
        request = database.run_now(a_request, workspace, **facts)
        database.run_now(a_commitment, request)


def until(talk: Talk, at: datetime) -> None:
    talk.clock.advance((at - talk.clock.now()).total_seconds())


async def posted(talk: Talk, at: datetime = POSTED) -> Shown:
    """The page, once its day has come."""
    until(talk, at)
    await talk.tick()
    return pages(talk)[-1]


def pages(talk: Talk) -> list[Shown]:
    return [shown for shown in talk.slack.in_channel(LEADERS) if shown.text.startswith("Summit of Sales")]


def files(shown: list[Shown]) -> list[str]:
    return [one.file.name for one in shown if one.file is not None]


def rows(database: Database, kind: Any) -> list[Any]:
    return database.run_now(lambda session: list(session.scalars(sa.select(kind).order_by(kind.id))))


async def test_the_page_is_posted_a_week_before_once_with_an_invitation(talk: Talk, workspace: Workspace) -> None:
    some_month(talk.database, workspace)
    until(talk, POSTED - MINUTE)
    await talk.tick()
    assert pages(talk) == []

    shown = await posted(talk)
    for _day in range(8):
        await talk.pass_time(hours=24)
    assert len(pages(talk)) == 1
    assert "Summit of Sales and Operations, Wed 2 Dec" in shown.text
    assert "Came back most: Acme asked 6 times" in shown.text
    assert "Items that keep coming back" in shown.text
    assert files(talk.slack.in_thread(shown.ts)) == ["summit-2026-12.ics", "forecast-2026-11-24.csv"]


def test_two_replicas_post_one(database: Database, workspace: Workspace) -> None:
    some_month(database, workspace)
    start, made = threading.Barrier(2), []

    def make() -> None:
        start.wait()
        made.append(database.run_now(summits_due, POSTED))

    replicas = [threading.Thread(target=make) for _ in range(2)]
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join()
    assert sorted(made) == [0, 1]
    assert len([row for row in rows(database, OutboxMessage) if row.key == "summit:2026-12"]) == 1


def test_an_empty_month_is_silent_and_a_topic_breaks_the_silence(database: Database, workspace: Workspace) -> None:
    assert database.run_now(summits_due, POSTED) == 1
    assert [row.is_silent for row in rows(database, Summit)] == [True]
    assert rows(database, OutboxMessage) == []

    database.run_now(lambda session: session.add(Topic(tenant_id=workspace.tenant_id, text="Forklifts")))
    assert database.run_now(summits_due, NEXT_POSTED) == 1
    assert [row.is_silent for row in rows(database, Summit)] == [True, False]
    assert [row.summit_id for row in rows(database, Topic)] == [rows(database, Summit)[1].id]


def test_it_is_never_where_admins_said_so_and_not_without_a_channel(database: Database, workspace: Workspace) -> None:
    some_month(database, workspace)

    def without(session: Any, **facts: Any) -> None:
        for name, value in facts.items():
            setattr(session.get_one(Tenant, workspace.tenant_id), name, value)

    database.run_now(without, leadership_channel=None)
    assert database.run_now(summits_due, POSTED) == 0
    database.run_now(without, leadership_channel=LEADERS, summit_week=SummitWeek.NEVER)
    assert database.run_now(summits_due, POSTED) == 0
    database.run_now(without, summit_week=SummitWeek.FIRST)
    assert database.run_now(summits_due, POSTED + 7 * DAY - HOUR) == 1, "late is better than never"
    assert database.run_now(summits_due, POSTED + 7 * DAY + 7 * HOUR) == 0, "it has begun"


async def test_a_topic_without_a_name_keeps_nothing_of_its_author(talk: Talk, workspace: Workspace) -> None:
    some_month(talk.database, workspace)
    for text, named in (("We need a second test bench", "named"), ("Nobody reads the plan", "without_name")):
        await talk.types(MARA, f"raise {text}")
        answer = await talk.submits(MARA, talk.form, topic_name=named)
        assert "on the table" in str(answer["view"])

    named, unnamed = rows(talk.database, Topic)
    assert (named.raised_by, unnamed.raised_by, unnamed.raised_at) == (MARA, None, None)
    shown = await posted(talk)
    assert "We need a second test bench (raised by Mara Lindqvist)" in shown.text
    assert "• Nobody reads the plan\n" in shown.text + "\n"

    later = await later_topic(talk)
    assert "on the table* of the summit on Wed 2 Dec" in str(later)
    assert "Forklifts" in pages(talk)[-1].text, "the page that is posted already shows it"


async def later_topic(talk: Talk) -> dict[str, Any]:
    await talk.types(JONAS, "raise Forklifts")
    return await talk.submits(JONAS, talk.form)


async def test_what_was_agreed_is_held_against_its_figure_at_the_next_summit(talk: Talk, workspace: Workspace) -> None:
    first_responded_at = NOON + 5 * HOUR
    some_month(talk.database, workspace, first_responded_at=first_responded_at)
    await talk.presses(HELENA, await posted(talk), "agree")
    facts = {"agreed": "Jonas looks at the board at nine", "agreed_who": JONAS, "agreed_by": "2026-12-11"}
    await talk.submits(HELENA, talk.form, **facts, figure="within_target")

    (row,) = rows(talk.database, Agreement)
    assert (row.value_then, row.who, row.made_by) == (0, JONAS, HELENA)
    assert "Jonas Keller · by Fri 11 Dec · to move: Answered within target (now 0 %)" in pages(talk)[-1].text

    asked_at = NOON + 10 * DAY
    some_month(talk.database, workspace, asked_at=asked_at, first_responded_at=asked_at + HOUR)
    shown = await posted(talk, NEXT_POSTED)
    assert "What we agreed last time" in shown.text
    assert "Answered within target went from 0 % to 100 %: better." in shown.text
    await talk.presses(HELENA, shown, "agreement_done")
    assert "by Fri 11 Dec · done." in pages(talk)[-1].text
    assert rows(talk.database, Agreement)[0].done_at is not None


@pytest.mark.parametrize("action", ["agree", "take_summit"])
async def test_only_leaders_keep_the_page(talk: Talk, workspace: Workspace, action: str) -> None:
    some_month(talk.database, workspace)
    shown = await posted(talk)
    await talk.presses(MARA, shown, action)

    assert talk.whispered(MARA)[-1].startswith("The summit's page is kept by the leaders.")
    assert files(talk.slack.to(MARA)) == []
    answer = await talk.types(MARA, "summit")
    assert "kept by the leaders" in str(answer)


async def test_an_agreement_needs_somebody_and_a_day_ahead(talk: Talk, workspace: Workspace) -> None:
    some_month(talk.database, workspace)
    await talk.presses(HELENA, await posted(talk), "agree")
    form = talk.form
    facts = {"agreed": "Look at the board", "agreed_who": "U0NOBODY", "agreed_by": "2026-12-11"}

    assert "agreed_who" in (await talk.submits(HELENA, form, **facts))["errors"]
    past = {**facts, "agreed_who": JONAS, "agreed_by": "2026-11-20"}
    assert (await talk.submits(HELENA, form, **past))["errors"] == {
        "agreed_by": "This day has passed. Choose today or a later day."
    }
    assert rows(talk.database, Agreement) == []


async def test_leaders_take_the_page_along_and_see_it_by_command(talk: Talk, workspace: Workspace) -> None:
    some_month(talk.database, workspace)
    assert "No summit was prepared yet" in str(await talk.types(HELENA, "summit"))
    await talk.presses(HELENA, await posted(talk), "take_summit")

    assert files(talk.slack.to(HELENA)) == ["summit-2026-12.md", "summit-2026-12.html"]
    assert "Summit of Sales and Operations" in str(await talk.types(HELENA, "summit"))
    written = [talk.database.run_now(page, "", "2026-12", form) for form in ("md", "html")]
    sent = [one.file.content.decode() for one in talk.slack.to(HELENA) if one.file is not None]
    assert written == sent


async def test_the_forecast_goes_to_those_who_plan(talk: Talk, workspace: Workspace) -> None:
    some_month(talk.database, workspace, caused_by=None)
    until(talk, NOON + 2 * DAY)

    assert "for leaders and for the desk" in str(await talk.types(MARA, "forecast"))
    await talk.types(JONAS, "forecast")
    (shown,) = [one for one in talk.slack.to(JONAS) if one.file is not None]
    assert shown.file is not None
    text = shown.file.content.decode("utf-8-sig")
    assert text.splitlines()[1] == "item,BRK-2040,6,pcs,600,Acme,0,6,0,3,"
    assert "customer,Acme,6,pcs,600,BRK-2040" in text
