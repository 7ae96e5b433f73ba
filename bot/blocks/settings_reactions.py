"""The form of what reactions on a desk's cards mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import context
from bot.blocks.inputs import line, question
from models.i18n import _
from models.reactions import Gesture

if TYPE_CHECKING:
    from bot.ports import Block
    from models.settings.forms import SettingsForm

LONGEST = 1_500


def reactions_questions(form: SettingsForm) -> list[Block]:
    """Four meanings, each with its emoji; none at all leaves it to the buttons."""
    lead = _("Only members of the desk answer by reaction, and removing the reaction takes it back.")
    return [context(lead), *(_question(form, gesture) for gesture in Gesture)]


def _question(form: SettingsForm, gesture: Gesture) -> Block:
    path = f"reactions/{gesture.value}"
    found = form.value(path) or []
    text = found if isinstance(found, str) else " ".join(f":{name}:" for name in found)
    typed = line(path, {path: text}, limit=LONGEST, example=":eyes:")
    hint = _("One or more emoji by their names. Empty: no reaction does it.")
    return question(path, _labels()[gesture], typed, hint=hint, optional=True)


def _labels() -> dict[Gesture, str]:
    return {
        Gesture.ACKNOWLEDGE: _("We are looking into it"),
        Gesture.COMMIT: _("We commit as asked"),
        Gesture.ASK_INFORMATION: _("We have a question"),
        Gesture.DECLINE: _("We decline (opens the form for the reason)"),
    }
