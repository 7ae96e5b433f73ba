"""Figures: the scorecard by command, the rows behind it as a file; for whoever asked and for nobody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.blocks import forms, scorecard
from bot.blocks.ids import COMMAND, Action, Callback
from bot.blocks.inputs import day_in
from bot.services import exports, reporting
from handlers.answers import answers_in, plain
from models.errors import ExpediteError, Field
from models.i18n import _
from models.scorecards.export import Export

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]

VERB = "scorecard"
_TEAM = re.compile(r"\bteam\s+(?:<!subteam\^(?P<id>[^>|]+)(?:\|[^>]*)?>|(?P<name>\S+))", re.IGNORECASE)
_PEOPLE = re.compile(r"<@[^>]*>")


async def is_scorecard(command: Payload) -> bool:
    """Whether the words after the command ask for figures."""
    return str(command.get("text") or "").strip().partition(" ")[0].lower() == VERB


class Figures:
    """What leaders see of all, desks of their own, requesters of theirs."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.command(COMMAND, matchers=[is_scorecard])(self.command)
        app.action(Action.EXPORT)(self.open_export)
        app.view(Callback.EXPORT)(self.export)

    async def command(self, ack: AsyncAck, command: Payload, caller: Caller) -> None:
        text = str(command["text"]).strip()[len(VERB) :].strip()
        if text.lower() == "help":
            message = scorecard.help_message()
        else:
            team = await self._team(caller, text)
            shown = await self.conversation.look(caller, reporting.report, _readable(text), team)
            message = scorecard.scorecard_message(shown.scorecard, shown.trends, desks=shown.desks, people=shown.people)
        await ack(text=message.text, blocks=message.blocks)

    async def open_export(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        period, is_leader = await self.conversation.look(caller, exports.proposed)
        await self.conversation.open(caller, body["trigger_id"], forms.export_form(period, is_leader=is_leader))
        await ack()

    async def export(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        answers = answers_in(view)
        days = (day_in(answers, Field.EXPORT_FIRST), day_in(answers, Field.EXPORT_LAST))
        await self.conversation.act(caller, key, exports.ask_for, Export(answers[Field.EXPORT_KIND]), *days)
        await ack()

    async def _team(self, caller: Caller, text: str) -> frozenset[str] | None:
        """Who belongs to the user group that the words name; Slack is asked, because groups change."""
        named = _TEAM.search(text)
        if named is None:
            return None
        gateway, group = self.conversation.gateway, named["id"]
        if group is None:
            wanted = plain(named["name"]).lstrip("@").casefold()
            known = await gateway.groups(caller.team_id)
            group = next((one.id for one in known if one.name.casefold() == wanted), None)
        if group is None:
            raise TeamUnknown
        return frozenset(await gateway.members_of_group(caller.team_id, group))


class TeamUnknown(ExpediteError):
    """No user group of the workspace has that name."""

    def __init__(self) -> None:
        super().__init__(_("A team is a user group of Slack. Write @ after “team” and choose the group."))


def _readable(text: str) -> str:
    """The words as typed; people stay mentions, so that two of one name are told apart."""
    kept = _PEOPLE.findall(text)
    parts = [plain(part) for part in _PEOPLE.split(text)]
    return "".join(part + mention for part, mention in zip(parts, [*kept, ""], strict=True))
