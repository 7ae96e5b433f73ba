"""Quantities as people write them into a form field."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.reader import (
    QuantityMissing,
    QuantityNotPositive,
    QuantityRefused,
    QuantityTooFine,
    QuantityTooLarge,
    QuantityUnreadable,
    parse_quantity,
)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("100", "100", None),
        (" 100 pcs", "100", "pcs"),
        ("100pcs", "100", "pcs"),
        ("1,500", "1500", None),
        ("1,234,567 ea.", "1234567", "ea"),
        ("1.5", "1.5", None),
        (".5 t", "0.5", "t"),
        ("2.500 kg", "2.5", "kg"),
        ("10k", "10000", None),
        ("1.2345K boxes", "1234.5", "boxes"),
        ("10kg", "10", "kg"),
        ("007", "7", None),
        ("9,999,999", "9999999", None),
        ("0.001", "0.001", None),
    ],
)
def test_a_quantity_is_read_with_its_unit_as_written(text: str, amount: str, unit: str | None) -> None:
    assert (Decimal(amount), unit) == parse_quantity(text)
    assert amount == str(parse_quantity(text)[0])


@pytest.mark.parametrize(
    ("text", "refused", "sentence"),
    [
        ("", QuantityMissing, "Write a quantity"),
        ("   ", QuantityMissing, "Write a quantity"),
        ("ten", QuantityUnreadable, "“ten” is no quantity"),
        ("nan", QuantityUnreadable, "“nan”"),
        ("inf", QuantityUnreadable, "“inf”"),
        ("1e12", QuantityUnreadable, "“1e12”"),
        ("1,50", QuantityUnreadable, "“1,50”"),
        ("1 500", QuantityUnreadable, "“1 500”"),
        ("100 or 200", QuantityUnreadable, "“100 or 200”"),
        ("100 widgets", QuantityUnreadable, "“100 widgets”"),
        ("$100", QuantityUnreadable, "“[$]100”"),
        ("1/4", QuantityUnreadable, "“1/4”"),
        ("1_000", QuantityUnreadable, "“1_000”"),
        ("٣", QuantityUnreadable, "“٣”"),
        ("x" * 5000, QuantityUnreadable, "x…”"),
        ("0", QuantityNotPositive, "more than zero"),
        ("0.000", QuantityNotPositive, "more than zero"),
        ("-1", QuantityNotPositive, "more than zero"),
        ("−5 pcs", QuantityNotPositive, "more than zero"),
        ("1.2345", QuantityTooFine, "at most 3 decimals"),
        ("0.0001", QuantityTooFine, "at most 3 decimals"),
        ("10,000,000", QuantityTooLarge, "at most 9,999,999"),
        ("10000k", QuantityTooLarge, "at most 9,999,999"),
        ("9999999.5", QuantityTooLarge, "at most 9,999,999"),
        ("9" * 5000, QuantityTooLarge, "at most 9,999,999"),
    ],
)
def test_what_is_no_quantity_says_what_to_do(text: str, refused: type[QuantityRefused], sentence: str) -> None:
    with pytest.raises(refused, match=sentence) as raised:
        parse_quantity(text)

    assert issubclass(refused, ValueError)
    assert str(raised.value) == raised.value.sentence
    assert len(raised.value.sentence) < 150


@settings(deadline=None, max_examples=100)
@given(st.decimals(min_value="0.001", max_value=9_999_999, places=3))
def test_every_storable_quantity_can_be_written(amount: Decimal) -> None:
    assert amount == parse_quantity(f"{amount:,}")[0] == parse_quantity(f"{amount} pcs")[0]


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="0123456789.,kKpcs -−e", max_size=20) | st.text(max_size=20))
@example("1." + "1" * 60)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        amount, _unit = parse_quantity(text)
    except QuantityRefused:
        return

    assert Decimal(0) < amount <= Decimal(9_999_999)
    assert amount == round(amount, 3)
