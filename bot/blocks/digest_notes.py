"""The notes under a digest: how dates were kept, and the figures by reason, customer, item and desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.digest_words import reason_word, share
from bot.blocks.elements import compose, context, section, table
from bot.blocks.phrases import cut, listed, money, one_line
from models.digest_parts import DigestPart
from models.i18n import _, ngettext
from models.kept import Ending

if TYPE_CHECKING:
    from bot.ports import Message
    from models.digest_page import DigestPage
    from models.scorecards.figures import Breakdown, Part


def detail_message(page: DigestPage, part: DigestPart) -> Message:
    """Draw one note of a page."""
    return _kept(page) if part is DigestPart.KEPT else _broken_down(page, part)


def _kept(page: DigestPage) -> Message:
    card = page.card
    rows = [
        [_("Of those that closed with a commitment"), _("This week")],
        [_("On time to the request"), share(card.to_request)],
        [_("On time to the first commitment"), share(card.to_original)],
        [_("On time to the latest commitment"), share(card.to_latest)],
        [_("On time and in full (OTIF)"), share(card.otif)],
    ]
    money_words = _("Cost of expediting {cost} against value kept {kept} and lost {lost}.").format(
        cost=money(card.money.extra_cost), kept=money(card.money.value_kept), lost=money(card.money.value_lost)
    )
    return compose(
        [section(_("*Kept or not*")), table(rows, numbers_right=True), context(f"{_ended(page)} {money_words}")]
    )


def _ended(page: DigestPage) -> str:
    words = {
        Ending.KEPT: _("kept"),
        Ending.LATE: _("late"),
        Ending.PARTLY: _("shipped in part"),
        Ending.MISSED: _("not shipped"),
        Ending.DECLINED: _("declined"),
        Ending.WITHDRAWN: _("withdrawn"),
        Ending.EVAPORATED: _("no longer needed"),
        Ending.CANCELLED: _("cancelled by the customer"),
    }
    parts = [_("{n} {status}").format(n=n, status=words[ending]) for ending, n in page.card.endings.items()]
    return _("Closed: {list}.").format(list=listed(parts))


def _broken_down(page: DigestPage, part: DigestPart) -> Message:
    title, found = _kinds(page)[part]
    heads = [title, _("Requests"), _("Answered within target"), _("OTIF"), _("From the emergency loop")]
    rows = [
        [_name(page, part, one), str(one.requests), share(one.within_target), share(one.otif), str(one.loop)]
        for one in found.parts
    ]
    left = ngettext("and {n} more", "and {n} more", found.left_off).format(n=found.left_off)
    more = [context(left)] if found.left_off else []
    return compose([section(f"*{title}*"), table([heads, *rows], numbers_right=True), *more])


def _kinds(page: DigestPage) -> dict[DigestPart, tuple[str, Breakdown]]:
    card = page.card
    return {
        DigestPart.REASON: (_("By cause"), card.by_reason),
        DigestPart.CUSTOMER: (_("By customer"), card.by_customer),
        DigestPart.ITEM: (_("By item"), card.by_item),
        DigestPart.DESK: (_("By desk"), card.by_desk),
    }


def _name(page: DigestPage, part: DigestPart, one: Part) -> str:
    if part is DigestPart.REASON:
        return reason_word(one.key)
    return cut(one_line(page.desks.get(one.key, one.key) if part is DigestPart.DESK else one.key), 80)
