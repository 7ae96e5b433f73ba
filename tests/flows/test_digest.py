"""The weekly digest: once, on Monday at eight by the workspace's own clocks, silent when nothing happened."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.database import Database
from bot.services.digest import digest_due
from models import Digest, OutboxMessage, Tenant
from models.ask import ReasonCode
from models.commitment import Outcome
from models.digest_page import DigestPage
from models.digest_slot import due_slots
from models.lifecycle import Status
from models.outbox import Notice, Surface
from models.pair import Pair
from models.pairing import PairKind, PairState
from models.scorecard import Why
from models.service_level import ClockKind
from models.summit import Agreement, Summit
from tests.builders import (
    DAY,
    HELENA,
    HOUR,
    JONAS,
    LEADERS,
    MARA,
    MINUTE,
    NOON,
    TOBIAS,
    Workspace,
    a_calendar,
)
from tests.rows import a_clock, a_commitment, a_request, an_offer

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=BERLIN)
"""When the digest of NOON's week is due."""
WEEK_OF = date(2026, 11, 23)


def test_the_digest_comes_on_monday_at_eight(database: Database, workspace: Workspace) -> None:
    database.run_now(a_request, workspace)

    assert database.run_now(digest_due, MONDAY - MINUTE) == 0
    assert database.run_now(digest_due, MONDAY) == 1
    (row,) = _posted(database)
    assert (row.key, row.channel, row.notice) == ("digest:2026-11-23:C0LEADERS", LEADERS, Notice.DIGEST)


def test_it_is_made_once(database: Database, workspace: Workspace) -> None:
    database.run_now(a_request, workspace)

    made = [database.run_now(digest_due, MONDAY + minutes * MINUTE) for minutes in range(0, 30, 5)]

    assert made == [1, 0, 0, 0, 0, 0]
    assert len(_posted(database)) == 1


def test_two_replicas_make_one(database: Database, workspace: Workspace) -> None:
    database.run_now(a_request, workspace)
    start = threading.Barrier(2)
    made = []

    def make() -> None:
        start.wait()
        made.append(database.run_now(digest_due, MONDAY))

    replicas = [threading.Thread(target=make) for _ in range(2)]
    for replica in replicas:
        replica.start()
    for replica in replicas:
        replica.join()

    assert sorted(made) == [0, 1]
    assert len(_posted(database)) == 1


def test_two_that_have_both_looked_still_make_one(database: Database, workspace: Workspace) -> None:
    """The second finds no row, because the first has not committed: the unique key decides."""
    if database.is_sqlite:
        pytest.skip("one writer at a time")
    database.run_now(a_request, workspace)
    second: list[int] = []
    with Session(database.engine) as first:
        assert digest_due(first, MONDAY) == 1
        other = threading.Thread(target=lambda: second.append(database.run_now(digest_due, MONDAY)))
        other.start()
        other.join(timeout=0.3)
        assert other.is_alive(), "it waits for the row"
        first.commit()
    other.join(timeout=10)

    assert second == [0]
    assert len(_posted(database)) == 1


def test_a_quiet_week_is_silent_and_decided_once(database: Database, workspace: Workspace) -> None:
    database.run_now(digest_due, MONDAY)

    (digest,) = _digests(database)
    assert digest.is_silent
    assert digest.week_of == WEEK_OF
    assert _posted(database) == []


def test_what_waits_for_a_decision_breaks_the_silence(database: Database, workspace: Workspace) -> None:
    database.run_now(_overdue_since, workspace, NOON)

    database.run_now(digest_due, MONDAY + 7 * DAY)

    (digest,) = _digests(database)
    assert not digest.is_silent
    assert _pages(database)[0].card.requests == 0
    assert len(_posted(database)) == 1


@pytest.mark.parametrize(("late", "made"), [(0 * DAY, 1), (3 * DAY, 1), (3 * DAY + MINUTE, 0), (6 * DAY, 0)])
def test_a_late_start_catches_up_for_three_days(
    database: Database, workspace: Workspace, late: timedelta, made: int
) -> None:
    database.run_now(a_request, workspace)

    assert database.run_now(digest_due, MONDAY + late) == made
    assert len(_posted(database)) == made


