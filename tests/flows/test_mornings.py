"""The desk's morning: what is due is told once each working morning, and again while it is overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from bot.courier import Courier
from bot.database import Database
from bot.services import mornings, negotiation, surfaces
from models import Desk, ExpediteRequest, OutboxMessage, Tenant
from models.commitment import Outcome
from models.lifecycle import How, Status
from models.outbox import Notice
from tests.builders import DAY, FRIDAY, PLANT3, Workspace
from tests.fakes import FakeClock, FakeSlack
from tests.rows import a_commitment, a_request

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MIDWEEK = datetime(2026, 11, 25, 20, tzinfo=UTC)
FRIDAY_SEVEN = datetime(2026, 11, 27, 6, 0, tzinfo=UTC)
"""When the desk opens: 07:00 in Berlin."""


@dataclass
class Desks:
    """A desk with a lot for Friday, one for the week after that is at risk, and one far ahead."""

    database: Database
    workspace: Workspace
    slack: FakeSlack
    clock: FakeClock

    def seed(self, session: Session) -> list[int]:
        far = FRIDAY + timedelta(days=30)
        lots = []
        for number, day in enumerate((FRIDAY, FRIDAY + timedelta(days=7), far), 1):
            request = a_request(session, self.workspace, number=number, status=Status.AGREED, agreed_at=MIDWEEK)
            risk = {"at_risk_since": MIDWEEK, "risk_reason": "steel is late"} if number == 2 else {}
            lots.append(a_commitment(session, request, day, **risk).id)
        return lots

    def look(self, at: datetime) -> int:
        """Look as the ticker does, until no desk is left."""
        self.clock.set(at)
        looked = 0
        while found := self.database.run_now(mornings.tell_due, at):
            looked += found
        return looked

    def told(self) -> list[date]:
        wanted = sa.select(OutboxMessage).where(OutboxMessage.notice == Notice.MORNING).order_by(OutboxMessage.id)
        rows = self.database.run_now(lambda session: session.scalars(wanted).all())
        return [date.fromisoformat(row.facts["day"]) for row in rows]

    async def deliver(self) -> None:
        courier = Courier(self.database, self.slack, self.clock)
        for _ in range(6):
            await courier.send_due()
            self.clock.advance(1)

    def shown(self) -> str:
        return self.slack.in_channel(PLANT3)[-1].text


@pytest.fixture
def desks(database: Database, workspace: Workspace, clock: FakeClock) -> Desks:
    return Desks(database, workspace, FakeSlack(clock), clock)


def test_a_morning_is_told_once_in_working_hours_and_only_on_working_days(desks: Desks) -> None:
    desks.database.run_now(desks.seed)
    nights = [MIDWEEK, FRIDAY_SEVEN - timedelta(minutes=1)]
    assert [desks.look(at) for at in nights] == [1, 1]  # before its hours a desk is only put off
    thursday = [day for day in desks.told() if day < FRIDAY]
    assert [desks.look(FRIDAY_SEVEN + timedelta(minutes=n)) for n in (0, 1, 30)] == [1, 0, 0]
    for hours in (20, 30, 50):  # Friday night, Saturday, Sunday
        desks.look(FRIDAY_SEVEN + timedelta(hours=hours))
    desks.look(FRIDAY_SEVEN + 3 * DAY)

    assert thursday == []
    assert desks.told() == [FRIDAY, FRIDAY + timedelta(days=3)]


async def test_the_message_names_what_is_due_and_follows_what_becomes_of_it(desks: Desks) -> None:
    due, risky, _far = desks.database.run_now(desks.seed)
    desks.database.run_now(_cards)
    desks.look(FRIDAY_SEVEN)
    await desks.deliver()
    assert "2 lots" in desks.shown()
    assert ("EXP-1" in desks.shown(), "EXP-2" in desks.shown(), "EXP-3" in desks.shown()) == (True, True, False)
    assert ("due today" in desks.shown(), "at risk: steel is late" in desks.shown()) == (True, True)

    at, jonas = desks.clock.now(), desks.workspace.jonas
    desks.database.run_now(negotiation.report_outcome, jonas, due, Outcome.IN_FULL, at=at, how=How.FORM)
    await desks.deliver()
    assert ("1 lot.*" in desks.shown(), "in full on Fri 27 Nov" in desks.shown()) == (True, True)
    desks.database.run_now(negotiation.report_outcome, jonas, risky, Outcome.IN_FULL, at=at, how=How.FORM)
    await desks.deliver()
    assert "settled" in desks.shown()
    assert [shown.text for shown in desks.slack.in_channel(PLANT3) if "morning" in shown.text] == [desks.shown()]


def test_what_is_overdue_is_asked_about_each_working_morning_until_it_is_reported(desks: Desks) -> None:
    due, risky, _far = desks.database.run_now(desks.seed)
    desks.database.run_now(_cards)
    for days in range(7):
        desks.look(FRIDAY_SEVEN + days * DAY)
    assert len(desks.told()) == 5
    at, jonas = desks.clock.now(), desks.workspace.jonas
    for lot in (due, risky):
        desks.database.run_now(negotiation.report_outcome, jonas, lot, Outcome.MISSED, at=at, how=How.FORM)
    desks.look(FRIDAY_SEVEN + 7 * DAY)
    assert len(desks.told()) == 5


def test_a_closed_desk_a_removed_app_and_a_desk_without_hours_hear_nothing(desks: Desks) -> None:
    desks.database.run_now(desks.seed)
    desks.database.run_now(lambda session: session.execute(sa.update(Desk).values(retired_at=MIDWEEK)) and None)
    assert desks.look(FRIDAY_SEVEN) == 0
    desks.database.run_now(lambda session: session.execute(sa.update(Desk).values(retired_at=None)) and None)
    desks.database.run_now(lambda session: session.execute(sa.update(Tenant).values(uninstalled_at=MIDWEEK)) and None)
    assert (desks.look(FRIDAY_SEVEN), desks.told()) == (0, [])


def _cards(session: Session) -> None:
    """The cards that notes hang under, as if the requests had been sent."""
    for request in session.scalars(sa.select(ExpediteRequest)):
        surfaces.post_all(session, [surfaces.card(request, "C0OTHER", key=f"card:{request.id}", at=MIDWEEK)])
