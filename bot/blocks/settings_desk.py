"""The form of a desk: its name and channel, who answers, which requests it takes, its hot list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.blocks.elements import context, section
from bot.blocks.inputs import line, paragraph, question, ticks
from bot.blocks.phrases import cut, escape, one_line
from bot.blocks.settings_hours import hours_questions
from bot.blocks.settings_inputs import channel, group, one_of, people
from models.i18n import _
from models.settings.document import MembersFrom
from models.settings.forms import NEW_DESK, RETIRE

if TYPE_CHECKING:
    from bot.ports import Block
    from models.settings.forms import SettingsForm

LONGEST_NAME = 80
PATTERNS = 1_500


def desk_questions(form: SettingsForm) -> list[Block]:
    """Everything about a desk that is neither its hours nor its policy; a new one's hours too."""
    is_new = form.subject.desk_id == NEW_DESK
    blocks = [
        question("name", _("Name"), line("name", {"name": form.value("name")}, limit=LONGEST_NAME)),
        question("channel", _("Channel in which it works"), channel("channel", form.value("channel"))),
        *member_questions(form),
        *_routing(form),
        question("hot_cap", _("Places on the hot list"), _number(form, "hot_cap")),
        *_default(form),
    ]
    blocks += hours_questions(form) if is_new else _retire(form)
    return blocks


def member_questions(form: SettingsForm) -> list[Block]:
    """Who answers for the desk."""
    words = {
        MembersFrom.CHANNEL.value: _("Whoever is in its channel"),
        MembersFrom.GROUP.value: _("A user group"),
        MembersFrom.LIST.value: _("The people named below"),
    }
    source = one_of("members/from", form.value("members/from") or MembersFrom.CHANNEL.value, words)
    chosen = group("members/group", form.value("members/group"), form.groups)
    named = people("members/people", form.value("members/people"))
    return [
        question("members/from", _("Who answers for it?"), source),
        question("members/group", _("User group"), chosen, optional=True),
        question("members/people", _("People"), named, optional=True),
    ]


def _routing(form: SettingsForm) -> list[Block]:
    hint = _("One a line, for example VALVE-*. The star stands for anything.")
    items, customers = (_lines(form, path) for path in ("takes/items", "takes/customers"))
    return [
        question("takes/items", _("Takes requests for these items"), items, hint=hint, optional=True),
        question("takes/customers", _("Takes requests of these customers"), customers, hint=hint, optional=True),
    ]


def _lines(form: SettingsForm, path: str) -> Block:
    found: Any = form.value(path) or []
    text = found if isinstance(found, str) else "\n".join(found)
    return paragraph(path, {path: text}, limit=PATTERNS)


def _number(form: SettingsForm, path: str) -> Block:
    return line(path, {path: str(form.value(path) or "")}, limit=12)


def _default(form: SettingsForm) -> list[Block]:
    if form.plain.get("default"):
        said = _(
            "This is the default desk: it takes what no rule sends elsewhere. To change that, make another the default."
        )
        return [context(said)]
    ticked = {"default": ["default"] if form.answers.get("default") else []}
    box = ticks("default", ticked, {"default": _("Make it the default desk")})
    return [question("default", _("Default"), box, optional=True)]


def _retire(form: SettingsForm) -> list[Block]:
    if form.is_only_desk or form.plain.get("default"):
        return []
    name = cut(escape(one_line(form.desk_name)), 80)
    ticked = {RETIRE: ["retire"] if form.answers.get(RETIRE) else []}
    box = ticks(RETIRE, ticked, {"retire": _("Take no new requests from now on")})
    return [
        section(_("*The end of {desk}*").format(desk=name)),
        question(RETIRE, _("Retire"), box, hint=_("Open requests stay with it."), optional=True),
    ]
