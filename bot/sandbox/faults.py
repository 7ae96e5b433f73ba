"""Faults on demand: what the stand-in breaks, how often, and how."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from typing import Any

# Kinds that answer with an HTTP status instead of Slack's JSON.
STATUS_KINDS = frozenset({"500", "502", "503", "504"})
ACCEPT_THEN = "accept_then_"
DELIVERY_KINDS = frozenset({"duplicate", "reorder", "drop"})


@dataclass
class Fault:
    """The next `count` calls whose method matches `method` (a glob) go wrong in the way `kind` names.

    `retry_after` (seconds) goes with 429; `seconds` with slow and with time-outs. Deliveries to the app are
    matched as `event:TYPE` and `request:KIND` and know the kinds duplicate, reorder and drop.
    """

    method: str
    kind: str
    count: int = 1
    retry_after: int = 1
    seconds: float = 30.0

    @property
    def accepts_first(self) -> bool:
        """Whether the call is carried out before it goes wrong."""
        return self.kind == "timeout_after_accept" or self.kind.startswith(ACCEPT_THEN)

    @property
    def way(self) -> str:
        """How it goes wrong, whether or not the call was carried out before."""
        return "timeout" if self.kind == "timeout_after_accept" else self.kind.removeprefix(ACCEPT_THEN)

    def as_page(self) -> dict[str, Any]:
        return asdict(self)


class Faults(list[Fault]):
    """The faults that are armed; the first that fits strikes."""

    def strike_call(self, method: str) -> Fault | None:
        """Return the fault that hits this Web API call, and use it up by one."""
        return self._strike(method, delivery=False)

    def strike_delivery(self, name: str) -> Fault | None:
        """Return the fault that hits this delivery (`event:TYPE`, `request:KIND`), and use it up by one."""
        return self._strike(name, delivery=True)

    def _strike(self, name: str, *, delivery: bool) -> Fault | None:
        for fault in self:
            if fnmatchcase(name, fault.method) and (fault.kind in DELIVERY_KINDS) is delivery:
                fault.count -= 1
                if fault.count <= 0:
                    self.remove(fault)
                return fault
        return None
