"""The order book: taken over from a file, and looked into while somebody fills in the form."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.services import drafts
from bot.services.order_file import rows_in
from models import OrderLine, order_queries
from models.aftermath import order_key
from models.draft import ROUND
from models.errors import Field, OrderLineGone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.order_row import OrderRow
    from models.tenant import Actor

BATCH = 1000
MOST_SENTENCES = 20
"""Lines that are named one by one; the rest is counted."""
_KEY = ("tenant_id", "order_key", "line_number")


@dataclass
class Imported:
    """What came of a file: how many lines are in the book now, and what was wrong with the others."""

    lines: int = 0
    refused: int = 0
    removed: int = 0
    sentences: list[str] = field(default_factory=list)

    def refuse(self, sentence: str) -> None:
        self.refused += 1
        if len(self.sentences) < MOST_SENTENCES:
            self.sentences.append(sentence)


def import_file(session: Session, tenant_id: int, lines: Iterable[str], *, at: datetime) -> Imported:
    """Make the book what the file says: new and changed lines are taken over, those it does not name are forgotten.

    One transaction: who looks meanwhile sees the old book. A file of which no line can be read changes nothing.
    Raises :class:`bot.services.order_file.OrderFileRefused`.
    """
    done = Imported()
    rows = _readable(rows_in(lines), done)
    while batch := list(islice(rows, BATCH)):
        _take_over(session, tenant_id, batch, at)
        done.lines += len(batch)
    if done.lines:
        old = sa.delete(OrderLine).where(OrderLine.tenant_id == tenant_id, OrderLine.imported_at < at)
        result: Any = session.execute(old)
        done.removed = result.rowcount
    return done


def learn(session: Session, actor: Actor, rows: Sequence[OrderRow], *, at: datetime) -> int:
    """Keep what an ERP just said beside what is known: it is offered from here, and still is when the ERP is down.

    Gives how many lines it said.
    """
    for first in range(0, len(rows), BATCH):
        _take_over(session, actor.tenant_id, rows[first : first + BATCH], at)
    return len(rows)


def suggest(session: Session, actor: Actor, typed: str, *, at: datetime) -> Sequence[Any]:
    """The lines to offer for what was typed so far."""
    del at  # every use case is called with it
    return order_queries.lines_like(session, actor.tenant_id, typed)


def pick(session: Session, actor: Actor, draft_id: int, line_id: int, answers: dict[str, Any], *, at: datetime) -> None:
    """Fill a form from a line of the book, over what was typed; raises :class:`OrderLineGone` for a line that left."""
    line = order_queries.line_by_id(session, actor.tenant_id, line_id)
    if line is None:
        raise OrderLineGone
    kept = drafts.get(session, actor, draft_id).answers
    filled = {**answers, **answers_of(line), ROUND: int(kept.get(ROUND) or 0) + 1}
    drafts.save(session, actor, draft_id, filled, at=at)


def answers_of(line: OrderLine) -> dict[str, Any]:
    """What a line says, as the form's answers; what it leaves open stays as it was."""
    quantity = f"{line.quantity:f} {line.unit}".strip() if line.quantity else ""
    found = {
        Field.ORDER_NUMBER: line.order_number,
        Field.LINE_NUMBER: line.line_number,
        Field.ITEM: line.item,
        Field.CUSTOMER: line.customer,
        Field.QUANTITY: quantity,
        Field.PROMISE_DATE: line.promise_date.isoformat() if line.promise_date else "",
    }
    return {name.value: said for name, said in found.items() if said}


def _readable(rows: Iterable[OrderRow | str], done: Imported) -> Iterator[OrderRow]:
    for row in rows:
        if isinstance(row, str):
            done.refuse(row)
        else:
            yield row


def _take_over(session: Session, tenant_id: int, batch: Sequence[OrderRow], at: datetime) -> None:
    """Write a batch; of a line that is named twice in it, the last one counts."""
    rows = {(order_key(row.order_number), row.line_number): _values(tenant_id, row, at) for row in batch}
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[session.get_bind().dialect.name]
    insert = dialect.insert(OrderLine.__table__)
    changed = {name: insert.excluded[name] for name in next(iter(rows.values())) if name not in _KEY}
    session.connection().execute(
        insert.on_conflict_do_update(index_elements=list(_KEY), set_=changed), list(rows.values())
    )


def _values(tenant_id: int, row: OrderRow, at: datetime) -> dict[str, Any]:
    keys = {"order_key": row.order_number, "item_key": row.item, "customer_key": row.customer}
    return {
        "tenant_id": tenant_id,
        **asdict(row),
        **{name: order_key(text) for name, text in keys.items()},
        "imported_at": at,
    }
