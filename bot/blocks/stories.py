"""The cases of a week worth knowing, a sentence each with where to look; and whose work the saves were."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.blocks.elements import button, section
from bot.blocks.ids import Action
from bot.blocks.phrases import inline, listed, money, span
from models.cases import CaseKind
from models.i18n import _, ngettext
from models.kept import Ending

if TYPE_CHECKING:
    from bot.ports import Block
    from models.cases import Case
    from models.digest_page import DigestPage

MOST_THANKED = 6


def sentences(page: DigestPage) -> list[Block]:
    """Return a line for each case with a button that shows it."""
    show = _("Show…")
    return [
        section(
            _sentence(one, page),
            accessory=button(show, Action.OPEN_REQUEST, one.request_id, spoken=f"{show} {one.label}"),
        )
        for one in page.stories
    ]


def thanks_line(page: DigestPage) -> str:
    """Name those whose commitments shipped by the day they were needed, and how often thanks were said."""
    counts = Counter(page.people.get(person, person) for save in page.card.saves for person in save.people)
    if not counts:
        return ""
    names = listed([_named(name, times) for name, times in counts.most_common(MOST_THANKED)])
    said = _("*Thanks for the saves of the week:* {names}.").format(names=names)
    thanked = page.card.thanked
    heard = ngettext("Sales said thanks {n} time.", "Sales said thanks {n} times.", thanked).format(n=thanked)
    return f"{said} {heard}" if thanked else said


def _named(name: str, times: int) -> str:
    return inline(name, 80) if times == 1 else _("{name} ({n}×)").format(name=inline(name, 80), n=times)


def _sentence(one: Case, page: DigestPage) -> str:
    about = _("{label}, {item} for {customer}").format(
        label=_linked(one, page), item=inline(one.item, 80), customer=inline(one.customer, 80)
    )
    if one.value is not None:
        about += _(", {amount} at stake").format(amount=money(one.value))
    return _WORDS[one.kind]().format(about=about, how=_how(one))


def _linked(one: Case, page: DigestPage) -> str:
    link = page.links.get(str(one.request_id), "")
    return f"<{link}|{one.label}>" if link else one.label


_WORDS = {
    CaseKind.BEST_SAVE: lambda: _("*Best save:* {about}; all of it shipped in time."),
    CaseKind.WORST_MISS: lambda: _("*Worst miss:* {about}; {how}."),
    CaseKind.LONGEST_WAIT: lambda: _("*Longest wait:* {about}; {how} of working time for a first answer."),
    CaseKind.WORST_GAP: lambda: _("*Widest promise gap:* {about}; {how}."),
    CaseKind.REPEAT_CUSTOMER: lambda: _("*Keeps coming back:* {about}; {how}."),
}


def _how(one: Case) -> str:
    if one.kind is CaseKind.LONGEST_WAIT:
        return span(one.amount or 0)
    if one.kind is CaseKind.WORST_MISS:
        return _missed(one)
    return "" if one.amount is None else str(one.amount)


def _missed(one: Case) -> str:
    if one.ending is Ending.LATE and one.amount:
        return ngettext("shipped {n} day late", "shipped {n} days late", one.amount).format(n=one.amount)
    words = {Ending.LATE: _("shipped late"), Ending.PARTLY: _("only a part shipped"), Ending.MISSED: _("not shipped")}
    return words.get(one.ending, "") if one.ending is not None else ""
