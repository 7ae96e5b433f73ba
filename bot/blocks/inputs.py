"""Questions of a form: block id and action id are the field's name, answers given before are filled in again."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.blocks.elements import context, option, plain, section
from bot.blocks.ids import Action
from bot.blocks.phrases import cut, escape, one_line
from models.ask import NAME_LIMIT
from models.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from bot.ports import Block

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_PERSON = re.compile(r"[UW][A-Z0-9]{1,30}")


def question(
    field: str, label: str, element: Block, *, hint: str = "", optional: bool = False, at_once: bool = False
) -> Block:
    """Return one input; ``at_once`` tells the app of every choice, so that the form can change."""
    block: Block = {"type": "input", "block_id": str(field), "label": plain(label, 2_000), "element": element}
    if hint:
        block["hint"] = plain(hint, 2_000)
    if at_once:
        block["dispatch_action"] = True
    return {**block, "optional": optional}


def line(field: str, answers: Mapping[str, Any], *, limit: int = NAME_LIMIT, example: str = "") -> Block:
    """Return a one-line text, with what was typed before."""
    element = _text(field, limit, example)
    typed = str(answers.get(field) or "")
    return {**element, "initial_value": cut(one_line(typed), limit)} if typed.strip() else element


def paragraph(field: str, answers: Mapping[str, Any], *, limit: int = 1_500, example: str = "") -> Block:
    """Return a text of several lines, with what was typed before."""
    element = {**_text(field, limit, example), "multiline": True}
    typed = str(answers.get(field) or "")
    return {**element, "initial_value": cut(typed, limit)} if typed.strip() else element


def _text(field: str, limit: int, example: str) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": str(field), "max_length": limit}
    return {**element, "placeholder": plain(example, 150)} if example else element


def day_picker(field: str, answers: Mapping[str, Any]) -> Block:
    """Return a date, with the one chosen before if it is one."""
    element: Block = {"type": "datepicker", "action_id": str(field)}
    chosen = day_in(answers, field)
    return element if chosen is None else {**element, "initial_date": chosen.isoformat()}


def day_in(answers: Mapping[str, Any], field: str) -> date | None:
    """Return a stored answer as a day; None when it is none."""
    try:
        return date.fromisoformat(str(answers.get(field) or ""))
    except ValueError:
        return None


def instant_picker(field: str, answers: Mapping[str, Any], suggested: datetime | None) -> Block:
    """Return a day and time, with the one chosen before or the one suggested."""
    element: Block = {"type": "datetimepicker", "action_id": str(field)}
    chosen = str(answers.get(field) or "")
    if chosen.isdigit() and len(chosen) == 10:  # noqa: PLR2004 Slack takes ten digits, which last until 2286
        return {**element, "initial_date_time": int(chosen)}
    return element if suggested is None else {**element, "initial_date_time": int(suggested.timestamp())}


def time_picker(field: str, answers: Mapping[str, Any]) -> Block:
    """Return a time of day in the reader's own zone, with the one chosen before."""
    element: Block = {"type": "timepicker", "action_id": str(field)}
    chosen = str(answers.get(field) or "")
    return {**element, "initial_time": chosen} if _TIME.fullmatch(chosen) else element


def person_picker(field: str, answers: Mapping[str, Any]) -> Block:
    """Return one person of the workspace, with the one chosen before."""
    element: Block = {"type": "users_select", "action_id": str(field)}
    chosen = str(answers.get(field) or "")
    return {**element, "initial_user": chosen} if _PERSON.fullmatch(chosen) else element


def choice(field: str, answers: Mapping[str, Any], words: Mapping[StrEnum, str], *, usual: str = "") -> Block:
    """Return one of few as radio buttons."""
    return _chosen({"type": "radio_buttons", "action_id": str(field)}, words, str(answers.get(field) or usual))


def select(field: str, answers: Mapping[str, Any], words: Mapping[Any, str], *, usual: str = "") -> Block:
    """Return one of many as a menu."""
    return _chosen({"type": "static_select", "action_id": str(field)}, words, str(answers.get(field) or usual))


def _chosen(element: Block, words: Mapping[Any, str], value: str) -> Block:
    options = [option(said, str(key)) for key, said in words.items()]
    initial = [one for one in options if one["value"] == value]
    element = {**element, "options": options}
    return {**element, "initial_option": initial[0]} if initial else element


def ticks(field: str, answers: Mapping[str, Any], words: Mapping[str, str]) -> Block:
    """Return any of few as checkboxes."""
    options = [option(said, key) for key, said in words.items()]
    ticked = answers.get(field) or []
    initial = [one for one in options if one["value"] in ticked]
    element: Block = {"type": "checkboxes", "action_id": str(field), "options": options}
    return {**element, "initial_options": initial} if initial else element


def look_again(problems: Mapping[str, str]) -> list[Block]:
    """Return what must be looked at again before the form can go on."""
    if not problems:
        return []
    lines = [f"• {escape(one_line(sentence))}" for sentence in problems.values()]
    return [section("\n".join([f"*{_('Please look again:')}*", *lines]))]


def step(n: int) -> Block:
    return context(_("Step {n} of 3").format(n=n))


def back_button(draft_id: int) -> Block:
    return {
        "type": "actions",
        "block_id": Action.BACK.value,
        "elements": [
            {"type": "button", "text": plain(_("Back"), 75), "action_id": Action.BACK.value, "value": str(draft_id)}
        ],
    }
