"""The parts of a scorecard in lines: the chains of the loop, the saves, and the figures by customer, item and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.phrases import count_of, inline, listed, money
from bot.blocks.words import cause_words, reason_words
from models.aftermath import Follows
from models.ask import CausedBy, ReasonCode
from models.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from models.scorecards import Breakdown, Link, Loop, Part, Save, Scorecard

SHOWN = 5
"""Parts, saves and chains that are shown of each kind; all are in the export."""
NAME = 60


def chain_lines(loop: Loop) -> list[str]:
    """Say behind each request of the loop what it follows, back to the first."""
    if not loop.chains:
        return []
    return [_("*The emergency loop, and what lies behind it*"), *[f"• {_chain(one)}" for one in loop.chains[:SHOWN]]]


def save_lines(card: Scorecard, people: Mapping[str, str]) -> list[str]:
    """Name the most valuable requests that were kept to the day, and who kept them."""
    if not card.saves:
        return []
    lead = ngettext("*{n} save*", "*{n} saves*", card.saved).format(n=card.saved)
    return [lead, *[f"• {_save(one, people)}" for one in card.saves[:SHOWN]]]


def part_lines(card: Scorecard, desks: Mapping[int, str], people: Mapping[str, str]) -> list[str]:
    """Return a line for each kind of part that has more than one, the parts with most requests first."""
    reasons: dict[str, str] = {one.value: reason_words()[one] for one in ReasonCode}
    causes: dict[str, str] = {one.value: cause_words()[one] for one in CausedBy}
    kinds: Sequence[tuple[str, Breakdown, Callable[[str], str]]] = (
        (_("Customers"), card.by_customer, str),
        (_("Items"), card.by_item, str),
        (_("Desks"), card.by_desk, lambda key: desks.get(int(key), key)),
        (_("Requesters"), card.by_requester, lambda key: people.get(key, key)),
        (_("Reasons"), card.by_reason, lambda key: reasons.get(key, key)),
        (_("Caused by"), card.by_cause, lambda key: causes.get(key, _("not said"))),
    )
    return [_kind(name, by, word) for name, by, word in kinds if len(by.parts) > 1]


def _chain(links: Sequence[Link]) -> str:
    first, *before = links
    said = [f"*{first.label}* {inline(first.customer, NAME)}, {inline(first.item, NAME)}"]
    for link, cause in zip(links, before, strict=False):
        why = _("pushed back for {label}") if link.why is Follows.BUMPED else _("we missed {label}")
        said.append(f"{why.format(label=cause.label)} ({inline(cause.customer, NAME)}, {inline(cause.item, NAME)})")
    return " ← ".join(said)


def _save(save: Save, people: Mapping[str, str]) -> str:
    said = [f"*{save.label}* {inline(save.customer, NAME)}, {inline(save.item, NAME)}"]
    if save.value_at_stake:
        said.append(_("value {amount}").format(amount=money(save.value_at_stake)))
    if save.people:
        said.append(listed([inline(people.get(one, one), NAME) for one in save.people]))
    if save.is_thanked:
        said.append(_("thanked"))
    return " · ".join(said)


def _kind(name: str, by: Breakdown, word: Callable[[str], str]) -> str:
    left = by.left_off + max(len(by.parts) - SHOWN, 0)
    said = [_part(part, inline(word(part.key), NAME)) for part in by.parts[:SHOWN]]
    if left:
        said.append(ngettext("{n} more", "{n} more", left).format(n=left))
    return f"*{name}* " + " · ".join(said)


def _part(part: Part, name: str) -> str:
    counted = ngettext("{name} {n} request", "{name} {n} requests", part.requests).format(name=name, n=part.requests)
    if not part.otif.of:
        return counted
    return _("{counted} (OTIF {share})").format(counted=counted, share=count_of(part.otif.hits, part.otif.of))
