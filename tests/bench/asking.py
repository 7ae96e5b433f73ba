"""From ``/expedite`` to the opened form, and from the sent form to the committed request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp

from tests.bench import floors
from tests.bench.figures import Case, Line, Times, interleave
from tests.bench.stand_in import StandIn
from tests.bench.workplace import SECRET, Workplace, dispatch, timed

if TYPE_CHECKING:
    from tests.bench.places import Place
    from tests.bench.plans import Plan

SENT, OPENED = "submission to committed request", "/expedite to opened form"
IDLE, IDLE_DEFAULT = "no-op listener", "no-op listener on Bolt's default runner"
BARE, DRIVER, CALL = "bare transaction (Core)", "bare transaction (driver)", "bare views.open"


class Asking:
    """The app on a database; beside it others in the same state, on which what it says is recorded and said again."""

    def __init__(self, place: Place, stand_in: StandIn, session: aiohttp.ClientSession) -> None:
        names = ("asking", "recorded", "by_core", "by_driver")
        self.places = [Workplace(place.empty(name), stand_in) for name in names]
        self.place, self.recorded, by_core, by_driver = self.places
        self.recorder = floors.Recorder(self.recorded.database.engine)
        self.core = floors.BareTransactions(by_core.url)
        self.driver = floors.DriverTransactions(by_driver.url)
        self.idle = floors.idle_app(SECRET, process_before_response=True)
        self.idle_default = floors.idle_app(SECRET, process_before_response=False)
        self.call = floors.BareCall(stand_in.base_url, session)
        self.form = stand_in.views

    async def prepare(self, plan: Plan) -> None:
        for place in self.places:
            await place.fill_in(plan.n + plan.each)
        self.recorder.take()

    async def close(self) -> None:
        self.core.close()
        self.driver.close()
        for place in self.places:
            await place.close()

    async def submission(self) -> float:
        await self._record(self.recorded.next_form())
        return await timed(self.place.bolt, self.place.next_form())

    async def command(self) -> float:
        await self._record(self.recorded.command())
        return await timed(self.place.bolt, self.place.command())

    async def _record(self, body: str | dict[str, Any]) -> None:
        """Recording takes time of its own, so it is done where nothing is measured."""
        await dispatch(self.recorded.bolt, body)
        by_core, by_driver = self.recorder.take()
        self.core.waiting.append(by_core)
        self.driver.waiting.append(by_driver)

    async def open_form(self) -> float:
        return await self.call.take("views.open", {"trigger_id": "1.1", "view": self.form[0]})

    def cases_of_sending(self) -> list[Case]:
        return [
            Case(IDLE_DEFAULT, lambda: timed(self.idle_default, self.place.sent_form())),
            Case(IDLE, lambda: timed(self.idle, self.place.sent_form())),
            Case(SENT, self.submission),
            Case(BARE, self.core.once),
            Case(DRIVER, self.driver.once),
        ]

    def cases_of_opening(self) -> list[Case]:
        return [
            Case(IDLE_DEFAULT, lambda: timed(self.idle_default, self.place.command())),
            Case(IDLE, lambda: timed(self.idle, self.place.command())),
            Case(OPENED, self.command),
            Case(BARE, self.core.once),
            Case(DRIVER, self.driver.once),
            Case(CALL, self.open_form),
        ]


async def measure(plan: Plan, place: Place) -> list[Line]:
    stand_in = StandIn()
    await stand_in.start()
    async with aiohttp.ClientSession() as session:
        asking = Asking(place, stand_in, session)
        await asking.prepare(plan)
        opened = await interleave(asking.cases_of_opening(), rounds=plan.rounds, each=plan.each)
        sent = await interleave(asking.cases_of_sending(), rounds=plan.rounds, each=plan.each)
        assert {place.requests() for place in asking.places} == {plan.n + plan.each}
        await asking.close()
    await stand_in.stop()
    return [*_lines(SENT, sent, (BARE,), aim=1.5), *_lines(OPENED, opened, (BARE, CALL), aim=None)]


def _lines(what: str, found: dict[str, Times], besides: tuple[str, ...], *, aim: float | None) -> list[Line]:
    figure = found[what]
    return [
        Line(what, figure, {name: found[name] for name in (IDLE, *besides)}, aim),
        Line(what, figure, {IDLE_DEFAULT: found[IDLE_DEFAULT]}, 1.0 if aim else None),
        Line(what, figure, {IDLE: found[IDLE]}),
        Line(what, figure, {DRIVER: found[DRIVER]}),
    ]
