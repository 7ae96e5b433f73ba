"""Addresses that Slack hands out beside the Web API: answers to interactions, uploads, files, permalinks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox.errors import SlackError
from bot.sandbox.responses import respond
from bot.sandbox.web_api.endpoint import arguments

if TYPE_CHECKING:
    from bot.sandbox.stage import Stage

REFUSED = {"expired_url": 404, "used_url": 404}
BAD_REQUEST = 400
PLAIN_TEXT = (".csv", ".txt")


class SideDoors:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def add_to(self, app: web.Application) -> None:
        app.router.add_post("/response/{team}/{key}", self.respond)
        app.router.add_post("/upload/{file}", self.upload)
        app.router.add_put("/upload/{file}", self.upload)
        app.router.add_get("/files/{file}", self.download)
        app.router.add_get("/archives/{channel}/{message}", self.permalink)

    async def respond(self, request: web.Request) -> web.Response:
        """Carry out the app's answer to an interaction."""
        world, body = self._stage.world, await arguments(request)
        status, answer = 200, "ok"
        try:
            right = self._stage.rights.use(request.match_info["key"], world.clock.now())
            respond(world, right, body)
        except SlackError as refusal:
            status, answer = REFUSED.get(refusal.error, BAD_REQUEST), refusal.error
        world.wire.add("in", "response_url", status, {"arguments": body, "answer": answer})
        return web.Response(text=answer, status=status)

    def _file(self, request: web.Request) -> dict[str, Any]:
        file = self._stage.world.files.get(request.match_info["file"])
        if file is None:
            raise web.HTTPNotFound(text="There is no such file.")
        return file

    async def upload(self, request: web.Request) -> web.Response:
        file = self._file(request)
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            parts = [part for part in form.values() if isinstance(part, web.FileField)]
            content = parts[0].file.read() if parts else b""
        else:
            content = await request.read()
        file["content"], file["size"] = content, len(content)
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.Response:
        file = self._file(request)
        # A page has its person's cookie; an app its token, and without the right to read it is sent to log in.
        token, world = request.headers.get("Authorization"), self._stage.world
        if token is not None and (token != f"Bearer {world.app.bot_token}" or "files:read" not in world.scopes):
            raise web.HTTPFound("/")
        content = file["content"] or b""
        is_text = str(file["name"]).endswith(PLAIN_TEXT)
        if not is_text:
            return web.Response(body=content, content_type="application/octet-stream")
        # Never as a page: what people upload would run as one of ours.
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return web.Response(body=content, content_type="text/plain", charset="utf-8", headers=headers)

    async def permalink(self, request: web.Request) -> web.Response:
        """Lead a permalink to the page, which opens the channel at that message."""
        digits = request.match_info["message"].removeprefix("p")
        target = f"/?channel={request.match_info['channel']}&ts={digits[:-6]}.{digits[-6:]}"
        raise web.HTTPFound(target)
