"""Who stands in for whom, and which absences cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from bot.database import Database
from bot.services import absences, negotiation
from bot.services.standing_in import is_standing_in, represented, stand_in
from models import Absence, Desk, Member
from models.errors import FormRefused, RequestUnknown
from models.outbox import Notice
from tests.builders import DAY, HELENA, HOUR, JONAS, MARA, MINUTE, NOON, PRIYA, SAM, TOBIAS, furnish
from tests.negotiating import Table, a_part

WEEK = 7 * DAY
MONDAY = {"away_from": "2026-11-24", "back_on": "2026-11-30"}


@pytest.fixture
def table(sqlite_url: str) -> Iterator[Table]:
    database = Database(sqlite_url)
    yield Table(database, database.run_now(furnish))
    database.close()


def is_away(table: Table, who: str, deputy: str | None, starts: Any = NOON, ends: Any = NOON + WEEK) -> None:
    absence = Absence(
        tenant_id=table.people.tenant_id,
        slack_id=who,
        starts_at=starts,
        ends_at=ends,
        deputy=deputy,
        made_by=who,
        made_at=NOON,
    )
    table.database.run_now(lambda session: session.add(absence))


def acting_for(table: Table, who: str, at: Any = NOON) -> str:
    return table.database.run_now(stand_in, table.people.tenant_id, who, at)


def goes(table: Table, who: str, deputy: str = "", **typed: str) -> Absence:
    answers = {**MONDAY, "deputy": deputy, **typed}
    return table.do(absences.go_away, getattr(table.people, who), answers, how=None)


def test_who_is_there_acts_for_themselves(table: Table) -> None:
    assert MARA == acting_for(table, MARA)


def test_the_deputy_acts_from_the_first_to_the_last_instant(table: Table) -> None:
    is_away(table, MARA, TOBIAS)

    at = [NOON - MINUTE, NOON, NOON + WEEK - MINUTE, NOON + WEEK]
    assert [MARA, TOBIAS, TOBIAS, MARA] == [acting_for(table, MARA, one) for one in at]


def test_without_a_deputy_it_stays_with_the_person(table: Table) -> None:
    is_away(table, MARA, None)

    assert MARA == acting_for(table, MARA)


@pytest.mark.parametrize(("away", "acting"), [(1, TOBIAS), (2, HELENA), (3, SAM), (4, MARA)])
def test_a_deputy_who_is_away_hands_on_three_times_at_most(table: Table, away: int, acting: str) -> None:
    chain = [MARA, TOBIAS, HELENA, SAM, JONAS]
    for who, deputy in list(pairwise(chain))[:away]:
        is_away(table, who, deputy)

    assert acting == acting_for(table, MARA)
    assert ([MARA] if acting != MARA else []) == [
        one for one in table.database.run_now(represented, table.people.tenant_id, acting, NOON) if one == MARA
    ]


def test_a_circle_of_deputies_leaves_everybody_with_their_own(table: Table) -> None:
    is_away(table, MARA, TOBIAS)
    is_away(table, TOBIAS, MARA)

    assert [MARA, TOBIAS] == [acting_for(table, who) for who in (MARA, TOBIAS)]
    assert [] == table.database.run_now(represented, table.people.tenant_id, MARA, NOON)


def test_nobody_stands_in_for_themselves(table: Table) -> None:
    is_away(table, MARA, TOBIAS)

    assert not table.database.run_now(is_standing_in, table.people.mara, MARA, NOON)
    assert table.database.run_now(is_standing_in, table.people.tobias, MARA, NOON)
    assert not table.database.run_now(is_standing_in, table.people.helena, MARA, NOON)


def test_days_are_those_of_the_persons_own_zone(table: Table) -> None:
    """Berlin's Monday begins an hour before UTC's; away from today begins at once."""
    absence = goes(table, "mara")

    assert (NOON, "2026-11-29T23:00") == (absence.starts_at, f"{absence.ends_at:%Y-%m-%dT%H:%M}")


@pytest.mark.parametrize(
    ("who", "typed", "field", "words"),
    [
        ("mara", {"back_on": "2026-11-24"}, "back_on", "back before you leave"),
        ("mara", {"away_from": "2026-11-23"}, "away_from", "day has passed"),
        ("mara", {"away_from": ""}, "away_from", "Choose a day"),
        ("mara", {"back_on": "soon"}, "back_on", "Choose a day"),
        ("mara", {"away_from_time": "09:00"}, "away_from", "time has passed"),
        ("mara", {"away_from": "2028-11-24", "back_on": "2028-11-25"}, "away_from", "year ahead"),
        ("mara", {"back_on": "2027-12-01"}, "back_on", "more than a year"),
        ("mara", {"away_from_time": "18:00", "back_on": "2026-11-24", "back_on_time": "17:00"}, "back_on", "before"),
        ("mara", {"deputy": MARA}, "deputy", "for yourself"),
        ("mara", {"deputy": "U0UNKNOWN"}, "deputy", "colleague"),
        ("mara", {"deputy": HELENA}, "deputy", "Helena Voss is away then too"),
        ("jonas", {"deputy": TOBIAS}, "deputy", "Tobias Brandt does not answer for Plant 3 desk"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_at_its_field(
    table: Table, who: str, typed: dict[str, str], field: str, words: str
) -> None:
    is_away(table, HELENA, None, NOON + DAY, NOON + DAY + HOUR)
    with pytest.raises(FormRefused, match=words) as refused:
        goes(table, who, **typed)

    assert [field] == list(refused.value.problems)


@pytest.mark.parametrize("fact", ["is_bot", "is_guest", "is_deactivated"])
def test_only_colleagues_stand_in(table: Table, fact: str) -> None:
    table.database.run_now(lambda session: session.query(Member).filter_by(slack_id=TOBIAS).update({fact: True}))
    with pytest.raises(FormRefused, match="Only a colleague"):
        goes(table, "mara", TOBIAS)


def test_a_retired_desk_asks_nothing_of_a_deputy(table: Table) -> None:
    table.database.run_now(lambda session: session.query(Desk).update({"retired_at": NOON}))

    assert TOBIAS == goes(table, "jonas", TOBIAS).deputy


def test_a_colleague_of_the_desk_stands_in(table: Table) -> None:
    assert PRIYA == goes(table, "jonas", PRIYA).deputy


def test_only_the_person_ends_an_absence(table: Table) -> None:
    absence = goes(table, "mara", TOBIAS)
    with pytest.raises(RequestUnknown):
        table.do(absences.come_back, table.people.tobias, absence.id, how=None)

    assert TOBIAS == acting_for(table, MARA)


def test_coming_back_twice_is_coming_back_once(table: Table) -> None:
    absence = goes(table, "mara", TOBIAS)
    for _press in range(2):
        table.do(absences.come_back, table.people.mara, absence.id, how=None)

    assert MARA == acting_for(table, MARA)


def test_a_planned_absence_that_overlaps_ends_where_the_new_one_begins(table: Table) -> None:
    goes(table, "mara", TOBIAS)
    goes(table, "mara", HELENA, away_from="2026-11-26", back_on="2026-12-02")

    assert [TOBIAS, HELENA, MARA] == [acting_for(table, MARA, NOON + days * DAY) for days in (1, 3, 9)]


def test_the_deputy_who_goes_away_too_hands_the_open_turn_on(table: Table) -> None:
    request_id = table.offered(a_part())
    goes(table, "mara", TOBIAS)
    goes(table, "tobias", HELENA)

    told = [(row.channel, row.is_live) for row in table.messages(request_id, Notice.OFFER_FOR_YOU)]
    assert [(MARA, True), (TOBIAS, False), (HELENA, True)] == told


def test_one_open_turn_is_handed_over_once_however_often_it_was_told(table: Table) -> None:
    request_id = table.offered(a_part())
    table.sweep(NOON + 3 * HOUR + 30 * MINUTE)
    goes(table, "mara", TOBIAS, back_on="2026-12-02")

    mine = [row for row in table.messages(request_id) if row.channel == TOBIAS]
    assert [Notice.TURN_WARNING] == [row.notice for row in mine]


def test_what_is_settled_is_not_handed_over(table: Table) -> None:
    request_id = table.offered(a_part())
    table.do(negotiation.accept, table.people.mara, request_id)
    goes(table, "mara", TOBIAS)

    assert [] == [row for row in table.messages(request_id) if row.channel == TOBIAS]


def test_the_sweep_begins_and_ends_each_absence_once(table: Table) -> None:
    goes(table, "mara", TOBIAS, away_from="2026-11-25")
    looked = [table.database.run_now(absences.begin_and_end, NOON + days * DAY) for days in (0, 1, 1, 9, 9)]

    assert [0, 1, 0, 1, 0] == looked


def test_an_absence_that_passed_during_downtime_only_ends(table: Table) -> None:
    request_id = table.offered(a_part())
    goes(table, "mara", TOBIAS, away_from="2026-11-25")
    table.database.run_now(absences.begin_and_end, NOON + 9 * DAY)

    assert [] == [row for row in table.messages(request_id) if row.channel == TOBIAS]


def test_a_new_deputy_takes_over_from_the_old_without_a_word_to_who_is_away(table: Table) -> None:
    request_id = table.offered(a_part())
    goes(table, "mara", TOBIAS)
    table.at += MINUTE
    goes(table, "mara", HELENA)

    told = [(row.channel, row.is_live) for row in table.messages(request_id, Notice.OFFER_FOR_YOU)]
    assert [(MARA, True), (TOBIAS, False), (HELENA, True)] == told


def test_what_is_given_to_a_deputy_at_night_waits_for_the_morning(table: Table) -> None:
    request_id = table.offered(a_part(valid_until=NOON + 9 * DAY))
    goes(table, "mara", TOBIAS, away_from="2026-11-25")
    table.database.run_now(absences.begin_and_end, NOON + 12 * HOUR)

    (given,) = [row for row in table.messages(request_id) if row.channel == TOBIAS]
    assert NOON + 18 * HOUR == given.not_before
