"""The three steps of the first set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.blocks.elements import context, modal, section
from bot.blocks.ids import Callback
from bot.blocks.inputs import line, question, step
from bot.blocks.phrases import inline
from bot.blocks.settings_desk import LONGEST_NAME, member_questions
from bot.blocks.settings_hours import hours_questions
from bot.blocks.settings_inputs import channel, people
from bot.blocks.settings_menu import linked
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import View
    from models.settings.forms import SettingsForm


def first_desk(form: SettingsForm) -> View:
    """Step one: where the desk works, and when."""
    blocks = [
        step(1),
        section(_("*The desk.* Requests arrive in its channel, and its clocks run in its hours.")),
        question("name", _("Name"), line("name", {"name": form.value("name")}, limit=LONGEST_NAME)),
        question("channel", _("Channel in which it works"), channel("channel", form.value("channel"))),
        *hours_questions(form),
        context(_("The app must be in the channel: type `/invite` there.")),
    ]
    carried = {"version": form.version}
    return modal(Callback.SET_UP_DESK, _("Set-up"), blocks, submit=_("Next"), metadata=carried)


def first_people(form: SettingsForm, leaders: Sequence[str], leadership_channel: str) -> View:
    """Step two: who answers, and who is called in."""
    desk = inline(form.desk_name, 80)
    blocks = [
        step(2),
        section(_("*The people.* Who answers for {desk}, and whom to call when nobody does?").format(desk=desk)),
        *member_questions(form),
        question("roles/leaders", _("Leaders"), people("roles/leaders", leaders), optional=True),
        question(
            "leadership_channel",
            _("Leadership channel"),
            channel("leadership_channel", leadership_channel),
            hint=_("Escalations and the weekly digest go there."),
            optional=True,
        ),
    ]
    carried = {"version": form.version}
    return modal(Callback.SET_UP_PEOPLE, _("Set-up"), blocks, submit=_("Next"), metadata=carried)


def first_test(desk_channel: str, *, said: Sequence[str] = ()) -> View:
    """Step three: see whether a card arrives."""
    lead = _("*The test.* A card that asks for nothing goes to #{channel}. Whoever sees it there presses “It works”.")
    blocks = [step(3), *(section(linked(one)) for one in said), section(linked(lead.format(channel=desk_channel)))]
    return modal(Callback.SET_UP_TEST, _("Set-up"), blocks, submit=_("Send the card"), close=_("Later"))


def test_sent(desk_channel: str) -> View:
    """Say where the card went."""
    told = _("The test card is on its way to #{channel}. The set-up is done when somebody there presses “It works”.")
    hint = _("It does not arrive? Invite the app there by `/invite`; what waits is sent then.")
    blocks = [section(linked(told.format(channel=desk_channel))), context(hint)]
    return modal(Callback.SET_UP_TEST, _("Set-up"), blocks)
