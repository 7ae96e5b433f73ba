"""Who answers for a desk, asked of Slack: the members of its channel or of a user group."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.ports import SlackFault
from bot.services import setup
from bot.services.settings import sources
from models.i18n import _
from models.settings import MembersFrom

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable, Sequence

    from bot.database import Database
    from bot.ports import Person, SlackGateway
    from bot.services.settings.sources import Source
    from handlers.conversation import Conversation

T = TypeVar("T")
log = structlog.get_logger()


async def learn_members(
    database: Database, gateway: SlackGateway, team_id: str, wanted: Iterable[Source], people: Sequence[Person] = ()
) -> list[Source]:
    """Take over who is in these channels and groups; gives those that Slack would not tell."""
    unread = []
    for source in wanted:
        members = await members_of(gateway, team_id, source)
        if members is None:
            unread.append(source)
            continue
        take_over = setup.learn_group if source.kind is MembersFrom.GROUP else setup.learn
        await database.run(take_over, team_id, people, source.id, members)
    return unread


async def learn_anew(conversation: Conversation, team_id: str) -> list[str]:
    """Ask for everybody who answers for a desk; gives a sentence for each place that Slack does not show."""
    database, gateway = conversation.database, conversation.gateway
    wanted = await database.run(sources.sources, team_id)
    unread = await learn_members(database, gateway, team_id, wanted)
    sentence = _("Who is in #{place} is not known yet: invite the app there by `/invite`, or check its scopes.")
    return [sentence.format(place=source.id) for source in unread]


async def members_of(gateway: SlackGateway, team_id: str, source: Source) -> list[str] | None:
    """The people of a channel or group; None when Slack would not tell."""
    read = gateway.members_of_group if source.kind is MembersFrom.GROUP else gateway.members_of
    return await read_or_warn(f"members of {source.id}", read(team_id, source.id))


async def read_or_warn(what: str, reading: Awaitable[list[T]]) -> list[T] | None:
    try:
        return await reading
    except SlackFault as fault:
        log.warning(
            "could not be read: invite the app to the desk's channel and check its scopes",
            action="learn_people",
            what=what,
            fault=fault.error,
        )
        return None
