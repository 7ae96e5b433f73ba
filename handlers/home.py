"""App Home: opened by a person, narrowed down by them, drawn by the courier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.home_parts import search_form
from bot.blocks.ids import Action, Callback
from bot.services import home_choices, surfaces
from handlers.answers import answers_in
from models.errors import Field

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.conversation import Conversation

Payload = dict[str, Any]


class Home:
    """Somebody looks at their work list."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.event("app_home_opened")(self.opened)
        app.action(Action.HOME_PART)(self.part)
        app.action(Action.HOME_DESK)(self.desk)
        app.action(Action.HOME_STANDING)(self.standing)
        app.action(Action.HOME_SEARCH)(self.search)
        app.action(Action.HOME_ALL)(self.show_all)
        app.action(Action.HOME_BACK)(self.turn)
        app.action(Action.HOME_NEXT)(self.turn)
        app.view(Callback.HOME_SEARCH)(self.searched)

    async def opened(self, event: Payload, caller: Caller) -> None:
        if event.get("tab") == "home":
            await self.conversation.act(caller, None, surfaces.open_home)

    async def part(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, home_choices.show_part, action["selected_option"]["value"])
        await ack()

    async def desk(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, home_choices.only_desk, int(action["selected_option"]["value"]))
        await ack()

    async def standing(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, home_choices.only_standing, action["selected_option"]["value"])
        await ack()

    async def search(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        choice = await self.conversation.look(caller, home_choices.chosen)
        await self.conversation.open(caller, body["trigger_id"], search_form(choice))
        await ack()

    async def searched(self, ack: AsyncAck, view: Payload, caller: Caller, key: str) -> None:
        typed = str(answers_in(view).get(Field.CUSTOMER) or "")
        await self.conversation.act(caller, key, home_choices.only_customer, typed)
        await ack()

    async def show_all(self, ack: AsyncAck, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, home_choices.show_all)
        await ack()

    async def turn(self, ack: AsyncAck, action: Payload, caller: Caller, key: str) -> None:
        await self.conversation.act(caller, key, home_choices.turn_to, int(action["value"]))
        await ack()
