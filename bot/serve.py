"""Serving a real workspace: who are we, is the schema current, then Socket Mode or HTTP until told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
from typing import TYPE_CHECKING

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import migrating
from bot.adapters.vault import VaultRefused
from bot.app import App, build
from bot.config import Mode, Settings, SettingsRefused
from bot.services import setup
from bot.services.settings import sources
from handlers.learning import learn_members, read_or_warn
from models import queries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pydantic import SecretStr
    from sqlalchemy.orm import Session

    from bot.adapters.vault import Vault
    from models import Tenant

UNREACHABLE = (aiohttp.ClientError, TimeoutError)
NOT_REACHED = "Slack could not be reached ({fault}). Check the network and SLACK_API_URL, then start again."
log = structlog.get_logger()


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT; then finish what is on its way. Raises :class:`SettingsRefused`."""
    app = build(settings.checked())
    stopped = stop_on_signals()
    if not await app.database.run(migrating.is_current_in):
        raise SettingsRefused("The database is not up to date. Run “expedite-desk db upgrade” once, then start.")
    team_id = await introduce(app)
    app.start()
    # Beside serving: a large workspace is listed for minutes.
    learning = asyncio.create_task(learn_people(app, team_id))
    try:
        await (_serve_socket(app, stopped) if settings.mode is Mode.SOCKET else _serve_http(app, stopped))
    finally:
        await _end(learning)
        await app.stop()


async def _end(learning: asyncio.Task[None]) -> None:
    learning.cancel()
    (ended,) = await asyncio.gather(learning, return_exceptions=True)
    if isinstance(ended, Exception):
        log.error("people could not be kept", action="learn_people", exc_info=ended)


def stop_on_signals() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    return stopped


async def introduce(app: App) -> str:
    """Ask Slack once who we are, and write down the workspace and its desk. Gives the team's id."""
    settings = app.settings
    token = _secret(settings.slack_bot_token)
    client = AsyncWebClient(token=token, base_url=settings.slack_api_url, retry_handlers=[])
    try:
        who = await client.auth_test()
    except SlackApiError as refused:
        raise SettingsRefused(
            f"Slack refused SLACK_BOT_TOKEN ({_word(refused)}). Reinstall the app and copy its token."
        ) from refused
    except UNREACHABLE as fault:
        raise SettingsRefused(NOT_REACHED.format(fault=type(fault).__name__)) from fault
    team_id = str(who["team_id"])
    facts = {key: str(who.get(key) or "") for key in ("team", "bot_id", "user_id", "url")}
    try:
        await app.database.run(_write_down, app, team_id, facts, token, at=app.clock.now())
    except ValueError as refused:
        raise SettingsRefused(f"The desk cannot be set up: {refused}") from refused
    app.installations.forget(team_id)
    return team_id


def _write_down(
    session: Session, app: App, team_id: str, facts: Mapping[str, str], token: str, *, at: datetime
) -> None:
    settings = app.settings
    is_new_token = _is_new_token(session, app.vault, team_id, token)
    tenant = setup.install(
        session,
        team_id=team_id,
        name=facts["team"],
        bot_id=facts["bot_id"],
        bot_user_id=facts["user_id"],
        sealed_token=app.vault.seal(token),
        url=facts["url"],
        at=at,
    )
    if is_new_token:
        # A removal that is told from now on must have happened after this to be believed.
        tenant.installed_at = at
    _set_up(session, tenant, settings, at)


