"""The same figures by customer, item, desk, requester, reason and cause. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from models.kept import Measure
from models.scorecards.figures import MOST_PARTS, Breakdown, Part, Share
from models.scorecards.period import same_name
from models.scorecards.row import ScoreRow

NOT_SAID = ""
"""The key of what nobody named."""


@dataclass(slots=True)
class _Counts:
    """One part while it is counted."""

    key: str
    requests: int = 0
    decided: int = 0
    within: int = 0
    loop: int = 0
    measured: int = 0
    otif: int = 0

    def part(self) -> Part:
        return Part(
            key=self.key,
            requests=self.requests,
            within_target=Share(self.within, self.decided),
            otif=Share(self.otif, self.measured),
            loop=self.loop,
        )


class _By:
    """All parts of one kind."""

    def __init__(self, key_of: Callable[[ScoreRow], object], *, is_typed: bool = False) -> None:
        self.key_of = key_of
        self.is_typed = is_typed
        self.parts: dict[str, _Counts] = {}
        self.spelt: dict[object, _Counts] = {}

    def part(self, row: ScoreRow) -> _Counts:
        """Return the part of a row; of a name that people type in several ways, the last spelling is kept."""
        named = self.key_of(row)
        found = self.spelt.get(named)
        if found is None:
            key = NOT_SAID if named is None else str(named)
            found = self.parts.setdefault(same_name(key) if self.is_typed else key, _Counts(key))
            self.spelt[named] = found
        if self.is_typed:
            found.key = str(named)
        return found

    def breakdown(self) -> Breakdown:
        counted = [one for one in self.parts.values() if one.requests or one.measured]
        ordered = sorted(counted, key=lambda one: (-one.requests, -one.measured, one.key))
        shown = tuple(one.part() for one in ordered[:MOST_PARTS])
        return Breakdown(shown, left_off=len(ordered) - len(shown))


class Breakdowns:
    """Every kind of part, counted in one pass."""

    def __init__(self) -> None:
        self.kinds = {
            "by_reason": _By(attrgetter("reason_code")),
            "by_cause": _By(attrgetter("caused_by")),
            "by_customer": _By(attrgetter("customer"), is_typed=True),
            "by_item": _By(attrgetter("item"), is_typed=True),
            "by_desk": _By(attrgetter("desk_id")),
            "by_requester": _By(attrgetter("requester")),
        }

    def of(self, row: ScoreRow) -> list[_Counts]:
        """Return the parts to which a request belongs, one of each kind."""
        return [kind.part(row) for kind in self.kinds.values()]

    @staticmethod
    def asked(parts: list[_Counts], row: ScoreRow) -> None:
        decided, in_loop = row.is_target_decided, row.is_from_loop
        within = row.is_answered and not row.is_late_to_answer
        for part in parts:
            part.requests += 1
            part.decided += decided
            part.within += within
            part.loop += in_loop

    @staticmethod
    def closed(parts: list[_Counts], found: Measure) -> None:
        if found.otif is None:
            return
        for part in parts:
            part.measured += 1
            part.otif += found.otif

    def figures(self) -> dict[str, Breakdown]:
        return {name: kind.breakdown() for name, kind in self.kinds.items()}
