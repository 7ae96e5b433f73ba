"""“What may I tell the customer now?” as a window: a mail and a few words for the phone, to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.customer_words import CustomerWords, customer_words, gap_of, gap_words, is_nothing_yet
from bot.blocks.elements import context, modal, section
from bot.blocks.ids import Callback
from bot.blocks.phrases import cut, escape
from bot.blocks.turns import short_name
from models.i18n import _

if TYPE_CHECKING:
    from bot.ports import Block, View
    from models.picture import Picture

COPY_LIMIT = 2_000


def customer_view(picture: Picture) -> View:
    """Draw the words for one customer, with the promise gap they repair."""
    said = customer_words(picture)
    blocks = [section(_lead(picture)), *gap_warning(picture), *_copies(said)]
    note = context(_("Nothing here says more than is committed today. When that changes, open it again."))
    return modal(Callback.SHOW_REQUEST, picture.request.label, [*blocks, note], metadata={})


def gap_warning(picture: Picture) -> list[Block]:
    """Return the line that requester and desk see while the customer was told more than is committed."""
    gap = gap_of(picture)
    if gap is None:
        return []
    return [section(_("*Promise gap:* {words}").format(words=escape(gap_words(picture, gap))))]


def _lead(picture: Picture) -> str:
    customer = escape(short_name(picture.request.customer))
    if is_nothing_yet(picture):
        return _("*What you may tell {customer} now:* nothing yet, but that we are on it.").format(customer=customer)
    return _("*What you may tell {customer} now*").format(customer=customer)


def _copies(said: CustomerWords) -> list[Block]:
    mail = _("Subject: {subject}").format(subject=said.subject) + "\n\n" + said.mail
    return [
        section(f"*{_('By mail')}*"),
        _to_copy(mail),
        section(f"*{_('On the phone')}*"),
        _to_copy(said.phone),
    ]


def _to_copy(text: str) -> Block:
    """Return text that is shown exactly as it is copied: no markup is read in it."""
    words = {"type": "text", "text": cut(text, COPY_LIMIT)}
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [words]}]}
