"""Everything the product can draw, for rules that hold for all of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.blocks import cards, digest, forms, home, lists, notices
from bot.blocks.ids import Action
from bot.payloads import check_home, check_message, check_modal
from models.ask import Fee, PartialAcceptance, ReasonCode, Told
from models.commitment import Outcome
from models.errors import Field
from models.lifecycle import How, Move, Status
from models.offer import OfferShape
from models.outbox import Notice
from models.picture import DeskMeter, HomeLine, Picture
from models.scorecard import OpenDecision, WeekFigures, Why
from models.service_level import Step
from models.tenant import Actor
from tests.builders import DAY, FRIDAY, HOUR, JONAS, MARA, NEXT_FRIDAY, NOON, TOBIAS, ZONE, an_ask
from tests.drawings_settings import set_up_messages, settings_views
from tests.pictures import a_home, a_lot, a_picture, an_entry, hostile_request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.payloads import Problem
    from bot.ports import Message, View
    from tests.pictures import Words

WEEK = date(2026, 11, 23)
OURS = re.compile(
    r"<!date\^\d+\^\{time\}(?: \{date_long_pretty\})?\|[^<>|]*>|<@U0(?:JONAS|MARA)>"
    r"|<#C0(?:PLANT3|LEADERS)>|Mon-Fri 07:00-17:00|Europe/Berlin"
)
"""What the product itself puts between angle brackets: date tokens, the people and channels it means; and how hours
are spelled in every language."""
CHECKS = {"message": check_message, "modal": check_modal, "home": check_home}
OVER = frozenset({Status.OFFERED, Status.AGREED})
"""Where direct messages whose turn is over are drawn too: more would cost time and show nothing new."""
VIEWERS = {
    "the requester": Actor(1, MARA, "Mara"),
    "the desk": Actor(1, JONAS, "Jonas", desk_ids=frozenset({1})),
    "somebody": Actor(1, TOBIAS, "Tobias"),
}
NO_PICTURE = frozenset({Notice.HOME, Notice.DIGEST, Notice.FORM_LINK, Notice.TEST_CARD})


@dataclass(frozen=True)
class Drawing:
    """One drawing with its name, so that a failing rule says where."""

    name: str
    kind: str
    payload: dict[str, Any]

    @property
    def problems(self) -> list[Problem]:
        return CHECKS[self.kind](self.payload)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return list(self.payload["blocks"])


def everything(words: Words) -> Iterator[Drawing]:
    """Draw all surfaces with these words wherever a person can type."""
    for status in Status:
        picture = full_picture(status, words)
        yield message(f"card {status}", cards.request_card(picture, as_of=NOON))
        yield message(f"status {status}", lists.status_message(picture, as_of=NOON))
        for who, viewer in VIEWERS.items():
            yield view(f"show {status} to {who}", forms.show_request(picture, as_of=NOON, viewer=viewer))
        yield from _notices(picture)
    yield from _stories(full_picture(Status.AGREED, words))
    yield from _ask_forms(words)
    yield from _desk_forms(words)
    yield from _overviews(words)
    yield from (view(name, drawn) for name, drawn in settings_views(words))
    yield from (message(name, drawn) for name, drawn in set_up_messages(words))


def message(name: str, drawn: Message) -> Drawing:
    return Drawing(name, "message", {"text": drawn.text, "blocks": drawn.blocks})


def view(name: str, drawn: View) -> Drawing:
    return Drawing(name, str(drawn["type"]), drawn)


def full_picture(status: Status, words: Words) -> Picture:
    """A picture in which everything is there at once: more than a real one ever holds."""
    facts = {
        "partial_acceptance": PartialAcceptance.BALANCE_LATER,
        "substitute_allowed": True,
        "other_site_allowed": True,
    }
    request = hostile_request(status, words, told=Told.FIRM_DATE, told_date=NEXT_FRIDAY, **facts)
    entries = [
        an_entry(move, row_id=n, how=how, by=MARA, **_entry_facts(words))
        for n, (move, how) in enumerate(((move, how) for move in Move for how in (How.BUTTON, How.REACTION)), 1)
    ]
    lots = [
        a_lot(1, 40),
        a_lot(2, 60, outcome=Outcome.IN_PART, actual_quantity=Decimal(30), committed_ship_date=NEXT_FRIDAY),
    ]
    base = a_picture(status, words=words, request=request, timeline=entries)
    return replace(base, commitments=lots if base.commitments else (), names={MARA: words.name, JONAS: words.name})


def _entry_facts(words: Words) -> dict[str, Any]:
    said = dict.fromkeys(("question", "information", "reason", "alternative"), words.text)
    lots = [["2026-11-27", "40"], ["2026-12-04", "60"]]
    return {**said, "lots": lots, "answer_due_at": NOON.isoformat(), "commitment": 40}


def _notices(picture: Picture) -> Iterator[Drawing]:
    status = picture.request.status
    plain: dict[str, Any] = {"clock": 70, "step": Step.BREACH, "commitment": 40}
    for notice in sorted(set(Notice) - NO_PICTURE):
        drawn = notices.draw(notice, picture=picture, facts=plain, as_of=NOON)
        yield message(f"{notice} {status}", drawn)
    if status in OVER:
        yield from _over(picture)


def _over(picture: Picture) -> Iterator[Drawing]:
    for notice in sorted(set(Notice) - NO_PICTURE):
        over = notices.draw(notice, picture=picture, facts={"entry": 1}, as_of=NOON + 5 * DAY)
        yield message(f"{notice} {picture.request.status}, over", over)


def _stories(picture: Picture) -> Iterator[Drawing]:
    status = picture.request.status
    for entry in picture.timeline:
        drawn = notices.draw(Notice.STORY, picture=picture, facts={"entry": entry.id}, as_of=NOON)
        yield message(f"story {entry.move} {status}", drawn)


def _ask_forms(words: Words) -> Iterator[Drawing]:
    answers = {field.value: words.text for field in Field} | {Field.NEEDED_SHIP_DATE: "2026-11-27"}
    problems = {Field.CUSTOMER.value: words.text, Field.ITEM.value: words.name}
    meter = a_meter(words.desk, is_open=True, closes=NOON + 3 * HOUR)
    yield view("ask 1", forms.ask_what(1, answers, meter=meter, today=WEEK, problems=problems))
    yield view("ask 1, empty", forms.ask_what(1, {}, meter=None, today=WEEK))
    yield view("ask 2", forms.ask_flexibility(1, answers, meter=meter, today=WEEK, problems=problems))
    yield view("ask 2, empty", forms.ask_flexibility(1, {}, meter=None, today=WEEK))
    hard = an_ask(
        customer=words.name,
        item=words.name,
        unit=words.unit,
        expectation=words.text,
        told=Told.FIRM_DATE,
        told_date=FRIDAY,
    )
    same = [hostile_request(Status.OFFERED, words)]
    yield view("review", forms.ask_review(1, hard, meter=a_meter(words.desk), same_order=same, today=WEEK))
    soft = replace(hard, partial_acceptance=PartialAcceptance.BALANCE_CANCELLED, fee=Fee.WE_PAY)
    yield view(
        "review, soft", forms.ask_review(1, replace(soft, reason_code=ReasonCode.OTHER), meter=None, same_order=())
    )


def a_meter(desk: str = "Plant 3 desk", **facts: Any) -> DeskMeter:
    """A desk that is closed until noon, unless said otherwise."""
    usual = {"hot_open": 6, "hot_cap": 8, "next_open": NOON, "usual_answer_secs": 6600, "zone": ZONE}
    return DeskMeter(**{**usual, "desk_name": desk, **facts})


def _desk_forms(words: Words) -> Iterator[Drawing]:
    picture = full_picture(Status.OFFERED, words)
    answers = {field.value: words.text for field in Field}
    for shape in OfferShape:
        yield view(f"offer {shape}", forms.offer_form(picture, answers, shape=shape, rows=3, as_of=NOON))
        yield view(f"offer {shape}, new", forms.offer_form(picture, {}, shape=shape, rows=2, as_of=NOON))
    yield view("answer time", forms.answer_time_form(picture, as_of=NOON))
    yield view("outcome", forms.outcome_form(picture, a_lot(), as_of=NOON))
    for draw in (
        forms.question_form,
        forms.information_form,
        forms.decline_form,
        forms.refuse_form,
        forms.withdraw_form,
    ):
        yield view(draw.__name__, draw(picture))
    yield view("notice", forms.notice_view(words.text))


def _overviews(words: Words) -> Iterator[Drawing]:
    lines = [_line(status, words, is_my_turn=mine) for status in Status for mine in (True, False)]
    busy = a_home(
        my_turn=lines,
        my_waiting=lines,
        desk_turn=lines,
        desk_waiting=lines,
        desk_name=words.desk,
        undelivered=[words.text or "–"] * 30,
        is_admin=True,
        needs_set_up=True,
    )
    bare = a_home(is_set_up=False, needs_set_up=True, is_admin=True)
    for name, shown in (("busy", busy), ("empty", a_home()), ("not set up", bare)):
        yield view(f"home {name}", home.home_view(shown, as_of=NOON))
        yield message(f"list {name}", lists.list_message(shown, as_of=NOON))
    yield message("help", lists.help_message())
    yield message("hint", notices.hint(words.text or "–", value="17", action=Action.OPEN_REQUEST, label="5"))
    yield message("form link", notices.draw(Notice.FORM_LINK, picture=None, facts={"draft": 3}, as_of=NOON))
    for name, figures in (("full", full_week(words)), ("quiet", WeekFigures())):
        yield message(f"digest {name}", digest.digest_message(figures, week_of=WEEK, as_of=NOON))


def _line(status: Status, words: Words, *, is_my_turn: bool) -> Any:
    picture = full_picture(status, words)
    lot = a_lot() if status is Status.AGREED and is_my_turn else None
    return HomeLine(
        request=picture.request, calendar=picture.calendar, clock=picture.clock, commitment=lot, is_my_turn=is_my_turn
    )


def full_week(words: Words, **facts: Any) -> WeekFigures:
    decisions = [
        OpenDecision(
            request_id=n,
            number=n,
            customer=words.name,
            item=words.name,
            why=why,
            since=NOON - n * DAY,
            is_escalated=n > 2,
        )
        for n, why in enumerate(Why, 1)
    ]
    usual: dict[str, Any] = {
        "requests": 23,
        "answered": 21,
        "answered_within_target": 19,
        "median_secs": 2280,
        "p90_secs": 7500,
        "n": 21,
        "commitments_due": 17,
        "commitments_kept": 14,
        "commitments_unreported": 2,
        "caused_by_missed": 5,
        "closed": {"fulfilled": 12, "declined": 2},
        "decisions": decisions,
        "decisions_open": 14,
    }
    return WeekFigures(**{**usual, **facts})