def test_after_a_long_pause_only_the_newest_is_made(database: Database, workspace: Workspace) -> None:
    database.run_now(a_request, workspace)
    database.run_now(a_request, workspace, asked_at=NOON + 21 * DAY)

    database.run_now(digest_due, MONDAY + 21 * DAY)

    assert [digest.week_of for digest in _digests(database)] == [WEEK_OF + 21 * DAY]


def test_weeks_before_the_installation_are_not_told_about(database: Database, workspace: Workspace) -> None:
    database.run_now(_set, installed_at=MONDAY + HOUR)
    database.run_now(a_request, workspace)

    assert database.run_now(digest_due, MONDAY + 2 * HOUR) == 0


def test_a_workspace_that_removed_the_app_gets_none(database: Database, workspace: Workspace) -> None:
    database.run_now(_set, uninstalled_at=NOON)
    database.run_now(a_request, workspace)

    assert database.run_now(digest_due, MONDAY) == 0


def test_without_a_leadership_channel_it_goes_to_each_leader(database: Database, workspace: Workspace) -> None:
    database.run_now(_set, leadership_channel=None)
    database.run_now(a_request, workspace)

    assert database.run_now(digest_due, MONDAY) == 1
    assert [row.channel for row in _posted(database)] == [HELENA]


@pytest.mark.parametrize(
    ("zone", "monday"),
    [
        ("Europe/Berlin", date(2026, 3, 30)),
        ("Europe/Berlin", date(2026, 10, 26)),
        ("America/Chicago", date(2026, 3, 9)),
        ("Australia/Lord_Howe", date(2026, 10, 5)),
        ("Pacific/Apia", date(2026, 6, 1)),
    ],
)
def test_it_is_eight_on_the_wall_whatever_the_clocks_did(zone: str, monday: date) -> None:
    """The Mondays after the clocks changed, and a place far ahead of UTC."""
    eight = datetime.combine(monday, time(8), ZoneInfo(zone)).astimezone(UTC)

    assert [slot.instant for slot in due_slots(0, time(8), zone, None, eight)] == [eight]
    assert [slot.week.start for slot in due_slots(0, time(8), zone, None, eight + 3 * DAY)] == [monday - 7 * DAY]
    assert due_slots(0, time(8), zone, None, eight - MINUTE) == []


def test_on_a_holiday_it_comes_on_the_next_working_morning() -> None:
    """Easter Monday, and a plant that is closed over two Mondays: both weeks are told about when it opens."""
    closed = tuple((date(2026, 12, 25) + n * DAY, "Closed") for n in range(11))
    hours = replace(a_calendar(), closed_dates=((date(2026, 4, 6), "Easter Monday"), *closed))
    tuesday = datetime(2026, 4, 7, 8, tzinfo=BERLIN)
    reopens = datetime(2027, 1, 5, 8, tzinfo=BERLIN)

    def weeks(at: datetime) -> list[date]:
        return [slot.week.start for slot in due_slots(0, time(8), "Europe/Berlin", hours, at)]

    assert weeks(tuesday - MINUTE) == []
    assert weeks(tuesday) == [date(2026, 3, 30)]
    assert weeks(reopens - MINUTE) == []
    assert weeks(reopens) == [date(2026, 12, 21), date(2026, 12, 28)]


def test_a_day_on_which_nobody_ever_works_was_chosen_by_somebody() -> None:
    saturday = datetime(2026, 11, 28, 8, tzinfo=BERLIN)
    assert [slot.instant for slot in due_slots(5, time(8), "Europe/Berlin", a_calendar(), saturday)] == [saturday]


def test_a_week_ends_at_midnight_where_the_clocks_change(database: Database, workspace: Workspace) -> None:
    """The week of 26 October 2026 in Berlin has 168 hours, the one before 169: its last hour belongs to it."""
    database.run_now(_set, installed_at=datetime(2026, 9, 1, tzinfo=UTC))
    last = datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)
    database.run_now(a_request, workspace, asked_at=last)
    database.run_now(a_request, workspace, asked_at=last + timedelta(seconds=1))

    database.run_now(digest_due, datetime(2026, 10, 26, 7, 0, tzinfo=UTC))
    database.run_now(digest_due, datetime(2026, 11, 2, 7, 0, tzinfo=UTC))

    assert [page.card.requests for page in _pages(database)] == [1, 1]


