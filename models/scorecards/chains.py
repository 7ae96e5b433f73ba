"""The chains of the emergency loop: this request exists because of that one, which exists because of another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.expedite_request import ExpediteRequest
from models.scorecards.figures import MOST_CHAINS, Link

MOST_LINKS = 20
"""A chain is followed no further back."""
AT_ONCE = 1_000
# By id alone: with the workspace beside it, SQLite would read that one's whole index. What a request follows is of the
# same workspace.
_IDS = ExpediteRequest.id.in_(sa.bindparam("ids", expanding=True))
_PARENTS = sa.select(ExpediteRequest.id, ExpediteRequest.follows_id).where(_IDS)
_LINKS = sa.select(
    ExpediteRequest.id,
    ExpediteRequest.number,
    ExpediteRequest.customer,
    ExpediteRequest.item,
    ExpediteRequest.follows_why,
).where(_IDS)


def longest_chains(session: Session, follows: Mapping[int, int]) -> tuple[tuple[Link, ...], ...]:
    """Return the longest chains that end in one of these requests, each given with the one it follows.

    Newest request first; a request that another one of the chains follows ends no chain of its own.
    """
    parents = _parents(session, follows)
    ends = follows.keys() - set(follows.values())
    chains = sorted((_chain(end, parents) for end in ends), key=lambda ids: (-len(ids), -ids[0]))[:MOST_CHAINS]
    links = _links(session, {one for chain in chains for one in chain})
    return tuple(tuple(links[one] for one in chain) for chain in chains)


def _parents(session: Session, follows: Mapping[int, int]) -> dict[int, int]:
    """Return whom each request follows, those before the period included; each step back is one look-up."""
    parents = dict(follows)
    for _step in range(MOST_LINKS):
        unknown = set(parents.values()) - parents.keys()
        found = {one.id: one.follows_id for one in _looked_up(session, _PARENTS, unknown)}
        known = {one: before for one, before in found.items() if before is not None}
        if not known:
            break
        parents |= known
    return parents


def _chain(end: int, parents: Mapping[int, int]) -> list[int]:
    chain = [end]
    while (before := parents.get(chain[-1])) is not None and before not in chain and len(chain) < MOST_LINKS:
        chain.append(before)
    return chain


def _links(session: Session, ids: Collection[int]) -> dict[int, Link]:
    return {one.id: Link(*one) for one in _looked_up(session, _LINKS, ids)}


def _looked_up(session: Session, select: Any, ids: Collection[int]) -> list[Any]:
    ordered = sorted(ids)
    found: list[Any] = []
    for first in range(0, len(ordered), AT_ONCE):
        some = ordered[first : first + AT_ONCE]
        found += session.execute(select, {"ids": some}).all()
    return found
