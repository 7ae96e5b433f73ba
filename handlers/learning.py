"""Who answers for a desk, asked of Slack: the members of its channel or of a user group."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import structlog

from bot.ports import SlackFault
from bot.services import setup
from bot.services.settings import sources
from models.i18n import _
from models.settings import MembersFrom

if TYPE_CHECKING:
    from collections.abc import Awaitable, Collection, Iterable, Sequence

    from bot.database import Database
    from bot.ports import Person, SlackGateway
    from bot.services.settings.sources import Source
    from handlers.conversation import Conversation

T = TypeVar("T")
PATIENCE_SECONDS = 1.5
"""A window that somebody waits for is answered within three seconds."""
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
        await _take_over(database, team_id, source, members, people)
    return unread


async def _take_over(
    database: Database, team_id: str, source: Source, members: Sequence[str], people: Sequence[Person]
) -> None:
    take_over = setup.learn_group if source.kind is MembersFrom.GROUP else setup.learn
    await database.run(take_over, team_id, people, source.id, members)


async def learn_anew(conversation: Conversation, team_id: str, desks: Collection[str]) -> list[str]:
    """Ask who answers for these desks, by name; gives a sentence for each place that Slack does not show."""
    database, gateway = conversation.database, conversation.gateway
    unread = []
    for source in await database.run(sources.sources, team_id, desks):
        members = await members_of(gateway, team_id, source)
        if members is None:
            unread.append(source)
            continue
        # A shared channel lists people of other companies too: whoever is new here is looked up.
        is_known = await database.run(sources.knows_all, team_id, members)
        people = [] if is_known else await read_or_warn("people", gateway.people(team_id)) or []
        await _take_over(database, team_id, source, members, people)
    sentence = _("Who is in #{place} is not known yet: invite the app there by `/invite`, or check its scopes.")
    return [sentence.format(place=source.id) for source in unread]


async def read_soon(what: str, reading: Awaitable[list[T]]) -> list[T] | None:
    """The same while somebody waits: what takes Slack too long is left out."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await read_or_warn(what, reading)
    except TimeoutError:
        return None


async def members_of(gateway: SlackGateway, team_id: str, source: Source) -> list[str] | None:
    """The people of a channel or group; None when Slack would not tell."""
    return await read_or_warn(f"members of {source.id}", asking(gateway, team_id, source))


def asking(gateway: SlackGateway, team_id: str, source: Source) -> Awaitable[list[str]]:
    """The question to Slack who is in a channel or group."""
    read = gateway.members_of_group if source.kind is MembersFrom.GROUP else gateway.members_of
    return read(team_id, source.id)


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
