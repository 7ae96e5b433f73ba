"""What is on the table, in words: the alternatives of an offer, what Sales proposes instead, and what must be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import context
from bot.blocks.facts import asked_day, latest_useful
from bot.blocks.lots import split_words
from bot.blocks.phrases import amount_of, cut, day, escape, listed, money, number, one_line, quantity
from bot.blocks.words import paid_words
from models.i18n import _, ngettext
from models.lifecycle import Status
from models.offer import OfferShape, OfferState
from models.offer_check import differences, warnings
from models.promise_gap import gap_against

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.ports import Block
    from models.offer import Offer
    from models.offer_check import Difference, Warnings
    from models.picture import Picture


def alternatives(picture: Picture) -> list[Offer]:
    """Return the alternatives that wait for Sales, in their order; an answered offer is history."""
    if picture.request.status is not Status.OFFERED:
        return []
    return [one for one in last_offers(picture) if one.state is OfferState.OPEN]


def last_offers(picture: Picture) -> list[Offer]:
    """Return every alternative of the desk's newest offer in their order: those that were not chosen too."""
    every = [*([picture.offer] if picture.offer else []), *picture.other_offers]
    return sorted(every, key=lambda one: one.alternative)


def standing_counter(picture: Picture) -> Offer | None:
    """Return what Sales proposes instead while the desk owes an answer to it."""
    return picture.counter if picture.request.status.awaits_answer else None


def offered_words(picture: Picture, offer: Offer, *, bold: bool = False) -> str:
    """Say one alternative in mrkdwn: its lots, and what ships instead."""
    lots = escape(split_words(offer.splits, picture.request.ask, asked_day(picture), bold=bold))
    instead = instead_words(offer.substitute, offer.site)
    return f"{lots} ({escape(instead)})" if instead else lots


def instead_words(substitute: str, site: str) -> str:
    """Say in plain text what would ship instead, and from where; empty where it is as asked."""
    item, place = (cut(one_line(name), 120) if name.strip() else "" for name in (substitute, site))
    if item and place:
        return _("{item} instead, from {site}").format(item=item, site=place)
    if item:
        return _("{item} instead").format(item=item)
    return _("from {site}").format(site=place) if place else ""


def choice_words(picture: Picture, offers: Sequence[Offer], *, bold: bool = False) -> str:
    """Say everything there is to choose from in one mrkdwn line."""
    said = [offered_words(picture, offer, bold=bold) for offer in offers]
    if len(said) == 1:
        return said[0]
    return "; ".join(f"{n}) {words}" for n, words in enumerate(said, start=1))


def money_words(offer: Offer) -> str:
    """Say what it costs extra and who pays, in plain text; empty where neither is known."""
    amount = money(offer.extra_cost) if offer.extra_cost else ""
    payer = paid_words()[offer.paid_by] if offer.paid_by else ""
    if amount and payer:
        return _("It costs {amount} extra. {payer}.").format(amount=amount, payer=payer)
    if amount:
        return _("It costs {amount} extra.").format(amount=amount)
    return f"{payer}." if payer else ""


def difference_words(picture: Picture, offer: Offer) -> list[str]:
    """Name what is different from what was asked and told, each in plain text, a few words long.

    Of several lines, each by its item; a line that is as asked is not named beside one that is not.
    """
    ask, today = picture.request.ask, asked_day(picture)
    said = []
    for found in differences(ask, offer.splits):
        head = f"{cut(one_line(ask.line(found.line).item), 60)}: " if ask.more_lines else ""
        said += [head + words for words in _from_asked(found, ask.line(found.line).unit, today)]
    instead = instead_words(offer.substitute, offer.site)
    return [
        *(said or [_("as asked: all of it on the date")]),
        *([instead] if instead else []),
        *_from_told(picture, offer),
    ]


def _from_asked(found: Difference, unit: str, today: date) -> list[str]:
    said = []
    if found.by_then < found.asked:
        part = _("{part} of {whole} on the date").format(part=number(found.by_then), whole=quantity(found.asked, unit))
        said.append(part if found.by_then else _("nothing on the date"))
    if found.days_later and found.covered_on:
        said.append(_later(found.days_later, found.covered_on, today))
    if found.missing:
        said.append(_("{quantity} not offered").format(quantity=quantity(found.missing, unit)))
    if found.over:
        said.append(_("{quantity} more than asked").format(quantity=quantity(found.over, unit)))
    return said


