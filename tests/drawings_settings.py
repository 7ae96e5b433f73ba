"""The settings' windows with words wherever a person can type, for rules that hold for everything that is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.blocks.notices_setup import test_card
from bot.blocks.settings_first import first_desk, first_people, first_test, test_sent
from bot.blocks.settings_forms import settings_form
from bot.blocks.settings_menu import preview_view, record_view, settings_menu
from models.service_level import Audience, EscalationStep
from models.settings import Members, MembersFrom, Routing, WorkspaceSettings, to_plain
from models.settings.forms import NEW_DESK, OF_A_DESK, STEP_ROWS, Part, SettingsForm, Subject, closed_block
from tests.builders import DAY, HELENA, JONAS, NOON, PLANT3, SAM
from tests.documents import a_desk, a_document, levels, some_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.ports import Message, View
    from tests.pictures import Words

TODAY = date(2026, 11, 24)


def settings_views(words: Words) -> Iterator[tuple[str, View]]:
    """Every window, as it is and with such words typed over it."""
    full = _document(words)
    yield "settings menu", settings_menu(full, saved=[words.text or "–"])
    yield "settings menu, many desks", settings_menu(replace(full, desks=full.desks * 30))
    for part in Part:
        yield f"settings {part}", settings_form(_form(full, part))
        yield f"settings {part}, typed", settings_form(_typed(full, part, words))
    new = _form(full, Part.DESK, desk_id=NEW_DESK)
    yield (
        "settings new desk",
        settings_form(replace(new, plain={**new.plain, "name": "", "channel": "", "default": False})),
    )
    yield "settings preview", preview_view(3, [words.text or "–"] * 30)
    yield "settings preview of nothing", preview_view(3, [])
    yield "settings record", record_view([(NOON, words.name, words.text or "–")] * 20)
    yield "settings record, empty", record_view([])
    form = _form(full, Part.DESK)
    yield "set-up 1", first_desk(form)
    yield "set-up 2", first_people(form, [HELENA], PLANT3)
    yield "set-up 3", first_test(PLANT3, said=[words.text or "–"])
    yield "set-up, sent", test_sent(PLANT3)


def set_up_messages(words: Words) -> Iterator[tuple[str, Message]]:
    facts = {"desk": words.desk, "by": words.name, "desk_id": 1}
    yield "test card", test_card(facts)
    yield "test card, seen", test_card({**facts, "seen_by": words.name})


def _document(words: Words) -> WorkspaceSettings:
    steps = (
        EscalationStep(600, Audience.PERSON, JONAS, 2, is_urgent=True),
        EscalationStep(600, Audience.GROUP, "S0OPS"),
        EscalationStep(600, Audience.CHANNEL, PLANT3),
        EscalationStep(600, Audience.MEDIATOR),
    )
    closed = ((date(2026, 12, 25), words.name), (date(2028, 1, 1), words.name))
    desk = a_desk(
        words.desk,
        id=1,
        hours=some_hours(closed_dates=closed, region="DE"),
        levels=levels(*steps),
        members=Members(MembersFrom.LIST, people=(JONAS,)),
        routing=Routing((words.name,), (words.name,)),
    )
    other = replace(desk, name=f"{words.desk}7"[-80:], id=2, is_default=False)
    sales = some_hours(closed_dates=closed)
    return a_document(
        desks=(desk, other), sales_hours=sales, watched_channels=(PLANT3,), admins=(SAM,), words=words.text
    )


def _form(document: WorkspaceSettings, part: Part, *, desk_id: int = 1) -> SettingsForm:
    plain: dict[str, Any] = to_plain(document)
    name = next(iter(plain["desks"]))
    if part in OF_A_DESK:
        plain = {**plain["desks"][name], "name": name}
    elif part in {Part.SALES, Part.SALES_CLOSED}:
        plain = {"hours": plain["sales_hours"]}
    subject = Subject(part, desk_id if part in OF_A_DESK else None)
    return SettingsForm(subject=subject, version=3, plain=plain, today=TODAY, desk_name=name)


def _typed(document: WorkspaceSettings, part: Part, words: Words) -> SettingsForm:
    """Everything that can be typed is; groups, proposals and rows are there."""
    form = _form(document, part)
    texts = ("name", "hours/zone", "hours/week", "hours/holidays", "takes/items", "takes/customers", "calendar_file")
    steps = {f"escalation/{n}/{field}": words.text for n in range(1, STEP_ROWS + 1) for field in ("after", "repeat")}
    return replace(
        form,
        plain={**form.plain, "default": False},
        answers={
            **dict.fromkeys(texts, words.text),
            **steps,
            closed_block(2026): words.text,
            "proposed/0": ["2026-12-25"],
        },
        groups=(("S0OPS", words.name or "–"),),
        proposals=tuple((TODAY + n * DAY, words.name) for n in range(25)),
        rows=STEP_ROWS,
    )
