"""Admins change the settings: a menu, one form a part, the change said back, then saved."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.blocks.ids import COMMAND, Action, Callback
from bot.blocks.settings_forms import settings_form
from bot.blocks.settings_menu import preview_view, record_view, settings_menu
from bot.services.settings import forms
from handlers.admitting import admit
from handlers.answers import answers_in, metadata_in, plain
from handlers.learning import asking, learn_anew, read_soon
from models.i18n import _
from models.settings.forms import STEP_ROWS, Part, Subject

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.ports import View
    from bot.services.acting import Caller
    from handlers.conversation import Conversation
    from models.settings.forms import SettingsForm

Payload = dict[str, Any]

WITH_GROUPS = frozenset({Part.DESK, Part.ESCALATION})
"""Parts whose form offers the workspace's user groups."""


async def is_settings(command: Payload) -> bool:
    """Whether somebody typed ``/expedite settings``."""
    return plain(str(command.get("text") or "")).strip().lower() == "settings"


class Administer:
    """The settings in one window."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.command(COMMAND, matchers=[is_settings])(self.command)
        app.action(Action.SETTINGS)(self.menu)
        app.action(re.compile(rf"^{Action.SETTINGS_PART}(:\d+)?$"))(self.part)
        app.action(Action.SETTINGS_RECORD)(self.record)
        app.action(Action.SETTINGS_BACK)(self.back)
        app.action(Action.PROPOSE_DATES)(self.propose)
        app.action(Action.ADD_STEP)(self.add_step)
        app.view(Callback.SETTINGS_FORM)(self.check)
        app.view(Callback.SETTINGS_PREVIEW)(self.save)

    async def command(self, ack: AsyncAck, command: Payload, caller: Caller) -> None:
        await admit(self.conversation, caller)
        await self.conversation.open(caller, command["trigger_id"], await self._menu(caller))
        await ack()

    async def menu(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        """From Home it opens a window; inside the window it is the way back."""
        await self._show(body, caller, await self._menu(caller))
        await ack()

    async def part(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        shown = await self.conversation.look(caller, forms.form, Subject.parse(action["value"]))
        await self._show(body, caller, settings_form(await self._with_groups(caller, shown)))
        await ack()

    async def record(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        changes, zone = await self.conversation.look(caller, forms.record)
        told = [(one.at.astimezone(ZoneInfo(zone)), one.who, one.sentence) for one in changes]
        await self._show(body, caller, record_view(told))
        await ack()

    async def back(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        shown = await self.conversation.look(caller, forms.asked_back, int(action["value"]))
        await self._show(body, caller, settings_form(await self._with_groups(caller, shown)))
        await ack()

    async def propose(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        """Offer the public holidays of the region that was typed; what else was typed stays."""
        await self._draw_again(body, caller, is_proposing=True)
        await ack()

    async def add_step(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        shown = sum(name.endswith("/notify") for name in answers_in(body["view"]))
        await self._draw_again(body, caller, rows=min(shown + 1, STEP_ROWS))
        await ack()

    async def check(self, ack: AsyncAck, view: Payload, caller: Caller) -> None:
        """Refuse what cannot be at its question; say the rest back."""
        carried, answers = metadata_in(view), answers_in(view)
        subject = Subject.parse(carried["subject"])
        members = await self._members(caller, subject, answers)
        said = await self.conversation.look(
            caller, forms.check, subject, answers, version=int(carried["version"]), members=members
        )
        await ack(response_action="update", view=preview_view(said.draft_id, said.sentences))

    async def save(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        """Make the change, learn who answers from then on, and show the settings as they are now."""
        applied = await self.conversation.act(caller, key, forms.save, int(metadata_in(view)["draft"]))
        desks = applied.desks_to_learn if applied is not None else frozenset()
        said = await learn_anew(self.conversation, caller.team_id, desks)
        await ack(response_action="update", view=await self._menu(caller, saved=[_("*Saved.*"), *said]))

    async def _menu(self, caller: Caller, *, saved: list[str] | None = None) -> View:
        shown = await self.conversation.look(caller, forms.menu)
        return settings_menu(shown.settings, saved=saved or [])

    async def _show(self, body: Payload, caller: Caller, view: View) -> None:
        shown = body.get("view") or {}
        if shown.get("type") == "modal":
            await self.conversation.redraw(caller, shown, view)
        else:
            await self.conversation.open(caller, body["trigger_id"], view)

    async def _draw_again(self, body: Payload, caller: Caller, *, is_proposing: bool = False, rows: int = 0) -> None:
        view = body["view"]
        carried = metadata_in(view)
        shown = await self.conversation.look(
            caller,
            forms.form,
            Subject.parse(carried["subject"]),
            answers_in(view),
            version=int(carried["version"]),
            is_proposing=is_proposing,
            rows=rows,
        )
        await self._show(body, caller, settings_form(await self._with_groups(caller, shown)))

    async def _with_groups(self, caller: Caller, shown: SettingsForm) -> SettingsForm:
        if shown.subject.part not in WITH_GROUPS:
            return shown
        found = await read_soon("user groups", self.conversation.gateway.groups(caller.team_id)) or []
        return replace(shown, groups=tuple((group.id, group.name) for group in found))

    async def _members(self, caller: Caller, subject: Subject, answers: dict[str, Any]) -> dict[str, list[str]]:
        """Who would answer, so that it can be said before it is saved; nothing where Slack does not tell."""
        source = forms.source_asked(subject, answers)
        if source is None:
            return {}
        found = await read_soon("members", asking(self.conversation.gateway, caller.team_id, source))
        return {source.id: found} if found is not None else {}
