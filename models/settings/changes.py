"""What differs between two documents, part by part. Pure.

A part is a path of the settings file (``desks/Plant 3/hours``); before and after are its plain words. Desks are told
apart by their row, else by their name, else by their channel: renaming one is a change of its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from models.settings.document import DeskSettings, WorkspaceSettings
from models.settings.writing import desk_to_plain, to_plain

SEPARATE = {"hours": ("closed_dates",), "service_levels": ("urgency_rules",)}
"""Parts of a part that people change, and read about, on their own."""


@dataclass(frozen=True)
class Change:
    """One part that changes. None before: it is new; None after: it is taken away."""

    part: str
    before: Any
    after: Any

    @property
    def kind(self) -> str:
        """What it is about, without the desk's name: ``hours``, ``roles/admins``; ``desk`` for a whole one."""
        return parted(self.part)[1]

    @property
    def desk(self) -> str:
        """The desk it is about; empty for the workspace's own."""
        return parted(self.part)[0]


DESK_PARTS = frozenset(
    {
        "name",
        "channel",
        "default",
        "hot_cap",
        "members",
        "takes",
        "reactions",
        "hours",
        "closed_dates",
        "service_levels",
    }
    | {"urgency_rules", "escalation"}
)


def parted(part: str) -> tuple[str, str]:
    """A path as the desk it is about (or nothing) and what of it."""
    if not part.startswith("desks/"):
        return "", part
    name = part.removeprefix("desks/")
    desk, _slash, last = name.rpartition("/")
    return (desk, last) if last in DESK_PARTS and desk else (name, "desk")


def identified(before: WorkspaceSettings, wanted: WorkspaceSettings) -> WorkspaceSettings:
    """The wanted settings, each desk that exists with the number of its row."""
    rows = {desk.id: desk for desk in before.desks}
    left = {desk.id: desk for desk in before.desks if desk.id not in {one.id for one in wanted.desks}}
    found = [desk if desk.id in rows else replace(desk, id=None) for desk in wanted.desks]
    for says in ("name", "channel"):
        for place, desk in enumerate(found):
            if desk.id is not None:
                continue
            same = next((row for row in left.values() if getattr(row, says) == getattr(desk, says)), None)
            if same is not None:
                left.pop(same.id)
                found[place] = replace(desk, id=same.id)
    return replace(wanted, desks=tuple(found))


def changes(before: WorkspaceSettings, after: WorkspaceSettings) -> list[Change]:
    """Every part that differs; empty when the two say the same. ``after`` is :func:`identified`."""
    return [*_desk_changes(before, after), *_own_changes(before, after)]


def _own_changes(before: WorkspaceSettings, after: WorkspaceSettings) -> Iterator[Change]:
    old, new = to_plain(before), to_plain(after)
    old, new = {**old, **_roles(old)}, {**new, **_roles(new)}
    for part in (name for name in old if name not in {"desks", "roles"}):
        yield from _differing(part, old[part], new[part])


def _roles(plain: dict[str, Any]) -> dict[str, Any]:
    return {f"roles/{role}": people for role, people in plain["roles"].items()}


def _desk_changes(before: WorkspaceSettings, after: WorkspaceSettings) -> Iterator[Change]:
    old = {desk.id: desk for desk in before.desks}
    for desk in after.desks:
        was = old.pop(desk.id, None) if desk.id is not None else None
        if was is None:
            yield Change(f"desks/{desk.name}", None, desk_to_plain(desk))
        else:
            yield from _of_desk(was, desk)
    for gone in old.values():
        yield Change(f"desks/{gone.name}", desk_to_plain(gone), None)
    yield from _order(before, after)


def _of_desk(was: DeskSettings, desk: DeskSettings) -> Iterator[Change]:
    yield from _differing(f"desks/{desk.name}/name", was.name, desk.name)
    old, new = _split(desk_to_plain(was)), _split(desk_to_plain(desk))
    for part, value in new.items():
        yield from _differing(f"desks/{desk.name}/{part}", old[part], value)


def _split(plain: dict[str, Any]) -> dict[str, Any]:
    """A desk's words with the parts of parts on their own."""
    found: dict[str, Any] = {}
    for part, value in plain.items():
        apart = SEPARATE.get(part, ())
        found[part] = {key: inside for key, inside in value.items() if key not in apart} if apart else value
        found |= {name: value[name] for name in apart}
    return found


def _order(before: WorkspaceSettings, after: WorkspaceSettings) -> Iterator[Change]:
    kept = {desk.id for desk in after.desks}
    old = [desk.id for desk in before.desks if desk.id in kept]
    new = [desk.id for desk in after.desks if desk.id in set(old)]
    if old != new:
        yield Change("desks", [desk.name for desk in before.desks], [desk.name for desk in after.desks])


def _differing(part: str, old: Any, new: Any) -> Iterator[Change]:
    if old != new:
        yield Change(part, old, new)
