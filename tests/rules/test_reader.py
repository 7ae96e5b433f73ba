"""The text after /expedite: what is sure prefills the form, the rest is handed back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader import Prefill, read_command
from bot.reader.words import word_set

TUESDAY = datetime(2026, 11, 24, 15, tzinfo=ZoneInfo("America/Chicago"))
FRIDAY = date(2026, 11, 27)
DEC_12 = date(2026, 12, 12)


def read(text: str) -> Prefill:
    return read_command(text, now=TUESDAY)


@pytest.mark.parametrize(
    ("text", "prefill"),
    [
        (
            "100 pcs BRK-2040 for Acme by Friday",
            Prefill(Decimal(100), "pcs", item="BRK-2040", customer="Acme", needed_date=FRIDAY),
        ),
        (
            "SO-1001 line 3 200 pcs VLV-88 for Northwind Traders by 12 Dec",
            Prefill(Decimal(200), "pcs", "VLV-88", "Northwind Traders", "SO-1001", "3", DEC_12),
        ),
        ("BRK-2040 100 Acme", Prefill(Decimal(100), item="BRK-2040", rest="Acme")),
        ("10k BRK-2040", Prefill(Decimal(10000), item="BRK-2040")),
        ("1,500 pcs", Prefill(Decimal(1500), "pcs")),
        (
            "40 boxes of BRK-2040 for Fabrikam before next Wed",
            Prefill(Decimal(40), "boxes", "BRK-2040", "Fabrikam", rest="before next Wed"),
        ),
        (
            "90 sensors for Oakes Dairy by Friday the 27th",
            Prefill(Decimal(90), item="sensors", customer="Oakes Dairy", needed_date=FRIDAY),
        ),
        (
            "200 pcs of 10-32 screws for Acme, line down!",
            Prefill(Decimal(200), "pcs", "10-32 screws", "Acme", rest="line down!"),
        ),
        ("qty 50 part 77-1234 tomorrow", Prefill(Decimal(50), item="77-1234", needed_date=date(2026, 11, 25))),
        ("", Prefill()),
        ("please help", Prefill(rest="please help")),
    ],
)
def test_the_text_prefills_the_form(text: str, prefill: Prefill) -> None:
    assert prefill == read(text)


@pytest.mark.parametrize(
    ("text", "order_number", "line_number"),
    [
        ("SO-1001 line 3", "SO-1001", "3"),
        ("so-1001 ln 3.1", "SO-1001", "3.1"),
        ("SO50991", "SO50991", None),
        ("PO/KB/2214", "PO/KB/2214", None),
        ("SO 221904 line no 2", "SO 221904", "2"),
        ("PO 771-0042 line #2", "PO 771-0042", "2"),
        ("order 10043377 line2", "10043377", "2"),
        ("order no 1001", "1001", None),
        ("order #1001, line: 3", "1001", "3"),
        ("#1001 pos 20", "1001", "20"),
        ("so 100 pcs please", None, None),
        ("order 100 pcs", None, None),
        ("order BRK-20401", None, None),
        ("we are #1", None, None),
        ("SO", None, None),
        ("their line 3 stands", None, None),
        ("line 3 is down", None, None),
        ("line down", None, None),
    ],
)
def test_orders_and_lines_are_read_where_they_are_named(
    text: str, order_number: str | None, line_number: str | None
) -> None:
    prefill = read(text)

    assert (order_number, line_number) == (prefill.order_number, prefill.line_number)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("BRK-2040", "BRK-2040"),
        ("brk-2040", "brk-2040"),
        ("ABC12345", "ABC12345"),
        ("7715-B", "7715-B"),
        ("100 pcs for BRK-2040", "BRK-2040"),
        ("item 10-32", "10-32"),
        ("part 100 pcs", None),
        ("10-32 screws", None),
        ("3-pin 24-hour 3-PIN", None),
        ("24V 10mm 1500K 100pcs", None),
        ("Q4-2026 W42 wk-50 2026-W12 FY2026", None),
        ("SEP-30 12-DEC-2026 x", None),
        ("<@U012AB345> <#C12345|ops> https://example.com/a-1", None),
        ("100 pcs urgently needed", None),
        ("100 pcs hex nuts and so on", None),
    ],
)
def test_an_item_is_a_part_number_or_the_counted_goods(text: str, item: str | None) -> None:
    assert item == read(text).item


@pytest.mark.parametrize(
    ("text", "quantity", "unit"),
    [
        ("BRK-2040 100", 100, None),
        ("need 200 of BRK-2040", 200, None),
        ("Acme wants BRK-2040, 36 gal.", 36, "gal"),
        ("12.5 kg", Decimal("12.5"), "kg"),
        ("100 1/4 inch bolts", None, None),
        ("24 V pump", None, None),
        ("3 days late", None, None),
        ("10 USD each", None, None),
        ("$100 BRK-2040", None, None),
        ("pump with 2 ports", None, None),
        ("0 pcs", None, None),
        ("100-150 pcs", None, None),
        ("for 3M", None, None),
    ],
)
def test_a_number_is_a_quantity_only_where_it_counts(text: str, quantity: Decimal | None, unit: str | None) -> None:
    prefill = read(text)

    assert (quantity, unit) == (prefill.quantity, prefill.unit)


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("for Acme", "Acme"),
        ("for acme by friday", "acme"),
        ("for 3M by friday", "3M"),
        ("for our customer Acme's order", "Acme"),
        ("customer: Acme Corp", "Acme Corp"),
        ("for Acme, Inc. by friday", "Acme, Inc."),
        ("for Bank of Elsewhere & Sons and more", "Bank of Elsewhere & Sons"),
        ("for St. Mary Hospital", "St. Mary Hospital"),
        ("for Acme need it badly", "Acme"),
        ("for Friday Harbor Boats 20 reels", "Friday Harbor Boats"),
        ("for “Acme”", "Acme"),
        ("for us", None),
        ("for the", None),
        ("for Friday", None),
        ("for bank of elsewhere", None),
        ("for three very good reasons", None),
        ("for <@U012AB345>", None),
        ("our customer is unhappy", None),
    ],
)
def test_the_customer_is_named_behind_for(text: str, customer: str | None) -> None:
    assert customer == read(text).customer


def test_today_is_the_writers_day() -> None:
    """20:00 on Tuesday in Chicago is Wednesday in UTC."""
    evening = datetime(2026, 11, 24, 20, tzinfo=ZoneInfo("America/Chicago"))

    assert date(2026, 11, 25) == read_command("tomorrow", now=evening).needed_date


VOCABULARY = word_set(
    "100 10k 1,500 pcs boxes of BRK-2040 VLV-88 for Acme acme Corp, Inc. by before Friday next 12 Dec 12/5 tomorrow "
    "SO-1001 SO 4471 order #1001 line 3 no item part qty customer: please <@U1> $5 1/4 inch 3M & the – ( 's"
)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(sorted(VOCABULARY)), max_size=14).map(" ".join) | st.text(max_size=60))
def test_no_word_is_invented_and_none_is_lost(text: str) -> None:
    """What is not in a field is in the rest, in its order; whatever is read stands in the text."""
    prefill = read(text)
    words, rest = text.split(), prefill.rest.split()
    remaining = iter(words)

    assert all(word in remaining for word in rest)
    assert words == rest or any(vars(prefill)[name] is not None for name in vars(prefill) if name != "rest")
    for read_text in (prefill.item, prefill.customer, prefill.unit):
        assert read_text is None or read_text in " ".join(words)
    assert (prefill.order_number or "").lower() in " ".join(words).lower()
