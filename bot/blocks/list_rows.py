"""The list of open requests as a table: a row for each line of the list, whatever fits a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.blocks.lists import work_groups
from bot.blocks.phrases import quantity
from bot.blocks.turns import is_running
from bot.blocks.words import status_word
from models.i18n import _
from models.service_level import Holder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from models.picture import HomeLine, HomePicture


def list_columns() -> list[str]:
    """Return the heads of the table."""
    return [
        *(_("Request"), _("Status"), _("Your turn"), _("Waiting on"), _("Due")),
        *(_("Customer"), _("Order"), _("Line"), _("Item"), _("Quantity"), _("Unit"), _("More lines")),
        *(_("Needed ship date"), _("Promise date"), _("Next lot"), _("Next committed ship date")),
        *(_("Asked by"), _("Desk"), _("Asked at"), _("Value at stake")),
    ]


def list_rows(home: HomePicture, as_of: datetime) -> Iterator[Sequence[object]]:
    """Yield a row for each line, in the order of the list; instants in the reader's zone."""
    for line in _lines(home):
        yield [*_standing(line, home, as_of), *_asked(line), *_promised(line), *_who(line, home)]


def _lines(home: HomePicture) -> Iterable[HomeLine]:
    """Return the lines of the part that is shown, or of the whole list."""
    if home.leaders is not None:
        return home.leaders.mediations.lines
    if home.page is not None:
        return home.page.lines
    return [line for _name, lines in work_groups(home) for line in lines]


def _standing(line: HomeLine, home: HomePicture, as_of: datetime) -> list[object]:
    request, clock = line.request, line.clock
    runs = clock is not None and is_running(clock, as_of)
    due = _local(clock.deadline_at, home) if clock is not None and runs else None
    waiting = line.waiting_on if clock is not None and runs and clock.holder is not Holder.NOBODY else ""
    return [request.label, status_word(request.status), _("yes") if line.is_my_turn else _("no"), waiting, due]


def _asked(line: HomeLine) -> list[object]:
    ask = line.request.ask
    more = "; ".join(
        _("{quantity} of {item}").format(quantity=quantity(one.quantity, one.unit), item=one.item)
        for one in ask.lines[1:]
    )
    return [ask.customer, ask.order_number, ask.line_number, ask.item, ask.quantity, ask.unit, more]


def _promised(line: HomeLine) -> list[object]:
    lot = line.commitment
    next_lot = (None, None) if lot is None else (lot.quantity, lot.committed_ship_date)
    return [line.request.needed_ship_date, line.request.promise_date, *next_lot]


def _who(line: HomeLine, home: HomePicture) -> list[object]:
    return [line.asked_by, line.desk, _local(line.request.asked_at, home), line.request.value_at_stake]


def _local(at: datetime, home: HomePicture) -> datetime:
    return at.astimezone(ZoneInfo(home.zone)).replace(microsecond=0)
