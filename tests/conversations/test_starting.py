"""Starting: whatever is missing or refused is one sentence that says what to set."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from bot import migrating
from bot.adapters.vault import Vault
from bot.app import App, make_bolt
from bot.clock import SystemClock
from bot.config import Settings, SettingsRefused
from bot.database import Database
from bot.installations import Installations
from bot.ports import NotAccepted
from bot.sandbox import Sandbox, SandboxClock, World
from bot.serve import introduce, learn_people, serve
from bot.services import settings as workspace_settings
from models.tenant import Actor, Role
from models.weekly_hours import spell_week
from tests.builders import HELENA, JONAS, NOON, PLANT3, PRIYA, TEAM
from tests.conversations.test_who_is_who import members
from tests.documents import with_desk
from tests.fakes import FakeSlack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from models.settings import WorkspaceSettings
    from tests.conversations.conftest import Talk

NOWHERE = "http://127.0.0.1:9/api/"


@pytest.fixture
def migrated_url(tmp_path: Path) -> str:
    """A database as “expedite-desk db upgrade” leaves it: serving asks for its revision."""
    url = f"sqlite:///{tmp_path / 'served.db'}"
    migrating.upgrade(url)
    return url


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    running = Sandbox(World.seeded(SandboxClock(NOON)), port=0)
    await running.start()
    yield running
    await running.stop()


async def test_a_slack_that_cannot_be_reached_is_a_sentence(sqlite_url: str) -> None:
    app = App(settings(sqlite_url, NOWHERE), SystemClock())
    with pytest.raises(SettingsRefused, match="could not be reached"):
        await learn_people(app, await introduce(app))
    app.database.close()


async def test_a_wrong_app_token_is_a_sentence_and_not_tried_for_ever(migrated_url: str, sandbox: Sandbox) -> None:
    wrong = settings(migrated_url, sandbox.api_url, bot=sandbox.app.bot_token, slack_app_token=SecretStr("xapp-wrong"))
    async with asyncio.timeout(5):
        with pytest.raises(SettingsRefused, match="SLACK_APP_TOKEN"):
            await serve(wrong)


async def test_a_taken_port_is_a_sentence(migrated_url: str, sandbox: Sandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        secret: dict[str, Any] = {"slack_app_token": None, "slack_signing_secret": SecretStr("s" * 32)}
        port = taken.getsockname()[1]
        with pytest.raises(SettingsRefused, match=f"PORT {port}"):
            await serve(settings(migrated_url, sandbox.api_url, bot=sandbox.app.bot_token, port=port, **secret))


def test_bolt_asks_us_for_installations_whatever_the_environment_holds(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack shows these beside the signing secret, so they are copied along; Bolt would take them for an OAuth app."""
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "secret")
    bolt = make_bolt(settings("sqlite://", NOWHERE), Installations(database, Vault([Vault.new_key()])))

    assert bolt.oauth_flow is None


async def test_a_workspace_too_large_to_list_still_knows_its_desk(talk: Talk, sqlite_url: str) -> None:
    slack = FakeSlack(talk.clock)
    slack.will_fail(NotAccepted("ratelimited"), on="people")
    slack.channel_members[PLANT3] = [JONAS]
    app = App(settings(sqlite_url, NOWHERE), talk.clock)
    app.database.close()
    app.database, app.gateway = talk.database, slack  # type: ignore[assignment] # the fake is the edge
    await learn_people(app, TEAM)

    assert {JONAS} == await members(talk)
    assert PRIYA not in await members(talk)


async def test_the_environment_sets_up_a_desk_until_an_admin_changes_anything(
    migrated_url: str, sandbox: Sandbox
) -> None:
    """From then on it decides nothing, but the people it names stay admins: nobody can lock everybody out."""
    first = await started(migrated_url, sandbox, desk_hours="Mon-Fri 08:00-16:00", admins="U0ADMIN", leaders=HELENA)
    second = await started(migrated_url, sandbox, desk_hours="Mon-Fri 07:00-17:00", admins="U0ADMIN", leaders=HELENA)
    assert [spell_week(one.desks[0].hours.week) for one in (first, second)] == [
        "Mon-Fri 08:00-16:00",
        "Mon-Fri 07:00-17:00",
    ]

    database = Database(migrated_url)
    await database.run(change_hot_cap)
    database.close()
    third = await started(migrated_url, sandbox, desk_hours="Sat 08:00-09:00", admins="U0TOBIAS", ops_channel="C0OTHER")
    assert (third.desks, third.leaders) == (with_desk(second, hot_cap=12).desks, (HELENA,))
    assert third.admins == ("U0ADMIN", "U0TOBIAS")


async def test_without_a_channel_the_app_starts_and_waits_for_its_set_up(migrated_url: str, sandbox: Sandbox) -> None:
    found = await started(migrated_url, sandbox, ops_channel=None, admins="U0ADMIN")

    assert (found.desks, found.admins) == ((), ("U0ADMIN",))


async def test_user_groups_and_workspace_admins_are_read_over_the_wire(migrated_url: str, sandbox: Sandbox) -> None:
    app = App(settings(migrated_url, sandbox.api_url, bot=sandbox.app.bot_token), SystemClock())
    team_id = await introduce(app)

    assert [group.id for group in await app.gateway.groups(team_id)] == list(sandbox.world.user_groups)
    assert await app.gateway.members_of_group(team_id, "S0PLANT3") == sandbox.world.user_groups["S0PLANT3"].users
    assert [await app.gateway.is_workspace_admin(team_id, one) for one in ("U0ADMIN", JONAS)] == [True, False]
    await app.gateway.close()
    app.database.close()


async def started(url: str, sandbox: Sandbox, **facts: Any) -> WorkspaceSettings:
    """Start, read the settings that then hold, and end."""
    app = App(settings(url, sandbox.api_url, bot=sandbox.app.bot_token, **facts), SystemClock())
    await introduce(app)
    found = await app.database.run(workspace_settings.read, 1)
    await app.gateway.close()
    app.database.close()
    return found


def change_hot_cap(session: Session) -> None:
    sam = Actor(1, "U0ADMIN", "Sam", roles=frozenset({Role.ADMIN}))
    wanted = with_desk(workspace_settings.read(session, 1), hot_cap=12)
    workspace_settings.apply(session, sam, wanted, expected_version=0, at=NOON)


def settings(url: str, api_url: str, *, bot: str = "xoxb-invented", **facts: Any) -> Settings:
    usual: dict[str, Any] = {"slack_app_token": SecretStr("xapp-invented"), "ops_channel": PLANT3, **facts}
    return Settings(_env_file=None, database_url=url, slack_api_url=api_url, slack_bot_token=SecretStr(bot), **usual)
