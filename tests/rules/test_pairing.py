"""Who is paired with whom: across the sides, fairly, nobody twice a month, no two people twice in a quarter."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.pairing import QUARTER, Paired, PairKind, meetings_of, month_number, pairs_for

SALES, OPS = ["Ines", "Mara", "Tobias"], ["Jonas", "Oskar", "Priya"]
MONTHS = [date(2026 + n // 12, n % 12 + 1, 1) for n in range(8, 20)]


def lived(months: list[date], sales: list[str], ops: list[str], meetings: dict[tuple[str, str], int]) -> list[Paired]:
    """A rotation month by month, each with the pairs before it."""
    past: list[Paired] = []
    for month in months:
        past += pairs_for(month, sales=sales, ops=ops, before=past, meetings=meetings)
    return past


def test_the_two_who_met_in_most_hard_requests_ride_along() -> None:
    meetings = {("Mara", "Jonas"): 5, ("Mara", "Priya"): 4, ("Tobias", "Jonas"): 3, ("Ines", "Oskar"): 1}
    found = pairs_for(MONTHS[0], sales=SALES, ops=OPS, before=[], meetings=meetings)

    assert found[0] == Paired(MONTHS[0], PairKind.RIDE_ALONG, "Mara", "Jonas", 5)
    assert [pair.kind for pair in found[1:]] == [PairKind.COFFEE, PairKind.COFFEE]


def test_who_did_not_say_so_is_not_paired() -> None:
    assert pairs_for(MONTHS[0], sales=["Mara"], ops=[], before=[], meetings={("Mara", "Jonas"): 9}) == []


def test_a_person_of_both_sides_counts_as_operations() -> None:
    found = pairs_for(MONTHS[0], sales=["Mara", "Jonas"], ops=["Jonas"], before=[], meetings={})

    assert [pair.people for pair in found] == [("Mara", "Jonas")]


def test_two_people_alone_meet_once_a_quarter() -> None:
    met = [pair.month for pair in lived(MONTHS, ["Mara"], ["Jonas"], {})]

    assert met == MONTHS[::QUARTER]


def test_everybody_meets_everybody_before_anybody_meets_again() -> None:
    first = lived(MONTHS[:3], SALES, OPS, {})

    assert {pair.people for pair in first} == {(one, other) for one in SALES for other in OPS}


def test_a_hard_request_brings_its_requester_together_with_whoever_dealt_with_it() -> None:
    found = meetings_of([("Mara", ["Jonas", "Priya", "Jonas"]), ("Mara", ["Jonas", "Mara"])])

    assert found == {("Mara", "Jonas"): 2, ("Mara", "Priya"): 1}


people = st.integers(1, 5)


@given(people, people, st.data())
def test_a_year_of_pairs_is_fair(many_sales: int, many_ops: int, data: st.DataObject) -> None:
    sales, ops = [f"S{n}" for n in range(many_sales)], [f"O{n}" for n in range(many_ops)]
    couples = [(one, other) for one in sales for other in ops]
    meetings = data.draw(st.dictionaries(st.sampled_from(couples), st.integers(1, 5), max_size=6))
    past: list[Paired] = []
    for month in MONTHS:
        found = pairs_for(month, sales=sales, ops=ops, before=past, meetings=meetings)
        met = [person for pair in found for person in pair.people]
        recent = {one.people for one in past if month_number(month) - month_number(one.month) < QUARTER}
        assert len(met) == len(set(met))
        assert all(pair.sales in sales and pair.ops in ops for pair in found)
        assert not {pair.people for pair in found} & recent
        left = {(one, other) for one, other in couples if not {one, other} & set(met)}
        assert left <= recent, "nobody goes without while somebody free is there whom they did not just meet"
        past += found

    assert lived(MONTHS, sales, ops, meetings) == past


@given(st.integers(3, 6), st.integers(1, 2))
def test_of_the_larger_side_everybody_goes_without_equally_often(many: int, partners: int) -> None:
    """With two partners the rule of the quarter may let somebody wait once more."""
    sales, ops = [f"S{n}" for n in range(many)], [f"O{n}" for n in range(partners)]
    past = lived(MONTHS, sales, ops, {})
    turns = [sum(one in pair.people for pair in past) for one in sales]

    assert max(turns) - min(turns) <= partners