def _set_up(session: Session, tenant: Tenant, settings: Settings, at: datetime) -> None:
    """The environment sets up a first desk; admins who changed anything since then are not overruled by it."""
    if setup.is_run_by_admins(session, tenant):
        setup.keep_admins(session, tenant.id, settings.admins)
        log.info("settings are changed in Slack: OPS_CHANNEL, DESK_… and LEADERS are not read any more", action="serve")
        return
    if not settings.ops_channel:
        log.info("no desk is named by OPS_CHANNEL: an admin can set one up in App Home", action="serve")
    else:
        setup.configure_desk(
            session,
            tenant,
            name=settings.desk_name,
            channel_id=settings.ops_channel,
            zone=settings.desk_zone,
            hours=settings.desk_hours,
            holidays=settings.desk_holidays,
            leadership_channel=settings.leadership_channel,
            at=at,
        )
    setup.grant_roles(session, tenant.id, admins=settings.admins, leaders=settings.leaders)


async def learn_people(app: App, team_id: str) -> None:
    """Names and zones of everybody, and who answers for each desk. Without them the app still works, less well.

    Each is read for itself: in a workspace too large to list at once, the desks still know their members.
    """
    people = await read_or_warn("people", app.gateway.people(team_id)) or []
    if people:
        await app.database.run(setup.learn, team_id, people, "", [])
    wanted = await app.database.run(sources.sources, team_id)
    await learn_members(app.database, app.gateway, team_id, wanted, people)


def _is_new_token(session: Session, vault: Vault, team_id: str, token: str) -> bool:
    known = queries.tenant_by_team(session, team_id)
    if known is None or known.sealed_bot_token is None:
        return True
    try:
        return vault.open(known.sealed_bot_token) != token
    except VaultRefused:  # sealed under a key that is gone
        return False


async def _serve_socket(app: App, stopped: asyncio.Event) -> None:
    connection = connect(app)
    try:
        await _connect(connection)
        log.info("connected to Slack in Socket Mode", action="serve")
        await stopped.wait()
    finally:
        await connection.close_async()  # type: ignore[no-untyped-call]


async def _connect(connection: AsyncSocketModeHandler) -> None:
    try:
        # Asked for here: the client itself would try a refused token again and again.
        connection.client.wss_uri = await connection.client.issue_new_wss_url()
    except SlackApiError as refused:
        raise SettingsRefused(
            f"Slack refused SLACK_APP_TOKEN ({_word(refused)}). Make an app-level token with connections:write."
        ) from refused
    except UNREACHABLE as fault:
        raise SettingsRefused(NOT_REACHED.format(fault=type(fault).__name__)) from fault
    await connection.connect_async()  # type: ignore[no-untyped-call]


def connect(app: App) -> AsyncSocketModeHandler:
    """The Socket Mode connection, not yet open."""
    token = _secret(app.settings.slack_app_token)
    client = AsyncWebClient(token=token, base_url=app.settings.slack_api_url, retry_handlers=[])
    return AsyncSocketModeHandler(app.bolt, token, web_client=client)


async def _serve_http(app: App, stopped: asyncio.Event) -> None:
    import uvicorn  # noqa: PLC0415 only HTTP installations pay for it

    from bot.web import make_web  # noqa: PLC0415 the same

    listening = _listen(app.settings)
    server = uvicorn.Server(uvicorn.Config(make_web(app.bolt, app.database), log_level="warning", access_log=False))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined] # one place listens for signals
    running = asyncio.create_task(server.serve(sockets=[listening]))
    log.info("listening", action="serve", address=f"http://{app.settings.host}:{app.settings.port}/slack/events")
    await stopped.wait()
    server.should_exit = True
    await running


def _listen(settings: Settings) -> socket.socket:
    """The port, taken before anything is promised: the server's own failure would be a traceback."""
    try:
        return socket.create_server((settings.host, settings.port))
    except OSError as refused:
        raise SettingsRefused(
            f"HOST {settings.host} with PORT {settings.port} cannot be listened on ({refused.strerror}). "
            "Choose another, or end what uses it."
        ) from refused


def _word(refused: SlackApiError) -> str:
    """Slack's word for what is wrong, where it gave one."""
    answer = getattr(refused.response, "data", None)
    return str(answer.get("error")) if isinstance(answer, dict) else "no readable answer"


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value is not None else ""
