"""How dates, spans, quantities and people's words are written."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.elements import SECTION_LIMIT, TEXT_LIMIT, compose, context, section
from bot.blocks.phrases import can_you, cut, day, escape, inline, money, number, quantity, quote, span, when
from tests.builders import NOON, an_ask


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (59, "less than a minute"),
        (60, "1 min"),
        (4800, "1 h 20 min"),
        (7200, "2 h"),
        (-4800, "1 h 20 min"),
    ],
)
def test_spans_are_said_in_hours_and_minutes(seconds: int, words: str) -> None:
    assert span(seconds) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.500", "0.5"),
        ("48000", "48\u202f000"),
        ("1000000.25", "1\u202f000\u202f000.25"),
    ],
)
def test_numbers_have_no_needless_zeros_and_no_powers_of_ten(value: str, words: str) -> None:
    assert number(Decimal(value)) == words


def test_a_quantity_has_its_unit() -> None:
    assert quantity(Decimal("0.5"), "t") == "0.5 t"


def test_money_shows_cents_only_where_there_are_any() -> None:
    assert [money(Decimal(value)) for value in ("620", "620.00", "620.5")] == ["620", "620", "620.50"]


def test_a_date_has_its_weekday_and_its_year_only_when_far() -> None:
    assert day(date(2026, 11, 27)) == "Fri 27 Nov"
    assert day(date(2026, 11, 27), date(2026, 11, 1)) == "Fri 27 Nov"
    assert day(date(2028, 2, 29), date(2026, 11, 1)) == "Tue 29 Feb 2028"


@given(st.text(), st.integers(1, 200))
def test_cutting_never_exceeds_the_limit(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit
    assert len(text) > limit or cut(text, limit) == text


def test_cutting_goes_by_words() -> None:
    assert cut("one two three four", 12) == "one two…"


@given(st.integers(1, 60))
def test_cutting_never_leaves_half_an_entity(limit: int) -> None:
    rest = cut("&amp;" * 30, limit).removesuffix("…")
    assert rest.replace("&amp;", "") == ""


@given(st.text(alphabet="<>&!@ab \n", max_size=200))
def test_typed_text_has_no_brackets_left(text: str) -> None:
    for written in (escape(text), inline(text), quote(text)):
        assert "<" not in written
    assert ">" not in inline(text)
    assert all(line.startswith(">") for line in quote(text).splitlines())


@given(st.text(max_size=120), st.integers(60, 150))
def test_the_question_fits_its_room_and_keeps_its_date(item: str, room: int) -> None:
    sentence = can_you(an_ask(item=item), room=room)
    assert len(sentence) <= room
    assert sentence.endswith(" by Fri 27 Nov?")


def test_a_message_too_long_loses_typed_words_and_keeps_its_turn_line() -> None:
    turn = "*Your turn* · due <!date^1^{time} {date_long_pretty}|Tue> (1 h left)"
    message = compose([*[section("word " * 400) for _part in range(3)], context(turn)])
    assert len(message.text) <= TEXT_LIMIT
    assert message.text.endswith(turn)


def test_a_message_of_many_dates_drops_whole_lines_not_halves_of_tokens() -> None:
    line = "<!date^1^{time} {date_long_pretty}|Tue> " * 20
    message = compose([section(line[: SECTION_LIMIT - 1].strip()) for _part in range(20)])
    assert len(message.text) <= TEXT_LIMIT
    assert message.text.count("<") == message.text.count(">")


def test_a_time_is_shown_in_every_readers_own_zone() -> None:
    assert when(NOON + timedelta(minutes=48), "Europe/Berlin") == (
        "<!date^1795524480^{time} {date_long_pretty}|Tue 24 Nov 13:48>"
    )
