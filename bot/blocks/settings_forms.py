"""The form of one part of the settings, filled with what holds now or with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import actions, button, modal
from bot.blocks.ids import Action, Callback
from bot.blocks.settings_desk import desk_questions
from bot.blocks.settings_hours import closed_questions, hours_questions
from bot.blocks.settings_people import places_questions, roles_questions, watched_questions
from bot.blocks.settings_policy import escalation_questions, levels_questions, urgency_questions
from bot.blocks.settings_reactions import reactions_questions
from bot.blocks.settings_summit import summit_questions
from models.i18n import _
from models.settings.forms import Part

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ports import Block, View
    from models.settings.forms import SettingsForm

QUESTIONS: dict[Part, Callable[[SettingsForm], list[Block]]] = {
    Part.DESK: desk_questions,
    Part.HOURS: hours_questions,
    Part.SALES: hours_questions,
    Part.CLOSED: closed_questions,
    Part.SALES_CLOSED: closed_questions,
    Part.LEVELS: levels_questions,
    Part.URGENCY: urgency_questions,
    Part.ESCALATION: escalation_questions,
    Part.REACTIONS: reactions_questions,
    Part.ROLES: roles_questions,
    Part.PLACES: places_questions,
    Part.WATCHED: watched_questions,
    Part.SUMMIT: summit_questions,
}


def settings_form(form: SettingsForm) -> View:
    """Draw one part; sending it says what would change."""
    back = actions([button(_("Back to the settings"), Action.SETTINGS, 0)])
    carried = {"subject": str(form.subject), "version": form.version, "rows": form.rows}
    return modal(
        Callback.SETTINGS_FORM,
        _title(form.subject.part),
        [*QUESTIONS[form.subject.part](form), *back],
        submit=_("Check"),
        metadata=carried,
    )


def _title(part: Part) -> str:
    return {
        Part.DESK: _("Desk"),
        Part.HOURS: _("Working hours"),
        Part.CLOSED: _("Closed dates"),
        Part.LEVELS: _("Service levels"),
        Part.URGENCY: _("What is urgent"),
        Part.ESCALATION: _("Escalation"),
        Part.REACTIONS: _("Reactions"),
        Part.SALES: _("Hours of Sales"),
        Part.SALES_CLOSED: _("Closed dates of Sales"),
        Part.ROLES: _("People"),
        Part.PLACES: _("Leadership and digest"),
        Part.WATCHED: _("Watched channels"),
        Part.SUMMIT: _("Summit and words"),
    }[part]