def test_the_figures_of_a_week(database: Database, workspace: Workspace) -> None:
    database.run_now(_a_full_week, workspace)

    database.run_now(digest_due, MONDAY)

    [page] = _pages(database)
    card = page.card
    assert (card.requests, card.answered.hits, card.within_target.hits, card.response.n) == (4, 3, 2, 3)
    assert card.response.listed == (600, 1800, 2 * 3600)
    assert (card.commitments_due, card.commitments_kept, card.commitments_unreported) == (3, 1, 1)
    assert card.closed == 2
    assert card.loop.share.hits == 1
    assert [point.requests for point in page.weeks] == [0] * 11 + [1, 4]
    assert [figure.before for figure in page.figures] == [1, 0, None, None, None]


def test_a_night_between_ask_and_answer_is_not_waiting_time(database: Database, workspace: Workspace) -> None:
    evening = datetime(2026, 11, 24, 16, 50, tzinfo=BERLIN)
    morning = datetime(2026, 11, 25, 7, 5, tzinfo=BERLIN)
    database.run_now(a_request, workspace, asked_at=evening, first_responded_at=morning)

    database.run_now(digest_due, MONDAY)

    assert _pages(database)[0].card.response.listed == (15 * 60,)


def test_decisions_come_first_the_longest_overdue_before_others(database: Database, workspace: Workspace) -> None:
    def overdue(session: Session) -> list[int]:
        offered = a_request(session, workspace, status=Status.OFFERED)
        an_offer(session, offered, NOON + HOUR)
        a_clock(session, offered, ClockKind.DECISION, deadline_at=NOON + HOUR)
        agreed = a_request(session, workspace, status=Status.AGREED)
        a_clock(session, agreed, ClockKind.OUTCOME, deadline_at=NOON + 3 * HOUR)
        a_clock(session, agreed, ClockKind.OUTCOME, deadline_at=NOON + 2 * HOUR)
        asked = a_request(session, workspace)
        a_clock(session, asked, ClockKind.FIRST_RESPONSE, deadline_at=NOON, escalated_at=NOON + HOUR)
        a_clock(session, a_request(session, workspace), ClockKind.ANSWER, deadline_at=MONDAY + MINUTE)
        return [asked.id, offered.id, agreed.id]

    expected = database.run_now(overdue)

    database.run_now(digest_due, MONDAY)

    [figures] = _pages(database)
    assert [one.request_id for one in figures.decisions] == expected
    assert [one.why for one in figures.decisions] == [Why.NOBODY_ANSWERED, Why.OFFER_LAPSED, Why.OUTCOME_UNKNOWN]
    assert [one.is_escalated for one in figures.decisions] == [True, False, False]
    assert figures.decisions[2].since == NOON + 2 * HOUR


def test_many_decisions_are_counted_and_the_oldest_shown(database: Database, workspace: Workspace) -> None:
    def overdue(session: Session) -> None:
        for hours in range(12):
            _overdue_since(session, workspace, NOON + hours * HOUR)

    database.run_now(overdue)

    database.run_now(digest_due, MONDAY)

    [figures] = _pages(database)
    assert figures.decisions_open == 12
    assert [one.since for one in figures.decisions] == [NOON + hours * HOUR for hours in range(10)]


def test_another_workspace_is_not_counted(database: Database, workspace: Workspace) -> None:
    database.run_now(a_request, workspace)
    database.run_now(_another_workspace)

    assert database.run_now(digest_due, MONDAY) == 2
    assert [page.card.requests for page in _pages(database)] == [1, 0]


def test_a_sent_digest_never_changes(database: Database, workspace: Workspace) -> None:
    database.run_now(a_request, workspace)
    database.run_now(digest_due, MONDAY)
    before = _digests(database)[0].figures
    database.run_now(a_request, workspace, first_responded_at=NOON + MINUTE)

    database.run_now(digest_due, MONDAY + HOUR)

    assert _digests(database)[0].figures == before


