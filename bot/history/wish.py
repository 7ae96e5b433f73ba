"""What a customer wants sooner, drawn from a seed: the answers of the form of Sales."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from bot.history import company

if TYPE_CHECKING:
    from random import Random

SATURDAY = 5
LONG_AGO = 1000
"""Order numbers begin here; they only grow."""


def weighted(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def working_day(day: date, ahead: int) -> date:
    """The day so many weekdays ahead; 0 is the day itself, or the Monday after it."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    for _one in range(ahead):
        day += timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
    return day


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Who wants how much of what, by which day, and why."""

    customer: str
    item: str
    quantity: int
    unit: str
    needed: date
    reason: str
    may_part: bool
    order: str

    @property
    def command(self) -> str:
        day = f"{self.needed:%a} {self.needed.day} {self.needed:%b}"
        return f"/expedite {self.quantity} {self.unit} {self.item} for {self.customer} by {day}"


def draw_wish(rng: Random, today: date, *, number: int, most_days: int = 5) -> Wish:
    """Draw a wish of somebody on ``today``, needed within so many working days."""
    customer, item = weighted(rng, company.CUSTOMERS), weighted(rng, {k: v[4] for k, v in company.ITEMS.items()})
    unit, batch, most, _price, _often = company.ITEMS[item]
    return Wish(
        customer=customer,
        item=item,
        quantity=batch * rng.randint(2, most),
        unit=unit,
        needed=working_day(today, rng.randint(min(2, most_days), most_days)),
        reason=weighted(rng, company.REASONS),
        may_part=rng.random() < 0.65,  # noqa: PLR2004 two in three customers can begin with a part
        order=f"SO-{LONG_AGO + 7 * number + rng.randint(0, 6)}",
    )


def first_answers(rng: Random, wish: Wish) -> dict[str, Any]:
    """Step 1 of the form: who needs what, by when, and why."""
    promised = {"promise_date": working_day(wish.needed, rng.randint(3, 10)).isoformat()} if rng.random() < 0.5 else {}  # noqa: PLR2004 every other order
    return {
        "customer": wish.customer,
        "item": wish.item,
        "quantity": f"{wish.quantity} {wish.unit}",
        "needed_ship_date": wish.needed.isoformat(),
        "reason_code": wish.reason,
        "order_number": wish.order,
        "line_number": str(rng.randint(1, 4)),
        **promised,
    }


def second_answers(rng: Random, wish: Wish) -> dict[str, Any]:
    """Step 2: what else would help, what the customer expects and was told, what it is worth."""
    price = company.ITEMS[wish.item][3]
    answers: dict[str, Any] = {
        "partial_acceptance": "balance_later" if wish.may_part else "ship_complete",
        "expectation": rng.choice(company.EXPECTATIONS[wish.reason]),
        "value_at_stake": str(wish.quantity * price),
        "fee": rng.choice(("not_discussed", "not_discussed", "customer_pays", "we_pay", "refused")),
        "caused_by": _caused_by(wish),
    }
    if wish.may_part:
        answers["smallest_useful_quantity"] = str(max(1, wish.quantity * rng.choice((2, 3, 4)) // 10))
    if rng.random() < 0.7:  # noqa: PLR2004 most customers have a last useful day
        answers["latest_acceptable_date"] = working_day(wish.needed, rng.randint(2, 7)).isoformat()
    return answers | _told(rng, wish)


def _caused_by(wish: Wish) -> str:
    return company.CAUSED_BY.get(wish.reason, "us" if wish.reason == "own_missed_commitment" else "customer")


def _told(rng: Random, wish: Wish) -> dict[str, str]:
    """What the customer was told already: mostly nothing, at times more than anybody committed."""
    told = weighted(rng, {"nothing": 5, "soft_date": 2, "firm_date": 1})
    return {"told": told, **({} if told == "nothing" else {"told_date": wish.needed.isoformat()})}
