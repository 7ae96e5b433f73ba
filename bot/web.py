"""HTTP: where Slack posts, and where a platform asks whether the process is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from sqlalchemy.orm import Session
    from starlette.requests import Request

    from bot.database import Database

LARGEST_BODY = 1_000_000
"""Bytes; Slack's largest payload (a view of 250 kB, twice encoded) fits."""


def make_web(bolt: AsyncApp, database: Database) -> Starlette:
    """``/slack/events`` for everything Slack sends, ``/healthz`` for the platform."""
    slack = AsyncSlackRequestHandler(bolt)

    async def events(request: Request) -> Response:
        if not _is_plausible(request):
            return PlainTextResponse("This address takes signed requests from Slack.", status_code=400)
        return await slack.handle(request)

    async def health(_request: Request) -> Response:
        return await _health(database)

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"]), Route("/healthz", health)])


async def _health(database: Database) -> Response:
    try:
        await database.run(_ping)
    except SQLAlchemyError:
        return JSONResponse({"ok": False, "why": "the database does not answer"}, status_code=503)
    return JSONResponse({"ok": True})


def _ping(session: Session) -> None:
    session.execute(sa.text("SELECT 1"))


def _is_plausible(request: Request) -> bool:
    """A time stamp that is no number would end as a server error inside Bolt."""
    stamp = request.headers.get("x-slack-request-timestamp", "")
    length = request.headers.get("content-length", "0")
    return stamp.isdecimal() and length.isdecimal() and int(length) <= LARGEST_BODY
