"""How pressing a request is: the most pressing rule decides, and every rule that gives its class is a reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.ask import ReasonCode
from models.service_level import UrgencyClass
from models.urgency import Urgency, UrgencyRules, judge
from tests.builders import FRIDAY, NEXT_FRIDAY, NOON, a_calendar, an_ask

CALM: dict[str, Any] = {"reason_code": ReasonCode.OTHER, "needed_ship_date": NEXT_FRIDAY}
FRIDAY_NOON = NOON.replace(day=27)
SATURDAY, MONDAY, TUESDAY = date(2026, 11, 28), date(2026, 11, 30), date(2026, 12, 1)


def judged(rules: UrgencyRules | None = None, **facts: Any) -> Urgency:
    return judge(an_ask(**CALM | facts), rules or UrgencyRules(), a_calendar(), FRIDAY_NOON)


def test_nothing_pressing_is_standard_and_has_no_reasons() -> None:
    assert judged() == Urgency(UrgencyClass.STANDARD, ())


@pytest.mark.parametrize(
    ("facts", "urgency", "reason"),
    [
        ({"reason_code": ReasonCode.LINE_DOWN}, UrgencyClass.CRITICAL, "reason:line_down"),
        ({"reason_code": ReasonCode.PENALTY}, UrgencyClass.HIGH, "reason:penalty"),
        ({"needed_ship_date": FRIDAY}, UrgencyClass.CRITICAL, "within_days:0"),
        ({"needed_ship_date": SATURDAY}, UrgencyClass.CRITICAL, "within_days:0"),
        ({"needed_ship_date": MONDAY}, UrgencyClass.HIGH, "within_days:1"),
        ({"value_at_stake": Decimal("100000.01")}, UrgencyClass.HIGH, "worth_more:100000"),
    ],
)
def test_each_rule_presses_by_itself(facts: dict[str, Any], urgency: UrgencyClass, reason: str) -> None:
    assert judged(**facts) == Urgency(urgency, (reason,))


@pytest.mark.parametrize("facts", [{"needed_ship_date": TUESDAY}, {"value_at_stake": Decimal(100_000)}])
def test_at_the_limit_nothing_presses_yet(facts: dict[str, Any]) -> None:
    assert judged(**facts).urgency is UrgencyClass.STANDARD


def test_only_what_gives_the_class_is_a_reason_for_it() -> None:
    found = judged(reason_code=ReasonCode.LINE_DOWN, needed_ship_date=FRIDAY, value_at_stake=Decimal(500_000))
    assert found == Urgency(UrgencyClass.CRITICAL, ("reason:line_down", "within_days:0"))


def test_an_admins_mapping_decides_and_none_turns_a_rule_off() -> None:
    rules = UrgencyRules(((ReasonCode.OTHER, UrgencyClass.HIGH),), None, None, Decimal(10), None)
    assert judged(rules, needed_ship_date=FRIDAY) == Urgency(UrgencyClass.HIGH, ("reason:other",))
    assert judged(rules, value_at_stake=Decimal(11)).reasons == ("worth_more:10",)


def test_a_desk_that_opens_once_a_week_has_one_working_day_in_it() -> None:
    rare = judge(an_ask(**CALM), UrgencyRules(), a_calendar("Mon 07:00-08:00"), FRIDAY_NOON)
    assert rare.reasons == ("within_days:1",)


@pytest.mark.parametrize("rules", [UrgencyRules(), UrgencyRules((), None, 5, Decimal("1.50"), None)])
def test_rules_survive_being_stored(rules: UrgencyRules) -> None:
    assert UrgencyRules.from_json(rules.to_json()) == rules


def test_rules_nobody_stored_are_the_defaults_and_unknown_words_are_refused() -> None:
    assert UrgencyRules.from_json(None) == UrgencyRules()
    with pytest.raises(ValueError, match="hurry"):
        UrgencyRules.from_json(UrgencyRules().to_json() | {"by_reason": {"other": "hurry"}})
