"""Each part of App Home over ten thousand open requests, from the choice to the blocks, beside its bare selects."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from bot.blocks.home import home_view
from bot.database import Database
from models import HomeChoice, RoleGrant
from models.home_choice import HomePart
from models.home_pages import home_shown
from models.service_level import ClockKind
from models.tenant import Role
from tests.bench import crowd
from tests.bench.figures import Case, Line, interleave
from tests.bench.floors import Recorder, Statement
from tests.builders import HOUR, JONAS, NOON, Workspace, furnish
from tests.rows import a_clock, a_request

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.bench.places import Place
    from tests.bench.plans import Plan

AIM = 3.0
MOST_BLOCKS = 100


class Home:
    """A desk with so many open requests, all of them asked by the one who looks, who leads as well."""

    def __init__(self, url: str, requests: int) -> None:
        self.database = Database(url)
        self.workspace = self.database.run_now(_seed, requests)
        crowd.settle(self.database.engine)
        self.recorder = Recorder(self.database.engine)
        self.bare: dict[HomePart, list[Statement]] = {}
        self.part = HomePart.NOW

    def case(self, part: HomePart) -> list[Case]:
        """Drawing a part, and only the statements it sends; both in the same thread and on the same connection."""

        async def draw() -> float:
            await self._turn_to(part)
            started = time.perf_counter()
            blocks = await self.database.run(_draw, self.workspace.tenant_id)
            took = time.perf_counter() - started
            assert len(blocks) <= MOST_BLOCKS, len(blocks)
            self.bare[part] = self.recorder.take()[1]
            return took

        async def select() -> float:
            started = time.perf_counter()
            await self.database.run(_replay, self.bare[part])
            took = time.perf_counter() - started
            self.recorder.take()
            return took

        return [Case(f"draw {part}", draw), Case(f"select {part}", select)]

    async def _turn_to(self, part: HomePart) -> None:
        if part is not self.part:
            await self.database.run(_choose, part)
            self.part = part
        self.recorder.take()


async def measure(plan: Plan, place: Place) -> list[Line]:
    home = Home(place.empty("looking"), plan.open_requests)
    cases = [case for part in HomePart for case in home.case(part)]
    found = await interleave(cases, rounds=plan.rounds, each=plan.each)
    home.database.close()
    return [
        Line(
            f"App Home, {part}, {plan.open_requests:,} open requests",
            found[f"draw {part}"],
            {f"its {len(home.bare[part])} bare selects": found[f"select {part}"]},
            AIM,
        )
        for part in HomePart
    ]


def _draw(session: Session, tenant_id: int) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = home_view(home_shown(session, tenant_id, JONAS, NOON), as_of=NOON)["blocks"]
    return blocks


def _replay(session: Session, statements: list[Statement]) -> None:
    driver: Any = session.connection().connection.driver_connection
    cursor = driver.cursor()
    try:
        for statement, values, _many in statements:
            cursor.execute(statement, values)
            cursor.fetchall()
    finally:
        cursor.close()


def _seed(session: Session, requests: int) -> Workspace:
    workspace = furnish(session)
    found = a_request(session, workspace, requester=JONAS, number=1)
    late = {"deadline_at": NOON - HOUR, "breached_at": NOON - HOUR, "escalated_at": NOON - HOUR / 2}
    a_clock(session, found, ClockKind.FIRST_RESPONSE, started_at=NOON - 2 * HOUR, **late)
    session.add(RoleGrant(tenant_id=workspace.tenant_id, slack_id=JONAS, role=Role.LEADER))
    session.add(HomeChoice(tenant_id=workspace.tenant_id, slack_id=JONAS))
    session.flush()
    crowd.gather(session, requests)
    return workspace


def _choose(session: Session, part: HomePart) -> None:
    session.query(HomeChoice).one().part = part
