"""Which real cases are told: chosen by rule, the same rows always make the same choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from models.cases import ALL_KINDS, Case, CaseKind, choose
from models.kept import Ending

HOUR = 3600


@dataclass(frozen=True)
class Row:
    number: int
    customer: str = "Acme"
    item: str = "BRK-2040"
    value_at_stake: Decimal | None = None
    has_gap: bool = False
    gap_days: int | None = None
    waited_secs: int = 0
    target_secs: int = HOUR
    ending: Ending | None = None
    days_late: int = 0
    is_asked: bool = True

    @property
    def request_id(self) -> int:
        return self.number + 1000


def the(kind: CaseKind, *rows: Row) -> Case:
    (found,) = choose(rows, [kind])
    return found


def test_a_period_without_requests_has_no_cases() -> None:
    assert choose([]) == []


def test_a_gap_that_nothing_covers_is_worse_than_any_number_of_days() -> None:
    days, never = Row(1, has_gap=True, gap_days=40), Row(2, has_gap=True)

    assert the(CaseKind.WORST_GAP, days, never).number == 2
    assert the(CaseKind.WORST_GAP, days, replace(days, number=3, gap_days=41), Row(4)).amount == 41


def test_a_wait_within_its_target_is_no_case() -> None:
    patient = Row(1, waited_secs=HOUR)

    assert choose([patient], [CaseKind.LONGEST_WAIT]) == []
    assert the(CaseKind.LONGEST_WAIT, patient, replace(patient, number=2, waited_secs=HOUR + 1)).number == 2


def test_the_repeat_customer_asked_most_however_their_name_is_written() -> None:
    rows = [Row(1, "Acme"), Row(2, "Harbor Dairy"), Row(3, "harbor  dairy"), Row(4, "Harbor Dairy ")]
    found = the(CaseKind.REPEAT_CUSTOMER, *rows)

    assert (found.numbers, found.amount, found.request_id) == ((2, 3, 4), 3, 1004)
    assert choose(rows[:2], [CaseKind.REPEAT_CUSTOMER]) == []


def test_of_two_customers_who_asked_equally_often_the_one_with_more_at_stake_comes_back() -> None:
    rows = [Row(1, "Acme"), Row(2, "Acme"), Row(3, "Wingtip", value_at_stake=Decimal(5)), Row(4, "Wingtip")]

    assert the(CaseKind.REPEAT_CUSTOMER, *rows).customer == "Wingtip"


def test_the_best_save_had_the_most_at_stake() -> None:
    rows = [
        Row(1, ending=Ending.KEPT, value_at_stake=Decimal(900)),
        Row(2, ending=Ending.KEPT),
        Row(3, ending=Ending.LATE, value_at_stake=Decimal(99_999)),
    ]

    assert the(CaseKind.BEST_SAVE, *rows).number == 1


def test_missed_is_worse_than_in_part_worse_than_late_then_value_then_days() -> None:
    late = Row(1, ending=Ending.LATE, value_at_stake=Decimal(9_999_999), days_late=30)
    partly = Row(2, ending=Ending.PARTLY)
    missed = Row(3, ending=Ending.MISSED)

    assert the(CaseKind.WORST_MISS, late, partly, missed).number == 3
    assert the(CaseKind.WORST_MISS, late, partly).number == 2
    assert the(CaseKind.WORST_MISS, late, replace(late, number=4, days_late=31)).number == 4
    assert the(CaseKind.WORST_MISS, late, replace(late, number=5, value_at_stake=Decimal(1), days_late=99)).number == 1


def test_a_request_stands_for_one_kind_only() -> None:
    both = Row(1, has_gap=True, waited_secs=9 * HOUR)
    next_longest = Row(2, "Wingtip", waited_secs=2 * HOUR)

    assert [case.number for case in choose([both, next_longest], [CaseKind.WORST_GAP, CaseKind.LONGEST_WAIT])] == [1, 2]


rows = st.builds(
    Row,
    number=st.integers(1, 9),
    customer=st.sampled_from(["Acme", "acme", "Wingtip"]),
    value_at_stake=st.none() | st.integers(0, 5).map(Decimal),
    has_gap=st.booleans(),
    gap_days=st.none() | st.integers(1, 3),
    waited_secs=st.integers(0, 3).map(lambda hours: hours * HOUR),
    ending=st.none() | st.sampled_from(list(Ending)),
    days_late=st.integers(0, 2),
)


@given(st.lists(rows, max_size=5, unique_by=lambda row: row.number))
def test_the_choice_does_not_depend_on_the_order_of_the_rows_and_survives_storing(some: list[Row]) -> None:
    chosen = choose(some)

    assert all(choose(other) == chosen for other in list(permutations(some))[:24])
    assert [Case.from_json(case.to_json()) for case in chosen] == chosen
    told = [case.request_id for case in chosen if case.kind is not CaseKind.REPEAT_CUSTOMER]
    assert len(told) == len(set(told))
    assert [case.kind for case in chosen] == [kind for kind in ALL_KINDS if kind in {case.kind for case in chosen}]
