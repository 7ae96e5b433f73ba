"""Letting the app in: the page, the code, the token; with Slack's own generator, clients and Bolt's own flow."""

from __future__ import annotations

import asyncio
import html
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.oauth.installation_store.file import FileInstallationStore
from slack_sdk.oauth.state_store.file import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

# The SDK's asynchronous client still speaks of HTTP Basic in the way that aiohttp is about to drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
BACK = "http://127.0.0.1:9/slack/oauth_redirect"
SCOPES = ["chat:write", "commands", "users:read"]
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@pytest.fixture
async def person(sandbox):
    """A person with a browser: follows a link, reads the page, answers; gives where it leads then."""
    async with aiohttp.ClientSession() as session:

        class Person:
            async def look(self, link):
                async with session.get(link) as response:
                    return response.status, await response.text()

            async def answer(self, link, answer="allow", user="U0ADMIN"):
                _, page = await self.look(link)
                form = {name: html.unescape(value) for name, value in HIDDEN.findall(page)}
                form |= {"team": "T0NORTHBR", "user": user, "answer": answer}
                async with session.post(sandbox.authorize_url, data=form, allow_redirects=False) as response:
                    return response.headers.get("Location", ""), response.status

            async def code(self, link):
                return parse_qs(urlsplit((await self.answer(link))[0]).query)["code"][0]

        yield Person()


@pytest.fixture
def link(sandbox):
    """The link that an app gives to people, as Slack's SDK writes it."""

    def write(state="s1", redirect_uri=BACK, **more):
        given = {"client_id": sandbox.app.client_id, "scopes": SCOPES, "redirect_uri": redirect_uri} | more
        return AuthorizeUrlGenerator(authorization_url=sandbox.authorize_url, **given).generate(state)

    return write


@pytest.fixture
def client_of(sandbox):
    return {"client_id": sandbox.app.client_id, "client_secret": sandbox.app.client_secret}


async def refusal(call):
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response["error"]


async def test_the_page_says_who_asks_for_what_and_where(person, link):
    status, page = await person.look(link())
    assert status == 200
    assert "Expedite Desk would like to join Northbridge Valves" in page
    assert "chat:write, commands, users:read" in page


async def test_an_allowed_app_gets_code_and_state_and_a_refused_one_is_told_so(person, link):
    location, status = await person.answer(link("a<b c>"))
    asked = parse_qs(urlsplit(location).query)
    assert (status, location.startswith(BACK + "?"), asked["state"], len(asked["code"])) == (302, True, ["a<b c>"], 1)
    location, _ = await person.answer(link(), "cancel")
    assert parse_qs(urlsplit(location).query) == {"error": ["access_denied"], "state": ["s1"]}


@pytest.mark.parametrize("flavour", [WebClient, AsyncWebClient])
async def test_both_web_clients_exchange_a_code_for_the_bot_token(sandbox, person, link, client_of, flavour):
    own, code = flavour(base_url=sandbox.api_url), await person.code(link())
    given = {**client_of, "code": code, "redirect_uri": BACK}
    if flavour is WebClient:
        answer = await asyncio.to_thread(own.oauth_v2_access, **given)
    else:
        answer = await own.oauth_v2_access(**given)
    assert (answer["access_token"], answer["token_type"]) == (sandbox.app.bot_token, "bot")
    assert (answer["team"], answer["enterprise"]) == ({"id": "T0NORTHBR", "name": "Northbridge Valves"}, None)
    assert (answer["authed_user"], answer["bot_user_id"]) == ({"id": "U0ADMIN"}, "U0DESKBOT")
    assert (answer["scope"], answer["is_enterprise_install"]) == ("chat:write,commands,users:read", False)


async def test_the_app_has_the_scopes_that_were_allowed_and_no_others(client, person, link, client_of):
    await client.oauth_v2_access(**client_of, code=await person.code(link()), redirect_uri=BACK)
    assert (await client.users_info(user="U0MARA"))["ok"]
    assert await refusal(client.usergroups_list()) == "missing_scope"


async def test_client_id_and_secret_may_come_as_arguments(client, person, link, client_of):
    arguments = {**client_of, "code": await person.code(link()), "redirect_uri": BACK}
    assert (await client.api_call("oauth.v2.access", data=arguments))["ok"]


async def test_a_code_is_good_for_one_exchange(client, person, link, client_of):
    given = {**client_of, "code": await person.code(link()), "redirect_uri": BACK}
    await client.oauth_v2_access(**given)
    assert await refusal(client.oauth_v2_access(**given)) == "invalid_code"


