"""The page where people let the app into a workspace, as Slack shows it at /oauth/v2/authorize."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.sandbox.grants import Grant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.stage import Stage
    from bot.sandbox.world import World

ADDRESS = "/oauth/v2/authorize"
ASKED = ("client_id", "scope", "user_scope", "redirect_uri", "state", "team")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SAFE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Let an app in</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 12vh auto; padding: 0 1rem; }}
label {{ display: block; margin: 1rem 0; }}
select, button {{ font: inherit; padding: .4rem .8rem; }}
</style></head>
<body><main>{content}</main></body>
</html>
"""
FORM = """<h1>{app} would like to join {team}</h1>
<p>It asks for: {scopes}.</p>
<form method="post" action="{address}">
{hidden}
<label>Workspace <select name="team">{teams}</select></label>
<label>You are <select name="user">{people}</select></label>
<button name="answer" value="allow">Allow</button>
<button name="answer" value="cancel">Cancel</button>
</form>"""
REFUSED = "<h1>Something is wrong with this link</h1><p>{sentence} <code>{error}</code></p>"


@dataclass(frozen=True)
class Request:
    """What the app asks for in the link that it gave to the person."""

    scopes: tuple[str, ...]
    redirect_uri: str | None
    state: str
    back_to: str

    def answered(self, **facts: str) -> str:
        """Return the address to go back to, with the answer."""
        joint = "&" if urlsplit(self.back_to).query else "?"
        return f"{self.back_to}{joint}{urlencode({**facts, 'state': self.state})}"


def refused(error: str, sentence: str) -> web.HTTPBadRequest:
    """Return the page that says why a link leads nowhere; the app hears nothing of it."""
    text = PAGE.format(content=REFUSED.format(error=escape(error), sentence=escape(sentence)))
    return web.HTTPBadRequest(text=text, content_type="text/html", headers=SAFE)


def checked(world: World, asked: Mapping[str, str]) -> Request:
    """Return what is asked for. Raises the page with Slack's error word."""
    if asked.get("client_id") != world.app.client_id:
        raise refused("invalid_client_id", "No app has this client id.")
    if asked.get("user_scope"):
        raise refused("invalid_scope", "There are no user tokens here, only scopes of the bot.")
    if asked.get("team") not in {None, "", world.team.id}:
        raise refused("invalid_team_for_non_distributed_app", "There is no such workspace.")
    scopes = tuple(dict.fromkeys(asked.get("scope", "").replace(" ", ",").split(",")))
    if scopes == ("",):
        raise refused("no_scopes", "The link asks for no scopes.")
    uri = asked.get("redirect_uri") or None
    return Request(scopes, uri, asked.get("state", ""), _way_back(world, uri))


def _way_back(world: World, uri: str | None) -> str:
    """Return where to go afterwards: an address of the manifest, or below one; without any, this machine."""
    known = world.redirect_urls
    if uri is None and known:
        return known[0]
    below = any(uri == url or str(uri).startswith(url.rstrip("/") + "/") for url in known)
    here = not known and urlsplit(uri or "").scheme in {"http", "https"} and urlsplit(uri or "").hostname in LOOPBACK
    if uri is None or not (below or here):
        raise refused("bad_redirect_uri", "The redirect address is not one of the app's.")
    return uri


class AuthorizePage:
    """Asks a person, and sends them back to the app with a code or with access_denied."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def add_to(self, app: web.Application) -> None:
        app.router.add_get(ADDRESS, self.ask)
        app.router.add_post(ADDRESS, self.answer)

    async def ask(self, request: web.Request) -> web.Response:
        wanted = checked(self._stage.world, request.query)
        content = _form(self._stage.world, wanted, request.query)
        return web.Response(text=PAGE.format(content=content), content_type="text/html", headers=SAFE)

    async def answer(self, request: web.Request) -> web.Response:
        """Take the person's answer and lead back to the app."""
        world = self._stage.world
        form = {key: str(value) for key, value in (await request.post()).items()}
        wanted = checked(world, form)
        if form.get("answer") != "allow":
            raise web.HTTPFound(wanted.answered(error="access_denied"))
        person = world.people.get(form.get("user", ""))
        if person is None or person.is_bot:
            raise refused("user_not_found", "There is no such person.")
        grant = Grant(person.id, wanted.scopes, wanted.redirect_uri, world.clock.now())
        raise web.HTTPFound(wanted.answered(code=self._stage.grants.issue(grant)))


def _form(world: World, wanted: Request, asked: Mapping[str, str]) -> str:
    people = {p.id: f"{p.real_name} ({p.title})" for p in world.people.values() if not p.is_bot}
    kept = {key: asked[key] for key in ASKED if key in asked and key != "team"}
    hidden = (f'<input type="hidden" name="{key}" value="{escape(value)}">' for key, value in kept.items())
    return FORM.format(
        app=escape(world.person(world.app.bot_user_id).real_name),
        team=escape(world.team.name),
        scopes=escape(", ".join(wanted.scopes)),
        address=ADDRESS,
        hidden="\n".join(hidden),
        teams=_options({world.team.id: world.team.name}),
        people=_options(people),
    )


def _options(words: dict[str, str]) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(text)}</option>' for value, text in words.items())
