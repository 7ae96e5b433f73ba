"""files.*: the three steps of an upload, as far as the app uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox import conversations
from bot.sandbox.errors import SlackError
from bot.sandbox.web_api.calls import TIER_4, Call, Method
from bot.sandbox.web_api.chat import from_app

if TYPE_CHECKING:
    from bot.sandbox.stage import Stage

Json = dict[str, Any]


def get_upload_url(call: Call) -> Json:
    name, length = call.needed("filename"), call.number("length", 0)
    if length <= 0:
        raise SlackError("invalid_arguments")
    file = _new(call.stage, call.bot, name, length)
    return {"upload_url": f"{call.stage.url}/upload/{file['id']}", "file_id": file["id"]}


def shared(stage: Stage, user: str, name: str, content: bytes) -> Json:
    """Keep a file that a person shares; return it as messages tell of it."""
    file = _new(stage, user, name, len(content))
    file["content"], file["done"] = content, True
    return told(file)


def _new(stage: Stage, user: str, name: str, size: int) -> Json:
    file_id = stage.world.new_id("F0")
    file = {"id": file_id, "name": name, "title": name, "size": size, "url_private": f"{stage.url}/files/{file_id}"}
    stage.world.files[file_id] = {**file, "user": user, "content": None, "done": False}
    return stage.world.files[file_id]


def told(file: Json) -> Json:
    """Return Slack's file object."""
    return {key: value for key, value in file.items() if key not in {"content", "done"}}


def complete_upload(call: Call) -> Json:
    wanted = call.data("files") or []
    if not wanted:
        raise SlackError("invalid_arguments")
    files = [_completed(call, entry) for entry in wanted]
    if call.text("channel_id"):
        channel = call.joined(call.channel("channel_id"))
        thread_ts = call.text("thread_ts") or None
        text, blocks = call.text("initial_comment"), call.data("blocks")
        share: Json = {"text": text, "blocks": blocks, "thread_ts": thread_ts, "files": files, "subtype": "file_share"}
        conversations.say(call.world, from_app(call.world, channel.id, **share))
    return {"files": files}


def _completed(call: Call, entry: Json) -> Json:
    file = call.world.files.get(str(entry.get("id")))
    if file is None or file["content"] is None:
        raise SlackError("file_not_found")
    file["done"] = True
    file["title"] = entry.get("title") or file["title"]
    return told(file)


def info(call: Call) -> Json:
    file = call.world.files.get(call.needed("file"))
    if file is None:
        raise SlackError("file_not_found")
    return {"file": told(file), "comments": []}


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, "files:write", TIER_4),
    "files.completeUploadExternal": Method(complete_upload, "files:write", TIER_4),
    "files.info": Method(info, "files:read", TIER_4),
}
