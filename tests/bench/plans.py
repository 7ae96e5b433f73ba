"""How much is measured: enough for a 99th percentile, or just enough to see that everything runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Every round takes each case ``each`` times in turn, so that a slow moment of the machine hits all alike."""

    rounds: int
    each: int
    open_clocks: tuple[int, int]
    """A small and a large number of waits, side by side."""
    due: dict[int, int]
    """How many clocks are due: how often that is measured."""
    starts: int
    order_lines: tuple[int, int]
    """A small and a large order book, side by side."""
    open_requests: int
    """What one desk has open while somebody looks at their App Home."""
    asked: tuple[int, int]
    """A few requests and very many, the same of them in the last week."""

    @property
    def n(self) -> int:
        return self.rounds * self.each


FULL = Plan(
    rounds=50,
    each=5,
    open_clocks=(1_000, 1_000_000),
    due={0: 300, 10: 40, 1_000: 4},
    starts=5,
    order_lines=(10_000, 1_000_000),
    open_requests=10_000,
    asked=(10_000, 1_000_000),
)
QUICK = Plan(
    rounds=12,
    each=5,
    open_clocks=(1_000, 10_000),
    due={0: 100, 10: 10, 1_000: 2},
    starts=2,
    order_lines=(10_000, 100_000),
    open_requests=10_000,
    asked=(10_000, 100_000),
)
SMOKE = Plan(
    rounds=1,
    each=1,
    open_clocks=(10, 20),
    due={0: 1, 10: 1},
    starts=1,
    order_lines=(30, 60),
    open_requests=30,
    asked=(60, 90),
)
