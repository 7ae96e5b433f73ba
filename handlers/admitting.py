"""Somebody must be the first admin: whom Slack calls an owner or admin of the workspace, while there is no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.ports import SlackFault
from bot.services.settings import first_steps

if TYPE_CHECKING:
    from bot.services.acting import Caller
    from handlers.conversation import Conversation

log = structlog.get_logger()


async def admit(conversation: Conversation, caller: Caller) -> None:
    """Make the caller the first admin if they may be; whether they may go on is asked at the act itself."""
    if await conversation.look(caller, first_steps.has_admin):
        return
    try:
        may_be = await conversation.gateway.is_workspace_admin(caller.team_id, caller.slack_id)
    except SlackFault as fault:
        log.warning("could not ask whether somebody is an admin", action="admit", fault=fault.error)
        return
    if may_be:
        await conversation.act(caller, None, first_steps.become_first_admin)
