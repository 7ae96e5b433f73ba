"""Type-ahead over an order book of ten thousand and of a million lines, beside its bare indexed query."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot.database import Database
from bot.services import acting, order_book
from bot.services.acting import Caller
from models import OrderLine
from models.order_queries import MOST, lines_like
from tests.bench import crowd
from tests.bench.figures import Case, Line, interleave
from tests.builders import MARA, NOON, TEAM, furnish

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.bench.places import Place
    from tests.bench.plans import Plan

TYPED = "10004"
"""The beginning of an order's number: many lines begin with it, in each book."""
AIM, FLAT = 3.0, 1.5
BARE = (
    "SELECT id, order_number, line_number, item, customer, quantity, unit, promise_date FROM order_lines "
    "WHERE tenant_id = {one} AND order_key >= {two} AND order_key < {three} "
    "ORDER BY order_key, line_number LIMIT {most}"
)
MARKS = {"sqlite": ("?", "?", "?"), "postgresql": ("%s", "%s", "%s")}


class Book:
    """An order book of so many lines, and somebody who types."""

    def __init__(self, url: str, lines: int) -> None:
        self.database = Database(url)
        self.lines = lines
        self.tenant = self.database.run_now(_seed, lines)
        crowd.settle(self.database.engine)
        one, two, three = MARKS[self.database.engine.dialect.name]
        self.bare = BARE.format(one=one, two=two, three=three, most=MOST)
        self.caller = Caller(TEAM, MARA, "Mara Lindqvist")

    async def suggest(self) -> float:
        """What the app does between Slack's question and its answer: who asks, and what the book has."""
        started = time.perf_counter()
        found = await self.database.run(acting.act, self.caller, None, NOON, order_book.suggest, TYPED)
        took = time.perf_counter() - started
        assert len(found) == MOST, len(found)
        return took

    async def look(self) -> float:
        """The query alone, on the same connection pool and in the same thread as the app's."""
        started = time.perf_counter()
        found = await self.database.run(_look, self.bare, (self.tenant, TYPED, TYPED + "\U0010ffff"))
        took = time.perf_counter() - started
        assert found == MOST, found
        return took

    async def search(self) -> float:
        """The app's own search without who asks."""
        started = time.perf_counter()
        await self.database.run(_search, self.tenant)
        return time.perf_counter() - started


async def measure(plan: Plan, place: Place) -> list[Line]:
    few, many = (Book(place.empty(f"orders_{size}"), size) for size in plan.order_lines)
    cases = [
        Case(f"{name} {one.lines:,}", act)
        for one in (few, many)
        for name, act in (("type", one.suggest), ("search", one.search), ("bare", one.look))
    ]
    found = await interleave(cases, rounds=plan.rounds, each=plan.each)
    most, least = f"{many.lines:,}", f"{few.lines:,}"
    for one in (few, many):
        one.database.close()
    return [
        Line(f"search in {most} lines", found[f"search {most}"], {"bare query": found[f"bare {most}"]}, AIM),
        Line(f"the same with who asks, {most}", found[f"type {most}"], {"bare query": found[f"bare {most}"]}, AIM),
        Line(f"type-ahead, {most} lines", found[f"type {most}"], {f"{least} lines": found[f"type {least}"]}, FLAT),
    ]


def _look(session: Session, query: str, known: tuple[Any, ...]) -> int:
    driver: Any = session.connection().connection.driver_connection
    cursor = driver.cursor()
    try:
        return len(cursor.execute(query, known).fetchall())
    finally:
        cursor.close()


def _search(session: Session, tenant: int) -> None:

    lines_like(session, tenant, TYPED)


def _seed(session: Session, lines: int) -> int:
    """One line as the app imports it; the database multiplies it."""
    tenant = furnish(session).tenant_id
    head = "order,line,item,customer,quantity,unit\n"
    order_book.import_file(session, tenant, [head, "1000400000,1,BRK-2040,Acme,100,pcs\n"], at=NOON)
    session.flush()
    number = "CAST(1000400000 + i AS TEXT)"
    crowd.multiply(session, OrderLine, lines, id="i", order_number=number, order_key=number)
    counted = session.scalar(sa.select(sa.func.count()).select_from(OrderLine))
    assert counted == lines, counted
    return tenant
