"""What a summit's page shows: the part that was stored when it was posted, and what is added until it is over. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from models.cases import Case
from models.forecast import Forecast
from models.summit_figures import Figure, Movement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from models.summit import Agreement, Summit


@dataclass(frozen=True, kw_only=True)
class SummitPage:
    """Figures, cases and forecast as they were when the page was posted: they never change afterwards."""

    figures: Mapping[Figure, Decimal | None] = field(default_factory=dict)
    before: Mapping[Figure, Decimal | None] = field(default_factory=dict)
    """The same at the summit before; empty at the first one."""
    cases: Sequence[Case] = ()
    forecast: Forecast = field(default_factory=Forecast)

    @property
    def requests(self) -> int:
        return int(self.figures.get(Figure.REQUESTS) or 0)

    @property
    def is_quiet(self) -> bool:
        """Nothing was asked, and nothing is worth talking about."""
        return not self.requests and not self.cases

    def to_json(self) -> dict[str, Any]:
        return {
            "figures": _stored(self.figures),
            "before": _stored(self.before),
            "cases": [case.to_json() for case in self.cases],
            "forecast": self.forecast.to_json(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> SummitPage:
        """The inverse of :meth:`to_json`."""
        return cls(
            figures=_read(stored["figures"]),
            before=_read(stored["before"]),
            cases=tuple(Case.from_json(one) for one in stored["cases"]),
            forecast=Forecast.from_json(stored["forecast"]),
        )


@dataclass(frozen=True, kw_only=True)
class AgreementLine:
    """One agreement with the name of whoever does it."""

    id: int
    what: str
    who: str
    by_day: date
    figure: Figure | None = None
    value_then: Decimal | None = None
    value_after: Decimal | None = None
    is_done: bool = False
    is_evaluated: bool = False

    @property
    def movement(self) -> Movement | None:
        """What became of the figure it was to move; None where it names none, or nobody has looked yet."""
        if self.figure is None or not self.is_evaluated:
            return None
        return Movement(self.figure, self.value_then, self.value_after)

    @classmethod
    def of(cls, row: Agreement, names: Mapping[str, str]) -> AgreementLine:
        return cls(
            id=row.id,
            what=row.what,
            who=names.get(row.who, row.who),
            by_day=row.by_day,
            figure=row.figure,
            value_then=row.value_then,
            value_after=row.value_after,
            is_done=row.done_at is not None,
            is_evaluated=row.evaluated_in is not None,
        )


@dataclass(frozen=True, kw_only=True)
class SummitPicture:
    """Everything a summit's page shows at one instant."""

    summit: Summit
    page: SummitPage
    words: str = ""
    """What the company is there for; empty where nobody said."""
    topics: Sequence[tuple[str, str]] = ()
    """Each with the name of whoever raised it; empty for one that was raised without a name."""
    last: Sequence[AgreementLine] = ()
    """What was agreed before, with what became of it."""
    agreed: Sequence[AgreementLine] = ()
    """What was agreed at this summit."""

    @property
    def ends_at(self) -> datetime:
        return self.summit.ends_at


def _stored(figures: Mapping[Figure, Decimal | None]) -> dict[str, str | None]:
    return {figure.value: None if value is None else str(value) for figure, value in figures.items()}


def _read(stored: Mapping[str, str | None]) -> dict[Figure, Decimal | None]:
    return {Figure(name): None if value is None else Decimal(value) for name, value in stored.items()}
