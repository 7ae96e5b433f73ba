"""The first set-up: three steps in one window, and the test card that ends it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.blocks.ids import Action, Callback
from bot.blocks.settings_first import first_desk, first_people, first_test, test_sent
from bot.services.settings import first_steps, forms
from handlers.admitting import admit
from handlers.answers import answers_in, metadata_in
from handlers.learning import learn_anew, read_soon

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]


class SetUp:
    """From an empty workspace to a card in the desk's channel."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.action(Action.SET_UP)(self.begin)
        app.action(Action.TEST_WORKS)(self.works)
        app.view(Callback.SET_UP_DESK)(self.desk_told)
        app.view(Callback.SET_UP_PEOPLE)(self.people_told)
        app.view(Callback.SET_UP_TEST)(self.test_wanted)

    async def begin(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        await admit(self.conversation, caller)
        shown = await self.conversation.look(caller, first_steps.form)
        await self.conversation.open(caller, body["trigger_id"], first_desk(shown))
        await ack()

    async def desk_told(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        version = int(metadata_in(view)["version"])
        await self.conversation.act(caller, key, first_steps.desk_told, answers_in(view), version=version)
        menu = await self.conversation.look(caller, forms.menu)
        shown = await self.conversation.look(caller, first_steps.form)
        groups = await read_soon("user groups", self.conversation.gateway.groups(caller.team_id)) or []
        shown = replace(shown, groups=tuple((group.id, group.name) for group in groups))
        leaders, place = menu.settings.leaders, menu.settings.leadership_channel
        await ack(response_action="update", view=first_people(shown, leaders, place))

    async def people_told(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        version = int(metadata_in(view)["version"])
        await self.conversation.act(caller, key, first_steps.people_told, answers_in(view), version=version)
        menu = await self.conversation.look(caller, forms.menu)
        desk = menu.settings.default_desk
        said = await learn_anew(self.conversation, caller.team_id, {desk.name} if desk else ())
        await ack(response_action="update", view=first_test(desk.channel if desk else "", said=said))

    async def test_wanted(self, ack: AsyncAck, caller: Caller, key: str) -> None:
        channel = await self.conversation.act(caller, key, first_steps.send_test)
        if channel is None:
            await ack(response_action="clear")
        else:
            await ack(response_action="update", view=test_sent(channel))

    async def works(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, first_steps.works, int(action["value"]))
        await ack()
