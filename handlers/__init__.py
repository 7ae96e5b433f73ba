"""What Slack says to us, one file per conversation. Handlers translate; services decide; blocks draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.administer import Administer
from handlers.away import Away
from handlers.caller import identify
from handlers.clock import Clock
from handlers.failures import Failures
from handlers.home import Home
from handlers.mediate import Mediate
from handlers.press import Press
from handlers.reply import Reply
from handlers.respond import Respond
from handlers.roster import Roster
from handlers.settle import Settle
from handlers.submit import Submit
from handlers.thread import Thread

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from handlers.conversation import Conversation


def register(app: AsyncApp, conversation: Conversation) -> None:
    """The contents page: every listener, hottest first, the catch-all last."""
    respond, settle, away = Respond(conversation), Settle(conversation), Away(conversation)
    clock = Clock(conversation)
    app.middleware(identify)
    conversations = (
        # Before the command's general listener: it takes the words after the command for a request.
        Administer(conversation),
        Submit(conversation, away),
        Press(conversation, respond, settle, clock),
        respond,
        settle,
        away,
        clock,
        Thread(conversation),
        Reply(conversation),
        Mediate(conversation),
        Home(conversation),
        Failures(conversation),
        Roster(conversation),
    )
    for each in conversations:
        each.register(app)
