"""The hand-over to the joint forecast: what keeps coming back, and words for the talk about lead times. Plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.page import Line, PageSection
from bot.blocks.phrases import listed, one_line, quantity
from models.forecast import WEEKS
from models.i18n import _, ngettext

if TYPE_CHECKING:
    from models.forecast import Demand, Forecast

MOST_SHOWN = 5
"""Items, and customers, that a page names; the file holds all."""


def forecast_sections(forecast: Forecast) -> list[PageSection]:
    """What comes back, and who orders late; nothing where nothing does."""
    items = [Line(demand_sentence(one, _("for {partners}"))) for one in forecast.items[:MOST_SHOWN]]
    customers = [Line(demand_sentence(one, _("of {partners}"))) for one in forecast.customers[:MOST_SHOWN]]
    late = [Line(late_sentence(one)) for one in forecast.late[:MOST_SHOWN]]
    weeks = {"weeks": WEEKS}
    return [
        PageSection(_("Items that keep coming back ({weeks} weeks)").format(**weeks), items),
        PageSection(_("Customers that keep coming back ({weeks} weeks)").format(**weeks), customers),
        PageSection(_("Lead times to talk about ({weeks} weeks)").format(**weeks), late),
    ]


def demand_sentence(demand: Demand, beside: str) -> str:
    """How often, how much, with whom, and how far behind."""
    times = ngettext("{n} request", "{n} requests", demand.requests).format(n=demand.requests)
    amounts = listed([quantity(amount, unit) for unit, amount in demand.quantities])
    partners = beside.format(partners=listed([one_line(name) for name in demand.partners]))
    return f"{one_line(demand.name)}: {times}, {amounts}, {partners}; {gap_words(demand)}."


def gap_words(demand: Demand) -> str:
    """The lead-time gap with the number of requests behind it."""
    if demand.gap_days is None:
        return _("nothing was committed in full")
    days = ngettext("{n} day", "{n} days", demand.gap_days).format(n=demand.gap_days)
    said = _("committed {days} after it was needed (median, n = {n})").format(days=days, n=demand.covered)
    if not demand.gap_days:
        said = _("committed in time (median, n = {n})").format(n=demand.covered)
    if demand.uncovered:
        said += ", " + ngettext("{n} not covered", "{n} not covered", demand.uncovered).format(n=demand.uncovered)
    return said


def late_sentence(demand: Demand) -> str:
    """Words to take to a customer whose lateness makes emergencies: facts first, then a question."""
    name, items = one_line(demand.name), listed([one_line(item) for item in demand.partners])
    times = ngettext("{n} emergency", "{n} emergencies", demand.requests).format(n=demand.requests)
    days = ngettext("{n} day", "{n} days", demand.notice_days).format(n=demand.notice_days)
    longer = demand.notice_days + (demand.gap_days or 0)
    if longer == demand.notice_days:
        ask = _("“Could you tell us of {items} a week earlier? Then it need not be an emergency.”").format(items=items)
    else:
        lead = ngettext("{n} day", "{n} days", longer).format(n=longer)
        ask = _("“With {lead} for {items} we could ship in time. Could you order that early, or share your plan?”")
        ask = ask.format(lead=lead, items=items)
    lead_in = _("{name}: {times} began with a late order; they gave {days} of notice (median).")
    return f"{lead_in.format(name=name, times=times, days=days)} {ask}"
