"""Around the digest: a preview of it, choosing another day, and what a mute does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.digest import digest_message
from bot.blocks.elements import modal
from bot.blocks.ids import Action, Callback
from bot.blocks.inputs import question
from bot.blocks.notices import hint
from bot.blocks.phrases import moment
from bot.blocks.scorecard import whose_words
from bot.blocks.settings_inputs import clock_time, one_of
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.ports import Message, View
    from models.digest_page import DigestPage

DAY, AT = "digest_day", "digest_at"


def preview_message(page: DigestPage, *, is_stored: bool) -> Message:
    """Draw a week for somebody who asked for it: the page as it was made, or as it would be now."""
    card = page.card
    made = moment(card.as_of, card.period.zone)
    said = _("As it was made, {when}.") if is_stored else _("A preview of {when}: later reports can still change it.")
    desks = {int(one): name for one, name in page.desks.items()}
    whose = whose_words(card, desks, page.people)
    return digest_message(page, note=" ".join([said.format(when=made), whose]).strip(), is_sent=False)


def day_form(answers: Mapping[str, Any]) -> View:
    """Ask on which day the digest comes, and at what time."""
    words = {
        "Mon": _("Monday"),
        "Tue": _("Tuesday"),
        "Wed": _("Wednesday"),
        "Thu": _("Thursday"),
        "Fri": _("Friday"),
        "Sat": _("Saturday"),
        "Sun": _("Sunday"),
    }
    hint_at = _("By the workspace's clocks. On a holiday of the first desk it comes on the next working day.")
    blocks = [
        question(DAY, _("Weekly digest on"), one_of(DAY, answers.get(DAY), words)),
        question(AT, _("At"), clock_time(AT, answers.get(AT)), hint=hint_at),
    ]
    return modal(Callback.DIGEST_DAY, _("Another day"), blocks, submit=_("Save"))


def muted_message(*, has_channel: bool) -> Message:
    """Say what a mute does, with a button that takes it back."""
    sentence = _("You get no digest directly any more. `/expedite digest` shows you any week.")
    if has_channel:
        sentence += " " + _("The page stays in its channel for the others; to silence the channel, mute it in Slack.")
    return hint(sentence, action=Action.DIGEST_AGAIN, label=_("Send it to me again"))


def heard_again_message() -> Message:
    return hint(_("The digest comes to you again."))
