"""Everything the product can draw, for rules that hold for all of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.blocks import (
    cards,
    cooling,
    forms,
    home,
    lists,
    notices,
    notices_log,
    notices_morning,
    nudge,
    order_drop,
    said_back,
    scorecard,
)
from bot.blocks.ids import Action
from bot.courier.files import MAKERS
from bot.payloads import check_home, check_message, check_modal
from bot.reader.messages import Reason
from models.ask import Fee, PartialAcceptance, ReasonCode, Told
from models.clock_story import Stretch, tell
from models.commitment import Outcome
from models.errors import Field
from models.lifecycle import How, Move, Status
from models.mediation import Mediation
from models.nudge import Unwanted
from models.offer import OfferShape, PaidBy, ShipmentSplit, field_of
from models.origin import ORIGIN, UNREAD, UNSURE, Origin
from models.outbox import Notice
from models.picture import Away, ClockPicture, DeskMeter, HomeLine, HoursUsed, Morning, Picture
from models.reply_proposal import Means, ReplyProposal
from models.scorecards import Filters, Scorecard, Share, Spread
from models.scorecards.trend import trends_of
from models.service_level import ClockKind, Holder, Step
from models.tenant import Actor
from tests.builders import DAY, FRIDAY, HOUR, JONAS, MARA, NEXT_FRIDAY, NOON, TOBIAS, ZONE, a_calendar, an_ask
from tests.drawings_digest import digest_messages, digest_views
from tests.drawings_form import changes_in, form_messages, form_views
from tests.drawings_home import home_views
from tests.drawings_settings import set_up_messages, settings_views
from tests.drawings_summit import summit_messages, summit_views
from tests.pictures import a_desk, a_home, a_lot, a_picture, an_absence, an_entry, an_offer, hostile_request
from tests.scorecards import full_scorecard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.payloads import Problem
    from bot.ports import Message, View
    from models import TimelineEntry
    from tests.pictures import Words

WEEK = date(2026, 11, 23)
OURS = re.compile(
    r"<!date\^\d+\^\{time\}(?: \{date_long_pretty\})?\|[^<>|]*>|<@U0(?:JONAS|MARA)>|<#C0PLANT5>"
    r"|<https://example\.com/archives/[^<>|]*\|[^<>]*>"
    r"|<#C0(?:PLANT3|LEADERS)>|Mon-Fri 07:00-17:00|Europe/Berlin|:eyes:"
)
"""What the product itself puts between angle brackets: date tokens, mentions and channels it means, links to cards;
and how hours are spelled in every language."""
IN_DOUBT = {"needed_ship_date": ["2026-12-04", "2027-04-12"], "promise_date": ["2026-12-11"]}
CHECKS = {"message": check_message, "modal": check_modal, "home": check_home}
OVER = frozenset({Status.OFFERED, Status.AGREED})
"""Where direct messages whose turn is over are drawn too: more would cost time and show nothing new."""
VIEWERS = {
    "the requester": Actor(1, MARA, "Mara"),
    "the desk": Actor(1, JONAS, "Jonas", desk_ids=frozenset({1})),
    "somebody": Actor(1, TOBIAS, "Tobias"),
}
AWAY = {MARA: Away(NOON + 5 * DAY, JONAS), JONAS: Away(NOON + DAY)}
DIGESTS = frozenset({Notice.DIGEST, Notice.DIGEST_DETAIL})
NO_PICTURE = DIGESTS | {Notice.HOME, Notice.FORM_LINK, Notice.CAUGHT_UP, Notice.TEST_CARD, *MAKERS}
NO_PICTURE |= {Notice.SUMMIT, Notice.PAIR, Notice.MORNING}


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
        yield view(f"words for the customer {status}", forms.customer_view(picture))
        for who, viewer in VIEWERS.items():
            yield view(f"show {status} to {who}", forms.show_request(picture, as_of=NOON, viewer=viewer))
        yield from _notices(picture)
    yield from _stories(full_picture(Status.AGREED, words))
    yield from _mediations(words)
    yield from _ask_forms(words)
    yield from _desk_forms(words)
    yield from _readings(words)
    yield from _overviews(words)
    yield from (view(name, drawn) for name, drawn in settings_views(words))
    yield from (message(name, drawn) for name, drawn in set_up_messages(words))
    yield from (view(name, drawn) for name, drawn in form_views(words))
    yield from (message(name, drawn) for name, drawn in form_messages(words))
    yield from (view(name, drawn) for name, drawn in summit_views(words))
    yield from (message(name, drawn) for name, drawn in summit_messages(words))


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
        a_lot(1, 40, at_risk_since=NOON, risk_reason=words.text, proposed_ship_date=NEXT_FRIDAY),
        a_lot(2, 60, outcome=Outcome.IN_PART, actual_quantity=Decimal(30), committed_ship_date=NEXT_FRIDAY),
    ]
    base = a_picture(status, words=words, request=request, timeline=entries)
    return replace(
        base, commitments=lots if base.commitments else (), names={MARA: words.name, JONAS: words.name}, away=AWAY
    )


def _entry_facts(words: Words) -> dict[str, Any]:
    said: dict[str, Any] = dict.fromkeys(("question", "information", "reason", "alternative", "words"), words.text)
    said |= {"conditions": words.text, "changes": changes_in(words)}
    lots = [["2026-11-27", "40"], ["2026-12-04", "60"]]
    hands = {"held_by": JONAS, "given_to": MARA, "note": words.text, "channel": "C0PLANT5", "instead_of": MARA}
    link = "https://example.com/archives/C0SALES/p1795000000000001"
    origin = Origin("C0SALES", "1795000000.000001", link, author=JONAS)
    rest = {ORIGIN: origin.to_json(), "answer_due_at": NOON.isoformat(), "commitment": 40, "offer": 30}
    instead = {"substitute": words.name, "site": words.name}
    rest |= {"words": words.text, "alternatives": [{"lots": lots}, {"lots": lots, **instead}], "of": 2, **instead}
    return {**said, **hands, "lots": lots, **rest}


def _notices(picture: Picture) -> Iterator[Drawing]:
    status = picture.request.status
    plain: dict[str, Any] = {"clock": 70, "step": Step.BREACH, "commitment": 40}
    for notice in sorted(set(Notice) - NO_PICTURE):
        drawn = notices.draw(notice, picture=picture, facts=plain, as_of=NOON)
        yield message(f"{notice} {status}", drawn)
    if status in OVER:
        yield from _over(picture)
        yield from _for_deputies(picture)


def _for_deputies(picture: Picture) -> Iterator[Drawing]:
    for acting in (MARA, JONAS):
        facts = {"instead_of": MARA, "clock": 70, "step": Step.BREACH, "commitment": 40}
        told = notices.draw(Notice.DESK_TURN, picture=picture, facts=facts, as_of=NOON)
        yield message(f"for {acting} {picture.request.status}", told)
        over = notices.draw(Notice.DESK_TURN, picture=picture, facts={**facts, "over_to": acting}, as_of=NOON)
        yield message(f"over to {acting} {picture.request.status}", over)


def _over(picture: Picture) -> Iterator[Drawing]:
    for notice in sorted(set(Notice) - NO_PICTURE):
        over = notices.draw(notice, picture=picture, facts={"entry": 1}, as_of=NOON + 5 * DAY)
        yield message(f"{notice} {picture.request.status}, over", over)


def _stories(picture: Picture) -> Iterator[Drawing]:
    status = picture.request.status
    for entry in picture.timeline:
        drawn = notices.draw(Notice.STORY, picture=picture, facts={"entry": entry.id}, as_of=NOON)
        yield message(f"story {entry.move} {status}", drawn)


def _mediations(words: Words) -> Iterator[Drawing]:
    """Draw a long story with every step of a mediation in it, at its beginning and once it is over."""
    story = full_picture(Status.OFFERED, words)
    picture = replace(
        story, timeline=[*story.timeline, *mediation_steps(words.text)], mediation=a_mediation(words.text)
    )
    facts = {"clock": 70, "step": 200, "entry": 100}
    over = replace(picture, clocks=[])
    for name, shown in (("running", picture), ("over", over)):
        drawn = notices.draw(Notice.MEDIATION, picture=shown, facts=facts, as_of=NOON + DAY)
        yield message(f"mediation {name}", drawn)
        yield message(f"mediation card {name}", cards.request_card(shown, as_of=NOON))
    for entry in (101, 102, 103, 104):
        for notice in (Notice.MEDIATION_NOTE, Notice.MEDIATOR_ASKS, Notice.MEDIATOR_TOLD):
            yield message(
                f"{notice} {entry}", notices.draw(notice, picture=picture, facts={"entry": entry}, as_of=NOON)
            )
    for side in (Holder.DESK, Holder.REQUESTER):
        yield view(f"mediator asks {side}", forms.mediator_question_form(picture, side))
    yield view("mediator answered", forms.mediator_answer_form(picture, picture.timeline[-1]))
    yield message("caught up", notices_log.caught_up(a_downtime(200)))
    yield message("nothing caught up", notices_log.caught_up(a_downtime(0)))


def mediation_steps(text: str) -> list[TimelineEntry]:
    """Mara is called in as mediator, asks both sides, hears one, and calls them together."""
    steps = (
        (Move.ESCALATE, {"clock": 70, "audience": "mediator", "called": MARA}),
        (Move.MEDIATE, {"step": "ask", "side": "desk", "question": text, "to": [JONAS]}),
        (Move.MEDIATE, {"step": "answer", "asked": 101, "answer": text, "leader": MARA}),
        (Move.MEDIATE, {"step": "together", "to": [MARA, JONAS, text]}),
        (Move.MEDIATE, {"step": "ask", "side": "requester", "question": text, "to": [MARA, text]}),
    )
    return [an_entry(move, row_id=n, by=MARA, **facts) for n, (move, facts) in enumerate(steps, 100)]


def a_mediation(text: str) -> Mediation:
    costs = {Holder.DESK: 7_200, Holder.REQUESTER: 900}
    offers = {30: an_offer(conditions=text)}
    return Mediation(costs=costs, offers=offers, card_link="https://example.com/archives/C0PLANT3/p1795000000000001")


def a_downtime(n: int) -> dict[str, Any]:
    labels = [f"EXP-{number}" for number in range(n)]
    lists = dict.fromkeys(("reminders", "waiting", "gestures", "unread"), labels)
    return {"since": (NOON - 3 * DAY).isoformat(), "until": NOON.isoformat(), "zone": ZONE, **lists}


def _ask_forms(words: Words) -> Iterator[Drawing]:
    answers = {field.value: words.text for field in Field} | {Field.NEEDED_SHIP_DATE: "2026-11-27"}
    problems = {Field.CUSTOMER.value: words.text, Field.ITEM.value: words.name}
    meter = a_meter(words.desk, is_open=True, closes=NOON + 3 * HOUR)
    yield view("ask 1", forms.ask_what(1, answers, meter=meter, today=WEEK, problems=problems))
    yield view("ask 1, of a message", forms.ask_what(1, {UNREAD: True, UNSURE: IN_DOUBT}, meter=meter, today=WEEK))
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
    yield view("review, coached", forms.ask_review(1, hard, meter=None, is_coached=True))
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
    yield from _offers(words, picture)
    yield view("answer time", forms.answer_time_form(picture, as_of=NOON))
    yield view("outcome", forms.outcome_form(picture, a_lot(), as_of=NOON))
    yield view("away", forms.away_form({}, today=WEEK, zone=ZONE))
    filled = {"back_on": "2026-11-30", "back_on_time": "12:30", "deputy": JONAS}
    yield view("away, filled", forms.away_form(filled, today=WEEK, zone=words.name))
    many = [a_lot(n, 10 * n) for n in range(1, 5)]
    yield view("risk", forms.risk_form(replace(picture, commitments=many), as_of=NOON))
    yield view("bumped", forms.bumped_form(picture))
    yield view("thanks", forms.thanks_form(picture))
    yield view("customer said", forms.customer_said_form(picture))
    yield view("risk, one lot", forms.risk_form(replace(picture, commitments=many[:1]), as_of=NOON))
    yield from _hands(words, picture)
    for draw in (
        forms.question_form,
        forms.information_form,
        forms.decline_form,
        forms.refuse_form,
        forms.withdraw_form,
        forms.correction_form,
    ):
        yield view(draw.__name__, draw(picture))
    yield view("notice", forms.notice_view(words.text))


def _offers(words: Words, picture: Picture) -> Iterator[Drawing]:
    """Several alternatives, each with everything in it; what Sales proposes instead; all of it side by side."""
    long = {field_of(n, field): words.text for n in (2, 3) for field in Field}
    several = {field_of(n, Field.OFFER_SHAPE): shape for n, shape in ((2, OfferShape.INSTEAD), (3, "staged_lots"))}
    form = forms.offer_form(picture, {**long, **several}, rows=4, further=[2, 4], as_of=NOON)
    yield view("offer, three alternatives", form)
    many = choosing(words)
    counter = an_offer(conditions=words.text)
    counter.by_sales = True
    countered = replace(full_picture(Status.ACKNOWLEDGED, words), offer=many.offer, counter=counter)
    for name, shown in (("several", many), ("countered", countered), ("one", picture)):
        yield message(f"card, {name}", cards.request_card(shown, as_of=NOON))
        for who, viewer in VIEWERS.items():
            yield view(f"side by side, {name}, {who}", forms.compare_view(shown, as_of=NOON, viewer=viewer))
        for notice in (Notice.OFFER_FOR_YOU, Notice.TURN_WARNING, Notice.DESK_TURN):
            yield message(f"{notice}, {name}", notices.draw(notice, picture=shown, facts={"clock": 70}, as_of=NOON))
        sent = forms.offer_sent(shown)
        if sent is not None:
            yield view(f"offer sent, {name}", sent)
    for status in (Status.ASKED, Status.AGREED):
        shown = full_picture(status, words)
        yield view(f"side by side, {status}", forms.compare_view(shown, as_of=NOON, viewer=VIEWERS["somebody"]))
    yield view("counter", forms.counter_form(many, rows=2))
    yield view("counter, filled", forms.counter_form(picture, {field.value: words.text for field in Field}, rows=4))


def choosing(words: Words) -> Picture:
    """Three alternatives on the table, two of which Sales did not ask for."""
    offers = [an_offer(conditions=words.text), an_offer((FRIDAY, 130)), an_offer((NEXT_FRIDAY + DAY, 20))]
    for n, one in enumerate(offers, start=1):
        one.alternative, one.id = n, 30 + n
    offers[0].paid_by = PaidBy.CUSTOMER
    for one in offers[1:]:
        one.substitute = one.site = words.name
    return replace(full_picture(Status.OFFERED, words), offer=offers[0], other_offers=offers[1:])


def _readings(words: Words) -> Iterator[Drawing]:
    """What a reply was read as, and the forms that open with its words."""
    picture = full_picture(Status.ACKNOWLEDGED, words)
    lots = [ShipmentSplit(FRIDAY, Decimal(40)), ShipmentSplit(NEXT_FRIDAY, Decimal(60))]
    for means in sorted(set(Means) - {Means.TALK}):
        read = a_reading(means, words.text)
        yield message(f"said back {means}", said_back.said_back(picture, read, lots))
    for calmer in (words.text, ""):
        yield message("sharp reply", cooling.sharp_reply(calmer))
    yield message("no more hints", cooling.no_more())
    for what in Unwanted:
        yield message(f"again {what}", cooling.on_again(what))
        yield message(f"help, without {what}", lists.help_message([what]))
    yield message("said back, not whole", said_back.said_back(picture, a_reading(Means.OFFER, words.text)))
    yield view("decline, filled", forms.decline_form(picture, {Field.DECLINE_REASON: words.text}))
    yield view("question, filled", forms.question_form(picture, {Field.QUESTION: words.text}))
    due = {Field.ANSWER_DUE: int(NOON.timestamp())}
    yield view("answer time, filled", forms.answer_time_form(picture, due, as_of=NOON))


def a_reading(means: Means, text: str) -> ReplyProposal:
    """A reply of Jonas, as it was read."""
    facts = {"answer_by": NOON.isoformat()} if means is Means.ANSWER_TIME else {"text": text}
    facts = {} if means is Means.COMMIT else facts
    row = ReplyProposal(
        tenant_id=1,
        request_id=17,
        by=JONAS,
        reply_ts="1795000000.000009",
        said_ts="1795000000.000009",
        version=1,
        means=means,
        facts=facts,
        made_at=NOON,
    )
    row.id = 5
    return row


def _hands(words: Words, picture: Picture) -> Iterator[Drawing]:
    """Who holds it, and the clock of a long life, to each side."""
    yield view("hand over", forms.hand_over_form(picture))
    yield view("reassign", forms.reassign_form(picture, [a_desk(words.desk), a_desk(words.desk)]))
    for days in (0, 9, 400):
        shown = a_clock_picture(words, picture, days=days)
        for who, viewer in VIEWERS.items():
            yield view(f"clock of {days} days to {who}", forms.clock_view(shown, as_of=NOON, viewer=viewer))


def a_clock_picture(words: Words, picture: Picture, *, days: int) -> ClockPicture:
    """The desk and Sales held it by turns, a day and a half each; one of the days was closed."""
    closed = tuple((date(2026, 11, 24 + n), words.name) for n in range(2))
    calendar = replace(a_calendar(), closed_dates=closed)
    turns = [
        Stretch(
            (Holder.DESK, Holder.REQUESTER, Holder.NOBODY)[n % 3],
            ClockKind.ANSWER,
            words.desk,
            calendar,
            NOON + n * 1.5 * DAY,
            NOON + (n + 1) * 1.5 * DAY,
            3600 * n,
        )
        for n in range(int(days / 1.5))
    ]
    hours = [HoursUsed(words.name, 2, ZONE)] * 3
    return ClockPicture(picture=picture, story=tell(turns), hours=hours, policy=(words.name, 3), left_secs=90 * 60)


def _overviews(words: Words) -> Iterator[Drawing]:
    lines = [_line(status, words, is_my_turn=mine) for status in Status for mine in (True, False)]
    busy = a_home(
        my_turn=lines,
        my_waiting=lines,
        desk_turn=lines,
        desk_waiting=lines,
        desk_name=words.desk,
        undelivered=[words.text or "–"] * 30,
        absence=an_absence(),
        deputy_name=words.name,
        standing_in=[(words.name, NOON + 5 * DAY)] * 2,
        is_admin=True,
        needs_set_up=True,
        wants_pairs=True,
    )
    bare = a_home(is_set_up=False, needs_set_up=True, is_admin=True)
    for name, shown in (("busy", busy), ("empty", a_home()), ("not set up", bare)):
        yield view(f"home {name}", home.home_view(shown, as_of=NOON))
        yield message(f"list {name}", lists.list_message(shown, as_of=NOON))
    yield from (view(name, drawn) for name, drawn in home_views(words, lines, full_picture))
    yield from _mornings(words)
    yield message("order file", order_drop.offer_import("F1", words.name))
    yield message("order file read", order_drop.imported(3, 2, 40, [words.text] * 20))
    yield message("order file refused", order_drop.not_imported(words.name))
    yield from _nudges()
    yield message("help", lists.help_message())
    yield message("hint", notices.hint(words.text or "–", value="17", action=Action.OPEN_REQUEST, label="5"))
    yield message("form link", notices.draw(Notice.FORM_LINK, picture=None, facts={"draft": 3}, as_of=NOON))
    yield from _scorecards(words)
    yield from (message(name, drawn) for name, drawn in digest_messages(words))
    yield from (view(name, drawn) for name, drawn in digest_views(words))


def _scorecards(words: Words) -> Iterator[Drawing]:
    """Every figure there is, and none."""
    full, people, desks = full_scorecard(words), {MARA: words.name, JONAS: words.name}, {1: words.desk}
    weeks = [replace(full, requests=n, within_target=Share(n, 20)) for n in range(5, 17)]
    few = replace(full, filters=Filters(), response=Spread(2, listed=(60, 600)))
    quiet = Scorecard(period=full.period, as_of=full.as_of)
    for name, card, trends in (("full", full, trends_of(full, weeks)), ("few", few, ()), ("quiet", quiet, ())):
        yield message(f"scorecard {name}", scorecard.scorecard_message(card, trends, desks=desks, people=people))
    yield message("scorecard help", scorecard.help_message())
    yield from (view(f"export, leader {one}", forms.export_form(full.period, is_leader=one)) for one in (True, False))


def _mornings(words: Words) -> Iterator[Drawing]:
    """Draw a morning with more lots than it shows: due, overdue, at risk, reported; and one that is settled."""
    picture = full_picture(Status.AGREED, words)
    lots = [
        *(a_lot(n, 40, at_risk_since=NOON, risk_reason=words.text, committed_ship_date=NEXT_FRIDAY) for n in (1, 2)),
        *(a_lot(n, 40, committed_ship_date=WEEK) for n in range(3, 30)),
        a_lot(30, 60, outcome=Outcome.IN_PART, actual_quantity=Decimal(30)),
    ]
    lines = [HomeLine(request=picture.request, calendar=picture.calendar, commitment=lot) for lot in lots]
    for name, shown in (("busy", lines), ("settled", lines[-1:])):
        found = Morning(desk_name=words.desk, day=FRIDAY, lots=shown)
        yield message(f"morning {name}", notices_morning.morning(found, as_of=NOON))


def _nudges() -> Iterator[Drawing]:
    for is_admin in (True, False):
        yield message(f"nudge, admin {is_admin}", nudge.nudge(1, list(Reason), is_admin=is_admin))
    yield message("nudge without a reason", nudge.nudge(1, [], is_admin=False))
    for draw in (nudge.never_again, nudge.again):
        yield message(draw.__name__, draw())
    yield message("not watched", nudge.not_watched("C0PLANT5"))


def _line(status: Status, words: Words, *, is_my_turn: bool) -> Any:
    picture = full_picture(status, words)
    lot = a_lot() if status is Status.AGREED and is_my_turn else None
    return HomeLine(
        request=picture.request,
        calendar=picture.calendar,
        clock=picture.clock,
        commitment=lot,
        is_my_turn=is_my_turn,
        instead_of=words.name if is_my_turn else "",
    )
