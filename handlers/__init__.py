"""What Slack says to us, one file per conversation. Handlers translate; services decide; blocks draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.administer import Administer
from handlers.away import Away
from handlers.caller import identify
from handlers.clock import Clock
from handlers.coach import Coach
from handlers.credit import Credit
from handlers.digest import Digests
from handlers.failures import Failures
from handlers.figures import Figures
from handlers.gather import Gather
from handlers.home import Home
from handlers.inquire import Inquire
from handlers.mediate import Mediate
from handlers.meet import Meet
from handlers.order_drop import OrderDrop
from handlers.overhear import Overhear
from handlers.press import Press
from handlers.reply import Reply
from handlers.respond import Respond
from handlers.roster import Roster
from handlers.set_up import SetUp
from handlers.settle import Settle
from handlers.submit import Submit
from handlers.thread import Thread

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

    from handlers.conversation import Conversation


def register(app: AsyncApp, conversation: Conversation) -> None:
    """The contents page: every listener, hottest first, the catch-all last."""
    respond, settle, away = Respond(conversation), Settle(conversation), Away(conversation)
    clock, submit = Clock(conversation), Submit(conversation, away)
    app.middleware(identify)
    conversations = (
        # Before the command's general listener: it takes the words after the command for a request.
        Administer(conversation),
        Gather(conversation),
        Meet(conversation),
        Figures(conversation),
        Inquire(conversation, submit),
        Digests(conversation),
        submit,
        Press(conversation, respond, settle, clock),
        respond,
        settle,
        away,
        clock,
        # Before what is overheard: a list is no ask.
        OrderDrop(conversation),
        # Before the threads of cards: it leaves those alone.
        Overhear(conversation, submit),
        Thread(conversation),
        Reply(conversation),
        Mediate(conversation),
        Coach(conversation),
        Credit(conversation),
        Home(conversation),
        SetUp(conversation),
        Failures(conversation),
        Roster(conversation),
    )
    for each in conversations:
        each.register(app)