async def test_a_code_lives_for_ten_minutes(sandbox, client, person, link, client_of):
    code = await person.code(link())
    sandbox.world.clock.advance(timedelta(minutes=10))
    assert await refusal(client.oauth_v2_access(**client_of, code=code, redirect_uri=BACK)) == "invalid_code"


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "guessed"}, "bad_client_secret"),
        ({"code": "1.2.abc"}, "invalid_code"),
        ({"redirect_uri": "http://127.0.0.1:9/other"}, "bad_redirect_uri"),
        ({"redirect_uri": None}, "bad_redirect_uri"),
        ({"grant_type": "refresh_token"}, "invalid_grant_type"),
    ],
)
async def test_a_wrong_exchange_is_refused_by_name_and_leaves_the_code_good(
    client, person, link, client_of, wrong, expected
):
    right = {**client_of, "code": await person.code(link()), "redirect_uri": BACK}
    assert await refusal(client.oauth_v2_access(**right | wrong)) == expected
    assert (await client.oauth_v2_access(**right))["ok"]


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"redirect_uri": "https://example.com/steal"}, "bad_redirect_uri"),
        ({"redirect_uri": "javascript:alert(1)"}, "bad_redirect_uri"),
        ({"redirect_uri": None}, "bad_redirect_uri"),
        ({"scopes": []}, "no_scopes"),
        ({"user_scopes": ["chat:write"]}, "invalid_scope"),
    ],
)
async def test_a_wrong_link_ends_at_the_page_and_never_at_a_foreign_address(person, link, wrong, expected):
    status, page = await person.look(link(**wrong))
    assert (status, f"<code>{expected}</code>" in page) == (400, True)
    assert await person.answer(link(**wrong)) == ("", 400)


@pytest.mark.parametrize(
    ("redirect_uri", "leads_to"),
    [
        (None, "https://example.com/slack"),
        ("https://example.com/slack/back", "https://example.com/slack/back"),
        ("https://example.com/slackers", ""),
        ("http://127.0.0.1:9/back", ""),
    ],
)
async def test_a_manifest_with_redirect_addresses_allows_those_and_what_is_below(
    sandbox, person, link, redirect_uri, leads_to
):
    sandbox.world.install({"oauth_config": {"redirect_urls": ["https://example.com/slack"]}})
    location, _ = await person.answer(link(redirect_uri=redirect_uri))
    assert location.partition("?")[0] == leads_to


async def test_the_wire_log_keeps_neither_secret_nor_code_nor_token(client, person, link, client_of, script):
    code = await person.code(link())
    await client.oauth_v2_access(**client_of, code=code, redirect_uri=BACK)
    log = str(await script.get("wire"))
    assert "oauth.v2.access" in log
    assert not any(secret in log for secret in (code, client_of["client_secret"], client.token))


async def test_words_in_a_link_stay_words_on_the_page(person, link):
    _, page = await person.look(link('"><script>alert(1)</script>', scopes=["<b>"]))
    assert "<script" not in page
    assert "<b>" not in page


async def test_bolts_own_flow_installs_the_app_and_works_from_then_on(sandbox, person, script, tmp_path):
    """Unchanged but for the two addresses: where people authorize, and where the Web API is."""
    runner = await _bolt(sandbox, tmp_path)
    home = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{home}/slack/install", allow_redirects=False) as response:
            link, cookie = response.headers["Location"], response.headers["Set-Cookie"].partition(";")[0]
        location, _ = await person.answer(link)
        back = f"{home}/slack/oauth_redirect?{urlsplit(location).query}"
        async with session.get(back, headers={"Cookie": cookie}) as response:
            assert (response.status, "Thank you" in await response.text()) == (200, True)
    sandbox.world.request_url = f"{home}/slack/events"
    assert (await script.post("command", "U0MARA", channel="C0SALES", text="/expedite"))["ok"]
    assert (await script.last("U0MARA", "C0SALES"))["text"] == "I work in T0NORTHBR."
    await runner.cleanup()


async def _bolt(sandbox, folder):
    """A Bolt app with OAuth on a port of its own; its redirect address is named by the manifest."""
    sandbox.world.redirect_urls = ["http://127.0.0.1/slack/oauth_redirect"]
    settings = AsyncOAuthSettings(
        client_id=sandbox.app.client_id,
        client_secret=sandbox.app.client_secret,
        scopes=SCOPES,
        authorization_url=sandbox.authorize_url,
        install_page_rendering_enabled=False,
        installation_store=FileInstallationStore(base_dir=str(folder / "installations")),
        state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(folder / "states")),
    )
    client = AsyncWebClient(base_url=sandbox.api_url)
    app = AsyncApp(client=client, signing_secret=sandbox.app.signing_secret, oauth_settings=settings)

    @app.command("/expedite")
    async def ask(ack, context, client):
        await ack()
        await client.chat_postMessage(channel="C0SALES", text=f"I work in {context.team_id}.")

    runner = web.AppRunner(app.web_app(path="/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner
