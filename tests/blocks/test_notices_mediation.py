"""What a mediator reads: one message holds the story, the cost and what was done, and what to press."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.blocks import cards, home, notices
from models.lifecycle import Move, Status
from models.mediation import Mediation
from models.outbox import Notice
from models.picture import Picture
from models.service_level import Holder
from tests.builders import HELENA, HOUR, JONAS, MARA, NOON, PRIYA, an_ask
from tests.pictures import a_home, a_line, a_picture, a_request, an_entry, an_offer
from tests.reading import words_of

LINK = "https://example.com/archives/C0PLANT3/p1795000000000001"
CALL = {"clock": 70, "audience": "mediator", "called": HELENA}
NOON_TOKEN = "<!date^1795521600^{time} {date_long_pretty}|Tue 24 Nov 13:00>"


def called(status: Status = Status.OFFERED, *entries: Any, **facts: Any) -> Picture:
    """Helena was called in at noon; 100 pcs were asked for, 40 and 60 offered with a condition."""
    request = a_request(status, ask=an_ask(expectation="The line stands on Friday"))
    offered = an_entry(Move.OFFER, row_id=80, offer=30, lots=[["2026-11-27", "40"], ["2026-12-04", "60"]])
    call = an_entry(Move.ESCALATE, by=None, row_id=90, **CALL)
    mediation = Mediation(
        costs={Holder.DESK: 2 * 3600, Holder.REQUESTER: 900},
        offers={30: an_offer(conditions="Only with overtime")},
        card_link=LINK,
    )
    usual = {"request": request, "timeline": [offered, call, *entries], "mediation": mediation}
    return a_picture(status, **{**usual, **facts})


def drawn(notice: Notice, picture: Picture, **facts: Any) -> Any:
    return notices.draw(notice, picture=picture, facts={**CALL, "entry": 90, **facts}, as_of=NOON + HOUR)


def test_the_whole_story_is_in_one_message() -> None:
    text = drawn(Notice.MEDIATION, called()).text
    told = (
        *("*Can you help?* EXP-12", "Mara Lindqvist (Sales) owes the decision on the offer since", "The line stands"),
        *("The customer has been told nothing yet.", "Line down at the customer", "Jonas Keller offered 40 pcs by"),
        *("Only with overtime", "It costs 620 extra.", "2 h of working time", "Sales 15 min of working time"),
        f"<{LINK}|The card and its thread>",
    )
    assert [] == [words for words in told if words not in text]


def test_how_late_it_was_is_told_as_of_the_call() -> None:
    """A span as of now would be wrong a minute later."""
    call = an_entry(Move.ESCALATE, by=None, row_id=90, **CALL)
    call.at = NOON + 2 * HOUR
    text = drawn(Notice.MEDIATION, called(timeline=[call])).text
    assert "1 h 12 min of working time after that" in text


def test_a_mediator_can_ask_either_side_or_call_both_together() -> None:
    words = words_of(drawn(Notice.MEDIATION, called()).blocks)
    assert words == ["Ask Ops…", "Ask Sales…", "Decide together in a thread", "Show everything…"]


def test_what_was_done_is_shown_and_both_are_called_together_once() -> None:
    ask = an_entry(Move.MEDIATE, by=HELENA, row_id=91, step="ask", side="desk", question="What would help?")
    answer = an_entry(Move.MEDIATE, row_id=92, step="answer", asked=91, answer="A driver on Friday.")
    together = an_entry(Move.MEDIATE, by=HELENA, row_id=93, step="together", to=[MARA, JONAS])
    message = drawn(Notice.MEDIATION, called(Status.OFFERED, ask, answer, together))
    done = message.text[message.text.index("Done so far") :]

    told = ("Helena Voss asks Operations", "What would help?", "A driver on Friday.", "called both sides together")
    assert sorted(told, key=done.index) == list(told)
    assert "Decide together in a thread" not in words_of(message.blocks)


def test_once_the_turn_has_ended_nothing_is_left_to_press() -> None:
    message = drawn(Notice.MEDIATION, called(Status.AGREED), clock=71)
    assert "Answered meanwhile: committed." in message.text
    assert words_of(message.blocks) == ["Show everything…"]


def test_of_a_long_story_the_newest_part_is_told() -> None:
    entries = [an_entry(Move.ASK_INFORMATION, row_id=10 + n, question=f"Question {n}") for n in range(40)]
    text = drawn(Notice.MEDIATION, called(timeline=entries)).text
    assert "(25 earlier steps are left out" in text
    assert "Question 24" not in text


def test_a_question_names_who_asks_and_is_answered_there_or_in_the_thread() -> None:
    ask = an_entry(Move.MEDIATE, by=HELENA, row_id=91, step="ask", side="desk", question="What would help?", to=[JONAS])
    message = drawn(Notice.MEDIATOR_ASKS, called(Status.OFFERED, ask), entry=91)
    assert message.text.startswith("*Helena Voss was called in on EXP-12 and asks you*")
    assert f"<{LINK}|in the thread>" in message.text
    assert words_of(message.blocks) == ["Answer…", "Show everything…"]

    answer = an_entry(Move.MEDIATE, row_id=92, step="answer", asked=91, answer="A driver.")
    answered = drawn(Notice.MEDIATOR_ASKS, called(Status.OFFERED, ask, answer), entry=91)
    assert "A driver." in answered.text
    assert words_of(answered.blocks) == []


def test_the_leader_reads_question_and_answer_until_it_is_taken_back() -> None:
    ask = an_entry(Move.MEDIATE, by=HELENA, row_id=91, step="ask", side="desk", question="What would help?", to=[JONAS])
    answer = an_entry(Move.MEDIATE, row_id=92, step="answer", asked=91, answer="A driver.")
    text = drawn(Notice.MEDIATOR_TOLD, called(Status.OFFERED, ask, answer), entry=92).text
    assert text.index("What would help?") < text.index("Jonas Keller answered the mediator") < text.index("A driver.")

    answer.undone_at = NOON
    assert "taken back" in drawn(Notice.MEDIATOR_TOLD, called(Status.OFFERED, ask, answer), entry=92).text


def test_the_thread_mentions_those_who_are_called_and_a_desk_that_nobody_speaks_for() -> None:
    together = an_entry(Move.MEDIATE, by=HELENA, row_id=93, step="together", to=[MARA, JONAS, HELENA])
    text = drawn(Notice.MEDIATION_NOTE, called(Status.OFFERED, together), entry=93).text
    assert text.startswith(f"<@{MARA}>, <@{JONAS}> and <@{HELENA}>: Helena Voss asks you to decide *EXP-12* together")

    ask = an_entry(Move.MEDIATE, by=HELENA, row_id=91, step="ask", side="desk", question="Who?", to=[JONAS, PRIYA])
    unheld = drawn(Notice.MEDIATION_NOTE, called(Status.ASKED, ask), entry=91).text
    assert unheld.startswith(f"<@{JONAS}> and <@{PRIYA}>: Helena Voss asks Operations")
    assert "<@" not in drawn(Notice.MEDIATION_NOTE, called(Status.OFFERED, ask), entry=91).text


def test_card_and_home_tell_who_was_called_in_while_the_turn_goes_on() -> None:
    words = f"Helena Voss was called in at {NOON_TOKEN}"
    assert words in cards.request_card(called(), as_of=NOON).text
    ended = replace(called(), clocks=[])
    assert "called in" not in cards.request_card(ended, as_of=NOON).text

    line = a_line(Status.OFFERED, called="Helena Voss", called_at=NOON)
    assert words in str(home.home_view(a_home(my_turn=[line]), as_of=NOON))


def test_a_call_to_the_leadership_as_a_whole_names_nobody() -> None:
    call = an_entry(Move.ESCALATE, by=None, row_id=90, clock=70, called="C0LEADERS")
    assert "the leadership was called in at" in cards.request_card(called(timeline=[call]), as_of=NOON).text


def test_a_step_of_the_escalation_that_reached_the_desk_is_no_call() -> None:
    step = an_entry(Move.ESCALATE, by=None, row_id=90, clock=70, audience="desk")
    assert "called in" not in cards.request_card(called(timeline=[step]), as_of=NOON).text