def _later(days: int, covered_on: date, today: date) -> str:
    n = abs(days)
    sentence = ngettext("all of it {days} day later than asked", "all of it {days} days later than asked", n)
    if days < 0:
        sentence = ngettext("all of it {days} day earlier than asked", "all of it {days} days earlier than asked", n)
    return f"{sentence.format(days=n)}, {day(covered_on, today)}"


def _from_told(picture: Picture, offer: Offer) -> list[str]:
    """Name the promise gap that is left once this is taken: of several lines, of the one furthest behind."""
    ask = picture.request.ask
    gap = gap_against(ask, offer.splits)
    if gap is None:
        return []
    told = amount_of(ask, gap.told_quantity, gap.line)
    by, short = day(gap.told_date, asked_day(picture)), quantity(gap.units, ask.line(gap.line).unit)
    if gap.days is None:
        sentence = _("told {told} by {day}: gap {units}, for which there is no day")
        return [sentence.format(told=told, day=by, units=short)]
    return [
        ngettext(
            "told {told} by {day}: gap {days} day, {units}", "told {told} by {day}: gap {days} days, {units}", gap.days
        ).format(told=told, day=by, days=gap.days, units=short)
    ]


def warning_words(picture: Picture, offer: Offer) -> list[str]:
    """Say everything that has to be said of an offer before it is taken: plain sentences."""
    found = warnings(picture.request.ask, offer, picture.calendar)
    return [*_day_warnings(picture, found), *_amount_warnings(picture, offer, found), *_other_warnings(offer, found)]


def _day_warnings(picture: Picture, found: Warnings) -> list[str]:
    today, said = asked_day(picture), []
    latest = latest_useful(picture.request.ask) or picture.request.needed_ship_date
    if found.after_latest:
        sentence = ngettext(
            "{days} is after the latest useful day, {latest}.",
            "{days} are after the latest useful day, {latest}.",
            len(found.after_latest),
        )
        said.append(sentence.format(days=_days(found.after_latest, today), latest=day(latest, today)))
    if found.closed_days:
        sentence = ngettext(
            "{days} is no working day of the desk.", "{days} are no working days of the desk.", len(found.closed_days)
        )
        said.append(sentence.format(days=_days(found.closed_days, today)))
    if found.same_day:
        said.append(_("Two lots ship on {days}.").format(days=_days(found.same_day, today)))
    return said


def _amount_warnings(picture: Picture, offer: Offer, found: Warnings) -> list[str]:
    ask, said = picture.request.ask, []
    if found.below_least is not None and ask.smallest_useful_quantity is not None:
        sentence = _("{first} first is less than the {least} that would help.")
        least = quantity(ask.smallest_useful_quantity, ask.unit)
        said.append(sentence.format(first=quantity(found.below_least, ask.unit), least=least))
    if found.in_pieces:
        said.append(_("It was asked to ship complete."))
    found_by_line = differences(ask, offer.splits)
    more, less = _("{quantity} are more than asked."), _("{quantity} are not in it.")
    said += [more.format(quantity=amount_of(ask, one.over, one.line)) for one in found_by_line if one.over]
    if offer.shape is not OfferShape.PART_ON_DATE:
        said += [less.format(quantity=amount_of(ask, one.missing, one.line)) for one in found_by_line if one.missing]
    return said


def _other_warnings(offer: Offer, found: Warnings) -> list[str]:
    item, site = (cut(one_line(name), 120) for name in (offer.substitute, offer.site))
    said = (
        (found.substitute_unasked, _("A substitute was not asked for: {item}.").format(item=item)),
        (found.site_unasked, _("Another site was not asked for: {site}.").format(site=site)),
        (found.customer_refused, _("The customer refused to pay extra.")),
        (found.payer_open, _("Who pays the extra cost is not said.")),
    )
    return [sentence for holds, sentence in said if holds]


def _days(days: Sequence[date], today: date) -> str:
    return listed([day(one, today) for one in days])


def mind(picture: Picture, offer: Offer) -> str:
    """Return the warnings as one mrkdwn line; empty where there is nothing to mind."""
    said = warning_words(picture, offer)
    return _("*Mind:* {sentences}").format(sentences=escape(" ".join(said))) if said else ""


def mind_notes(picture: Picture, offers: Sequence[Offer]) -> list[Block]:
    """Return the warnings of each alternative as quiet lines, for the card."""
    told = [(offer, mind(picture, offer)) for offer in offers]
    named = len(offers) > 1
    return [
        context(_("Offer {n}: {words}").format(n=offer.alternative, words=words) if named else words)
        for offer, words in told
        if words
    ]