def _overdue_since(session: Session, workspace: Workspace, deadline: datetime) -> None:
    a_clock(session, a_request(session, workspace), ClockKind.FIRST_RESPONSE, deadline_at=deadline)


def _a_full_week(session: Session, workspace: Workspace) -> None:
    kept = a_request(session, workspace, first_responded_at=NOON + 10 * MINUTE, status=Status.FULFILLED)
    kept.closed_at = NOON + DAY
    a_commitment(session, kept, date(2026, 11, 25), outcome=Outcome.IN_FULL)
    a_commitment(session, kept, date(2026, 11, 29), outcome=Outcome.LATE)
    a_commitment(session, kept, date(2026, 11, 26), outcome=Outcome.CANCELLED)
    a_commitment(session, kept, date(2026, 11, 30), outcome=Outcome.IN_FULL)
    slow = a_request(session, workspace, first_responded_at=NOON + 2 * HOUR)
    a_commitment(session, slow, date(2026, 11, 23))
    a_request(session, workspace, first_responded_at=NOON + 30 * MINUTE, reason_code=ReasonCode.OWN_MISSED_COMMITMENT)
    a_request(session, workspace, status=Status.WITHDRAWN, closed_at=NOON + HOUR)
    a_request(session, workspace, asked_at=NOON - 7 * DAY, first_responded_at=NOON)


def _another_workspace(session: Session) -> None:
    session.add(Tenant(team_id="T0OTHER", zone="Europe/Berlin", installed_at=NOON))


def _set(session: Session, **facts: object) -> None:
    session.execute(sa.update(Tenant).values(**facts))


def _digests(database: Database) -> list[Digest]:
    return database.run_now(lambda session: list(session.scalars(sa.select(Digest).order_by(Digest.id))))


def _pages(database: Database) -> list[DigestPage]:
    return [DigestPage.from_json(digest.figures) for digest in _digests(database)]


def _posted(database: Database) -> list[OutboxMessage]:
    posted = sa.select(OutboxMessage).where(OutboxMessage.surface == Surface.DIGEST)
    return database.run_now(lambda session: list(session.scalars(posted)))


def test_the_page_tells_what_was_agreed_last_and_how_many_met(database: Database, workspace: Workspace) -> None:
    """What nobody called done stays on it, soonest first; pairs are a number, never names."""

    def agreed(session: Session) -> None:
        a_request(session, workspace)
        facts = {"tenant_id": workspace.tenant_id, "month": WEEK_OF.replace(day=1), "made_at": NOON}
        days = {"first_day": WEEK_OF, "last_day": WEEK_OF, "zone": "Europe/Berlin"}
        summit = Summit(**facts, **days, starts_at=NOON, minutes=60, page={})
        session.add(summit)
        session.flush()
        common = {"tenant_id": workspace.tenant_id, "summit_id": summit.id, "who": HELENA, "made_by": HELENA}
        for what, days_on, done_at in (("done", 1, NOON), ("open", 30, None), ("overdue", 2, None)):
            by_day = WEEK_OF + days_on * DAY
            session.add(Agreement(**common, what=what, by_day=by_day, made_at=NOON, done_at=done_at))
        for sales, state in ((MARA, PairState.DONE), (TOBIAS, PairState.OPEN)):
            session.add(Pair(**facts, kind=PairKind.COFFEE, sales=sales, ops=JONAS, state=state))

    database.run_now(agreed)

    database.run_now(digest_due, MONDAY)

    [page] = _pages(database)
    assert [(one.what, one.state.value) for one in page.agreements] == [
        ("overdue", "overdue"),
        ("open", "open"),
        ("done", "done"),
    ]
    assert page.people[HELENA] == "Helena Voss"
    assert (page.pairs_made, page.pairs_met) == (2, 1)


def test_a_workspace_whose_digest_breaks_keeps_no_other_from_its_own(database: Database, workspace: Workspace) -> None:
    def furnish_both(session: Session) -> None:
        session.get_one(Tenant, workspace.tenant_id).zone = "Mars/Olympus"
        session.add(Tenant(team_id="T0OTHER", installed_at=NOON, zone="Europe/Berlin"))

    database.run_now(furnish_both)

    assert database.run_now(digest_due, MONDAY) == 1
