"""Any failure becomes one sentence, shown where the person is: at the field, beside the card, under the command."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import structlog
from slack_bolt import BoltResponse
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from bot.blocks import forms, notices
from bot.blocks.ids import lot_quantity
from bot.blocks.phrases import escape
from bot.ports import SlackFault
from handlers.answers import at_blocks
from models.errors import ExpediteError, Field, FormRefused
from models.i18n import _

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_bolt.context.async_context import AsyncBoltContext

    from handlers.conversation import Conversation

Payload = dict[str, Any]
log = structlog.get_logger()

STANDS_FOR: dict[str, str] = {Field.OFFER_LOTS: lot_quantity(1)}
"""Questions that have several inputs: the one at which their sentence is shown."""
SAID = "said"
"""Block id of the sentence above a form."""
SENT_BACK = ("type", "callback_id", "title", "submit", "close", "private_metadata")
"""What Slack takes of a form that it gave us."""


class Failures:
    """The last listener: hears what the others could not do."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation

    def register(self, app: AsyncApp) -> None:
        app.error(self.failed)

    async def failed(self, error: Exception, body: Payload, context: AsyncBoltContext) -> BoltResponse:
        sentence = _sentence(error, body)
        if body.get("command"):
            return BoltResponse(status=200, body=escape(sentence))
        if body.get("type") == "view_submission":
            return _in_form(error, sentence, body["view"])
        if body.get("event") and not isinstance(error, ExpediteError):
            return BoltResponse(status=500, body="")  # nothing was changed: let Slack deliver it again
        await self._tell(error, sentence, body, context)
        return BoltResponse(status=200, body="")

    async def _tell(self, error: Exception, sentence: str, body: Payload, context: AsyncBoltContext) -> None:
        """Beside the message if there is one, else in a small form; a failure to tell is logged, never raised."""
        team_id, slack_id = context.team_id or "", context.user_id or ""
        channel, thread_ts = _place(body)
        gateway = self.conversation.gateway
        try:
            if channel:
                await gateway.whisper(team_id, channel, slack_id, notices.hint(sentence), thread_ts=thread_ts)
            elif (body.get("view") or {}).get("type") == "modal":
                await gateway.update_form(team_id, body["view"]["id"], _said_in(body["view"], sentence, error))
            elif body.get("trigger_id"):
                await gateway.open_form(team_id, body["trigger_id"], forms.notice_view(sentence))
        except SlackFault as fault:
            log.warning("could not tell", action="tell_failure", fault=fault.error)


def _sentence(error: Exception, body: Payload) -> str:
    if isinstance(error, ExpediteError):
        return error.sentence
    if isinstance(error, (StaleDataError, IntegrityError)):
        return _("Somebody else was quicker, so nothing was changed by you. Look at the card and try again.")
    if isinstance(error, SlackFault):
        log.warning("slack refused", action="interaction", fault=error.error)
        return _("Slack could not do that just now ({error}). Nothing is lost; please try again.").format(
            error=error.error
        )
    reference = secrets.token_hex(3)
    log.error("unexpected", action="interaction", reference=reference, kind=_kind(body), exc_info=error)
    return _(
        "Something went wrong on our side, and nothing was changed. Please try again; if it stays, tell your admin "
        "the reference {reference}."
    ).format(reference=reference)


def _kind(body: Payload) -> str:
    """What was tried, without anything anybody typed."""
    return str((body.get("event") or {}).get("type") or body.get("type") or body.get("command"))


def _in_form(error: Exception, sentence: str, view: Payload) -> BoltResponse:
    """At the fields that are shown; what belongs to none of them replaces nothing the person typed."""
    inputs = _inputs(view)
    problems = error.problems if isinstance(error, FormRefused) else {}
    placed: dict[str, str] = {_first_of(field): text for field, text in problems.items()}
    shown = at_blocks(view, placed)
    if not shown and inputs:
        shown = {inputs[0]: sentence}
    if shown:
        return _json({"response_action": "errors", "errors": shown})
    return _json({"response_action": "update", "view": _said_in(view, sentence, error)})


def _first_of(field: str) -> str:
    """The input at which a sentence about several is shown, in whichever alternative they stand."""
    for question, shown in STANDS_FOR.items():
        if field == question or field.endswith(f"_{question}"):
            return field.removesuffix(question) + shown
    return field


def _said_in(view: Payload, sentence: str, error: Exception) -> Payload:
    """The same form with the sentence above it: nothing typed is lost, and sending it again is one press.

    Only a form without questions, whose matter is closed, gives way to the sentence.
    """
    is_over = isinstance(error, ExpediteError) and not isinstance(error, FormRefused)
    said = forms.notice_view(sentence)
    if is_over and not _inputs(view):
        return said
    form = {part: view[part] for part in SENT_BACK if view.get(part)}
    rest = [block for block in view.get("blocks", []) if block.get("block_id") != SAID]
    return {**form, "blocks": [{**said["blocks"][0], "block_id": SAID}, *rest]}


def _inputs(view: Payload) -> list[str]:
    return [block["block_id"] for block in view.get("blocks", []) if block.get("type") == "input"]


def _json(answer: Payload) -> BoltResponse:
    return BoltResponse(status=200, body=answer, headers={"content-type": "application/json;charset=utf-8"})


def _place(body: Payload) -> tuple[str | None, str | None]:
    """The channel and thread a failed act belongs to."""
    event = body.get("event") or {}
    if event:
        item = event.get("item") or {}
        return event.get("channel") or item.get("channel"), event.get("thread_ts")
    channel = (body.get("channel") or {}).get("id")
    # What only one person sees comes without its message.
    return channel, (body.get("message") or body.get("container") or {}).get("thread_ts")
