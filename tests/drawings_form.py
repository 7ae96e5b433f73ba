"""The whole form, drawn: further lines, what was left, what changes, and the question before a promise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.blocks import cards, forms, notices
from models.ask import AskedLine, CustomerAsked, RequestKind, Told
from models.draft import EDITS_LABEL, LINES, ROUND
from models.errors import Field
from models.lifecycle import Move, Status
from models.outbox import Notice
from models.picture import ChangePreview
from models.urgency import Urgency
from tests.builders import FRIDAY, NEXT_FRIDAY, NOON, an_ask
from tests.pictures import Words, a_picture, a_request, an_entry

TODAY = NOON.date()
LINKS = ("https://example.com/archives/5?6&7", "https://example.com/archives/" + "9" * 400)


def changes_in(words: Words) -> list[list[Any]]:
    """Changes of every kind, and some that cannot be read."""
    return [
        ["quantity", words.text, words.name],
        ["needed_ship_date_2", "2026-11-27", words.text],
        ["reason_code", "line_down", words.text],
        ["substitution", ["substitute", words.name], ""],
        [words.text, words.text, words.text],
    ]


def many_lines(words: Words) -> tuple[AskedLine, ...]:
    line = AskedLine(
        item=words.name,
        quantity=Decimal(40),
        unit=words.unit,
        needed_ship_date=NEXT_FRIDAY,
        line_number=words.name[:24],
    )
    return (line,) * 4


def form_views(words: Words) -> Iterator[tuple[str, dict[str, Any]]]:
    """Draw each form with these words wherever a person can type."""
    told = {Field.PARTIAL_ACCEPTANCE: "balance_later", Field.TOLD: "firm_date", EDITS_LABEL: "EXP-12"}
    named = {field.value: words.text for field in Field}
    lines = {f"{field.value}_{n}": words.text for field in (Field.ITEM, Field.QUANTITY) for n in range(2, 6)}
    answers = {**named, **lines, **told, LINES: 5, ROUND: 2, Field.NEEDED_SHIP_DATE: "2026-11-27"}
    yield "ask 1, lines", forms.ask_what(1, answers, today=TODAY, left_at=NOON)
    yield "ask 2, all asked", forms.ask_flexibility(1, answers, today=TODAY)
    ask = an_ask(customer=words.name, item=words.name, links=LINKS, customer_asked=CustomerAsked.NO_ROOM)
    ask = replace(ask, more_lines=many_lines(words))
    other = a_request(Status.ASKED, ask=ask)
    preview = ChangePreview(
        label="EXP-12", changes=changes_in(words), closes_offer=True, restarts=True, overtaken=words.text
    )
    unchanged = ChangePreview(label="EXP-12", changes=())
    for name, changes in (("new", None), ("changed", preview), ("unchanged", unchanged)):
        drawn = forms.ask_review(1, ask, today=TODAY, same_item=[other], changes=changes, urgency=Urgency())
        yield f"review, {name}", drawn
    yield "ask before", forms.inquiry_form(1, answers, today=TODAY, problems={"what": words.text}, left_at=NOON)
    yield "ask before, empty", forms.inquiry_form(1, {}, today=TODAY)


def form_messages(words: Words) -> Iterator[tuple[str, Any]]:
    """Draw cards and messages of requests with several lines, and of questions before a promise."""
    for status in Status:
        ask = an_ask(customer=words.name, item=words.name, unit=words.unit, links=LINKS, more_lines=many_lines(words))
        told = replace(ask, told=Told.FIRM_DATE, told_date=FRIDAY, expectation=words.text)
        edit = an_entry(Move.EDIT, changes=changes_in(words), restarted=True)
        yield f"several lines {status}", _card(status, told, words, edit)
        for customer in ("", words.name):
            question = an_ask(customer=customer, item=words.name, kind=RequestKind.INQUIRY)
            answer = an_entry(Move.ANSWER, lots=[], choices=[[["2026-11-27", "40"]], [["x"]]], conditions=words.text)
            yield f"question {status} {bool(customer)}", _card(status, question, words, answer)
            picture = a_picture(status, words=words, request=a_request(status, ask=question), timeline=[answer])
            for notice in (Notice.INQUIRY_ANSWERED, Notice.RECEIPT, Notice.DECLINED):
                yield f"{notice} {status}", notices.draw(notice, picture=picture, facts={}, as_of=NOON)


def _card(status: Status, ask: Any, words: Words, entry: Any) -> Any:
    picture = a_picture(status, words=words, request=a_request(status, ask=ask, words=words), timeline=[entry])
    return cards.request_card(picture, as_of=NOON)
