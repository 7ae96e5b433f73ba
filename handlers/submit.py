"""Sales asks: the command, the shortcuts, and the form in two steps and a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from bot.adapters.slack_text import words_of
from bot.blocks import forms, lists, notices
from bot.blocks.ids import COMMAND, Action, Callback
from bot.ports import OrdersDown, SlackFault
from bot.services import filling, opting_out, order_book
from bot.services import lists as listing
from handlers.answers import answers_in, at_blocks, metadata_in, plain
from models.errors import EditOvertaken, Field, FormRefused
from models.i18n import _
from models.lifecycle import How
from models.origin import Origin

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck, AsyncApp

    from bot.services.acting import Caller
    from handlers.away import Away
    from handlers.conversation import Conversation

Payload = dict[str, Any]
log = structlog.get_logger()


class Submit:
    """From a wish to a request with a number."""

    def __init__(self, conversation: Conversation, away: Away) -> None:
        self.conversation = conversation
        self.away = away

    def register(self, app: AsyncApp) -> None:
        app.command(COMMAND)(self.command)
        app.view(Callback.ASK_REVIEW)(self.send)
        app.shortcut(Callback.NEW_REQUEST_SHORTCUT)(self.shortcut)
        app.shortcut(Callback.TURN_INTO_SHORTCUT)(self.message_shortcut)
        app.action(Action.NEW_REQUEST)(self.new_request)
        app.action(Action.RESUME_DRAFT)(self.resume)
        app.action(Action.ASK_FOR_ALTERNATIVE)(self.ask_for_alternative)
        app.view(Callback.ASK_WHAT)(self.what_told)
        for left in (Callback.ASK_WHAT, Callback.ASK_FLEXIBILITY, Callback.ASK_REVIEW):
            app.view_closed(left)(self.left)
        app.action(Action.EDIT_REQUEST)(self.edit)
        app.action(Action.START_AFRESH)(self.start_afresh)
        app.view(Callback.ASK_FLEXIBILITY)(self.flexibility_told)
        app.action(Action.BACK)(self.back)
        app.action(Action.ADD_LINE)(self.add_line)
        app.action(Action.REMOVE_LINE)(self.remove_line)
        app.action(Field.PARTIAL_ACCEPTANCE)(self.chosen)
        app.action(Field.TOLD)(self.chosen)
        app.options(Field.ORDER_LINE)(self.orders)
        app.action(Field.ORDER_LINE)(self.order_chosen)

    async def command(self, ack: AsyncAck, command: Payload, caller: Caller) -> None:
        words = plain(str(command.get("text") or "")).strip()
        verb, _space, rest = words.partition(" ")
        speak = {"list": self.list_open, "status": self.status, "help": self.help}.get(verb.lower())
        if speak is not None and (verb.lower() == "status" or not rest.strip()):
            message = await speak(caller, rest.strip())
            await ack(text=message.text, blocks=message.blocks)
            return
        if words.lower() == "away":
            await self.away.open_form(caller, command["trigger_id"])
            await ack()
            return
        await self.open_form(ack, caller, command["trigger_id"], words)

    async def list_open(self, caller: Caller, _rest: str) -> Any:
        shown = await self.conversation.look(caller, listing.open_for)
        return lists.list_message(shown, as_of=self.conversation.clock.now())

    async def status(self, caller: Caller, rest: str) -> Any:
        shown = await self.conversation.look(caller, listing.status_of, rest)
        return lists.status_message(shown, as_of=self.conversation.clock.now())

    async def help(self, caller: Caller, _rest: str) -> Any:
        return lists.help_message(await self.conversation.look(caller, opting_out.left_by))

    async def open_form(self, ack: AsyncAck, caller: Caller, trigger_id: str, text: str) -> None:
        """Open the form with what the text says; if Slack will not, hand over a button that does."""
        started = await self.conversation.look(caller, filling.begin, text)
        try:
            await self.conversation.open(caller, trigger_id, self._first_step(started))
        except SlackFault:
            sentence = _("Slack did not open the form just now. What you typed is kept: press the button to go on.")
            hint = notices.hint(
                sentence, value=str(started.draft_id), action=Action.RESUME_DRAFT, label=_("Open the form")
            )
            await ack(text=hint.text, blocks=hint.blocks)
        else:
            await ack()

    async def shortcut(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        started = await self.conversation.look(caller, filling.begin, "")
        await self.open_or_hand_over(caller, body["trigger_id"], started)
        await ack()

    async def message_shortcut(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        message = body.get("message") or {}
        links = [str(file.get("permalink") or "") for file in message.get("files") or []]
        told = {"origin": _origin(body, caller), "links": links}
        started = await self.conversation.look(caller, filling.begin_from_message, plain(words_of(message)), **told)
        await self.open_or_hand_over(caller, body["trigger_id"], started)
        await ack()

    async def new_request(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        await self.shortcut(ack, body, caller)

    async def resume(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        kept = await self.conversation.look(caller, filling.resume, int(action["value"]))
        await self.conversation.open(caller, body["trigger_id"], self._first_step(kept))
        await ack()

    async def start_afresh(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller) -> None:
        """An empty form instead of the one that was left."""
        started = await self.conversation.look(caller, filling.start_afresh, int(action["value"]))
        is_inquiry = body["view"].get("callback_id") == Callback.INQUIRY
        anew = inquiry_view(started) if is_inquiry else self._first_step(started)
        await self.conversation.redraw(caller, body["view"], anew)
        await ack()

    async def edit(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        """What was asked, to be changed by who asked it."""
        started = await self.conversation.look(caller, filling.edit, int(action["value"]))
        await self.open_or_hand_over(caller, body["trigger_id"], started)
        await ack()

    async def left(self, ack: AsyncAck, view: Payload, caller: Caller) -> None:
        """Closed unsent: what stood in it is kept for the next time."""
        draft_id = int(metadata_in(view)["draft"])
        await self.conversation.act(caller, None, filling.leave, draft_id, answers_in(view))
        await ack()

    async def ask_for_alternative(self, ack: AsyncAck, body: Payload, action: Payload, caller: Caller) -> None:
        started = await self.conversation.look(caller, filling.again, int(action["value"]))
        await self.open_or_hand_over(caller, body["trigger_id"], started)
        await ack()

    async def what_told(self, ack: AsyncAck, view: Payload, caller: Caller) -> None:
        """Step one: keep it, then ask about flexibility or say which answer to look at again."""
        kept = await self._keep(view, caller)
        mistakes = filling.mistakes(kept.answers, today=kept.today, first_step=True)
        if mistakes:
            await ack(response_action="errors", errors=at_blocks(view, mistakes))
            return
        await ack(response_action="update", view=_second_step(kept))

    async def flexibility_told(self, ack: AsyncAck, view: Payload, caller: Caller) -> None:
        """Step two: keep it, then say the whole back."""
        kept = await self._keep(view, caller)
        mistakes = filling.mistakes(kept.answers, today=kept.today, first_step=False)
        shown = at_blocks(view, mistakes)
        if any(filling.is_of_first_step(field) for field in mistakes):
            await ack(response_action="update", view=self._first_step(kept, problems=mistakes))
        elif len(shown) < len(mistakes):
            # Its question was not on the form yet: it is now.
            await ack(response_action="update", view=_second_step(kept, problems=mistakes))
        elif mistakes:
            await ack(response_action="errors", errors=shown)
        else:
            said = await self.conversation.look(caller, filling.review, kept.draft_id)
            await ack(response_action="update", view=review_view(said))

    async def send(self, ack: AsyncAck, view: Payload, caller: Caller) -> None:
        """The review is sent: when Slack hears “yes”, the request is in the database."""
        draft_id = int(metadata_in(view)["draft"])
        try:
            await self.conversation.look(caller, filling.send, draft_id, answers_in(view), how=How.FORM)
        except EditOvertaken as overtaken:
            said = await self.conversation.look(caller, filling.review_after_all, draft_id, str(overtaken))
            await ack(response_action="update", view=review_view(said))
        except FormRefused as refused:
            # What made sense when it was said back may not any more: a night has passed, the day with it.
            kept = await self.conversation.look(caller, filling.resume, draft_id)
            await ack(response_action="update", view=self._first_step(kept, problems=refused.problems))
        else:
            await ack(response_action="clear")

    async def orders(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        """What the order book has for the characters typed so far."""
        typed = plain(str(body.get("value") or ""))
        await self._ask_erp(caller, typed)
        found = await self.conversation.look(caller, order_book.suggest, typed)
        await ack(options=forms.order_options(found))

    async def _ask_erp(self, caller: Caller, typed: str) -> None:
        """Learn what the ERP has for these characters; when it is down, what is known already has to do."""
        if self.conversation.orders is None:
            return
        try:
            rows = await self.conversation.orders.lines(typed)
        except OrdersDown as fault:
            log.warning("the order book did not answer", action="order_book", fault=str(fault))
        else:
            await self.conversation.look(caller, order_book.learn, rows)

    async def order_chosen(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller) -> None:
        """Fill the form in from the chosen line; what was typed before stays where the book knows nothing."""
        view, chosen = body["view"], (action.get("selected_option") or {}).get("value")
        if chosen:
            draft_id, typed = int(metadata_in(view)["draft"]), answers_in(view)
            kept = await self.conversation.look(caller, filling.fill_from_order, draft_id, int(chosen), typed)
            await self.conversation.redraw(caller, view, self._first_step(kept))
        await ack()

    async def add_line(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller) -> None:
        """One more line in the form; what was typed stays."""
        view, draft_id = body["view"], int(action["value"])
        kept = await self.conversation.look(caller, filling.add_line, draft_id, answers_in(view))
        await self.conversation.redraw(caller, view, self._first_step(kept))
        await ack()

    async def remove_line(self, ack: AsyncAck, action: Payload, body: Payload, caller: Caller) -> None:
        view = body["view"]
        draft_id, _colon, number = str(action["value"]).partition(":")
        typed = answers_in(view)
        kept = await self.conversation.look(caller, filling.remove_line, int(draft_id), int(number), typed)
        await self.conversation.redraw(caller, view, self._first_step(kept))
        await ack()

    async def chosen(self, ack: AsyncAck, body: Payload, caller: Caller) -> None:
        """A choice on which further questions depend: the form asks them, and keeps what was typed."""
        view = body["view"]
        kept = await self._keep(view, caller)
        await self.conversation.redraw(caller, view, _second_step(kept))
        await ack()

    async def back(self, ack: AsyncAck, view: Payload, action: Payload, body: Payload, caller: Caller) -> None:
        """A step back keeps what was typed on this one."""
        from_review = body["view"].get("callback_id") == Callback.ASK_REVIEW
        draft_id = int(action["value"])
        typed = answers_in(view or body["view"])
        kept = await self.conversation.look(caller, filling.keep, draft_id, typed)
        await self.conversation.redraw(
            caller, body["view"], _second_step(kept) if from_review else self._first_step(kept)
        )
        await ack()

    async def open_or_hand_over(self, caller: Caller, trigger_id: str, started: filling.Filling) -> None:
        """Where nothing can be answered to a press: a form that Slack will not open follows as a direct message."""
        try:
            await self.conversation.open(caller, trigger_id, self._first_step(started))
        except SlackFault:
            await self.conversation.act(caller, None, filling.hand_over, started.draft_id)

    async def _keep(self, view: Payload, caller: Caller) -> filling.Filling:
        return await self.conversation.look(caller, filling.keep, int(metadata_in(view)["draft"]), answers_in(view))

    def _first_step(self, kept: filling.Filling, problems: dict[str, str] | None = None) -> Payload:
        erp = self.conversation.orders
        return forms.ask_what(
            kept.draft_id,
            kept.answers,
            meter=kept.meter,
            today=kept.today,
            problems=problems or {},
            has_orders=kept.has_orders or erp is not None,
            orders_down=erp is not None and erp.is_resting,
            left_at=kept.left_at,
        )


def _origin(body: Payload, caller: Caller) -> Origin | None:
    """Where the chosen message stands, and who wrote it if that was a colleague."""
    message, channel = body.get("message") or {}, (body.get("channel") or {}).get("id")
    ts = str(message.get("ts") or body.get("message_ts") or "")
    if not channel or not ts:
        return None
    is_colleague = (message.get("user_team") or message.get("team") or caller.team_id) == caller.team_id
    by_app = message.get("bot_id") or message.get("app_id")
    author = str(message.get("user") or "") if is_colleague and not by_app else ""
    return Origin(str(channel), ts, author="" if author == caller.slack_id else author)


def inquiry_view(kept: filling.Filling) -> Payload:
    """Draw the three questions before a promise, with what is answered already."""
    return forms.inquiry_form(kept.draft_id, kept.answers, today=kept.today, left_at=kept.left_at, zone=kept.meter.zone)


def _second_step(kept: filling.Filling, problems: dict[str, str] | None = None) -> Payload:
    return forms.ask_flexibility(
        kept.draft_id, kept.answers, meter=kept.meter, today=kept.today, problems=problems or {}
    )


def review_view(said: filling.Review) -> Payload:
    """Draw the request said back: from here, and again when its wording changed."""
    return forms.ask_review(
        said.draft_id,
        said.ask,
        meter=said.meter,
        same_order=said.same_order,
        urgency=said.urgency,
        is_coached=said.is_coached,
        same_item=said.same_item,
        changes=said.changes,
    )
