"""A person's work list: whose turn, ordered by time left, with a fixed number of selects however much there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.database import Database
from models import Desk, DeskMember, HomeChoice, Member, OutboxMessage, RoleGrant, Tenant
from models.home_choice import HomePart
from models.home_page import PAGE
from models.home_pages import home_shown
from models.home_queries import MOST_LINES, home_picture
from models.lifecycle import Status
from models.outbox import Delivery, Notice, Surface
from models.picture import HomeLine, HomePicture
from models.request_clock import ClockState
from models.service_level import ClockKind, Holder
from models.tenant import Role
from tests.builders import DAY, HELENA, HOUR, JONAS, MARA, MINUTE, NOON, PLANT3, SAM, TOBIAS, Workspace
from tests.rows import a_clock, a_commitment, a_request


@pytest.fixture
def home(database: Database, workspace: Workspace) -> Callable[[str], HomePicture]:
    return lambda slack_id: database.run_now(home_picture, workspace.tenant_id, slack_id, NOON)


def test_an_offer_and_a_question_are_the_requesters_turn(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    offered = _request(database, workspace, Status.OFFERED, ClockKind.DECISION, NOON + 2 * HOUR)
    asked_back = _request(database, workspace, Status.INFO_NEEDED, ClockKind.INFORMATION, NOON + HOUR)
    waiting = _request(database, workspace, Status.ASKED, ClockKind.FIRST_RESPONSE, NOON + MINUTE)

    shown = home(MARA)

    assert _ids(shown.my_turn) == [asked_back, offered]
    assert _ids(shown.my_waiting) == [waiting]
    assert all(line.is_my_turn for line in shown.my_turn)
    assert not any(line.is_my_turn for line in shown.my_waiting)
    assert shown.desk_name is None
    assert not shown.desk_turn
    assert not shown.desk_waiting


def test_the_desk_sees_what_it_owes_and_what_waits_for_sales(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    later = _request(database, workspace, Status.ACKNOWLEDGED, ClockKind.ANSWER, NOON + 2 * HOUR)
    sooner = _request(database, workspace, Status.ASKED, ClockKind.FIRST_RESPONSE, NOON + HOUR)
    offered = _request(database, workspace, Status.OFFERED, ClockKind.DECISION, NOON + 3 * HOUR)

    shown = home(JONAS)

    assert _ids(shown.desk_turn) == [sooner, later]
    assert _ids(shown.desk_waiting) == [offered]
    assert (shown.desk_name, shown.hot_open, shown.hot_cap) == ("Plant 3 desk", 3, 8)
    assert not shown.my_turn
    assert not shown.my_waiting


def test_a_line_carries_its_clock_and_the_hours_it_runs_in(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    _request(database, workspace, Status.ASKED, ClockKind.FIRST_RESPONSE, NOON + HOUR)

    (line,) = home(JONAS).desk_turn

    assert line.clock is not None
    assert (line.clock.kind, line.clock.deadline_at) == (ClockKind.FIRST_RESPONSE, NOON + HOUR)
    assert line.calendar.is_open(NOON)


def test_a_committed_lot_is_asked_about_once_its_day_has_closed(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    def agreed(session: Session) -> tuple[int, int]:
        request = a_request(session, workspace, status=Status.AGREED)
        first, second = a_commitment(session, request), a_commitment(session, request, position=2)
        outcome = ClockKind.OUTCOME
        a_clock(session, request, outcome, commitment_id=second.id, started_at=NOON + DAY, deadline_at=NOON + 2 * DAY)
        a_clock(session, request, outcome, commitment_id=first.id, started_at=NOON - HOUR, deadline_at=NOON + DAY)
        return request.id, first.id

    request_id, lot_id = database.run_now(agreed)

    shown = home(JONAS)
    assert [(line.request.id, line.commitment and line.commitment.id) for line in shown.desk_turn] == [
        (request_id, lot_id)
    ]
    assert shown.desk_waiting == []


def test_before_its_day_a_commitment_is_nobodys_turn(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    outcome = {"started_at": NOON + 3 * DAY, "deadline_at": NOON + 4 * DAY}
    agreed = _request(database, workspace, Status.AGREED, ClockKind.OUTCOME, **outcome)

    shown = home(JONAS)
    assert (_ids(shown.desk_turn), _ids(shown.desk_waiting)) == ([], [agreed])
    assert _ids(home(MARA).my_waiting) == [agreed]


def test_a_committed_request_carries_the_lot_that_ships_next(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    def agreed(session: Session) -> int:
        request = a_request(session, workspace, status=Status.AGREED)
        first, second = a_commitment(session, request), a_commitment(session, request, position=2)
        for lot, days in ((first, 5), (second, 3)):
            starts = {"started_at": NOON + days * DAY, "deadline_at": NOON + (days + 1) * DAY}
            a_clock(session, request, ClockKind.OUTCOME, commitment_id=lot.id, **starts)
        return second.id

    soonest = database.run_now(agreed)

    for lines in (home(MARA).my_waiting, home(JONAS).desk_waiting):
        assert [line.commitment and line.commitment.id for line in lines] == [soonest]


def test_what_is_closed_or_stopped_or_somebody_elses_is_not_there(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    _request(database, workspace, Status.WITHDRAWN, ClockKind.FIRST_RESPONSE, NOON, state=ClockState.STOPPED)
    others = _request(database, workspace, Status.OFFERED, ClockKind.DECISION, NOON + HOUR, requester=TOBIAS)

    assert not home(MARA).my_turn
    assert not home(MARA).my_waiting
    assert _ids(home(TOBIAS).my_turn) == [others]


def test_without_a_running_clock_a_request_is_still_listed_last(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    def two(session: Session) -> list[int]:
        silent = a_request(session, workspace)
        timed = a_request(session, workspace)
        a_clock(session, timed, ClockKind.FIRST_RESPONSE)
        return [timed.id, silent.id]

    expected = database.run_now(two)

    assert _ids(home(MARA).my_waiting) == expected


def test_long_lists_are_cut_to_those_with_the_least_time(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    def many(session: Session) -> None:
        for minutes in range(30, 0, -1):
            request = a_request(session, workspace)
            a_clock(session, request, ClockKind.FIRST_RESPONSE, deadline_at=NOON + minutes * MINUTE)

    database.run_now(many)

    lines = home(JONAS).desk_turn
    assert len(lines) == MOST_LINES
    assert [line.clock and line.clock.deadline_at for line in lines] == [
        NOON + minutes * MINUTE for minutes in range(1, MOST_LINES + 1)
    ]
    assert home(JONAS).hot_open == 30


def test_the_number_of_selects_does_not_grow(database: Database, workspace: Workspace) -> None:
    def counted(requests: int) -> int:
        for _more in range(requests):
            _request(database, workspace, Status.ASKED, ClockKind.FIRST_RESPONSE, NOON + HOUR, requester=JONAS)
            _request(database, workspace, Status.OFFERED, ClockKind.DECISION, NOON + HOUR, requester=JONAS)
        with _statements(database) as seen:
            database.run_now(home_picture, workspace.tenant_id, JONAS, NOON)
        return len(seen)

    assert counted(1) == counted(10) <= 14


@pytest.mark.parametrize("part", list(HomePart))
def test_no_part_asks_more_of_the_database_when_there_is_more(
    database: Database, workspace: Workspace, part: HomePart
) -> None:
    database.run_now(_choose, workspace, part)

    def counted(requests: int) -> int:
        for _more in range(requests):
            escalated = {"breached_at": NOON, "escalated_at": NOON, "requester": JONAS}
            database.run_now(_promised, workspace, **escalated)
        with _statements(database) as seen:
            shown = database.run_now(home_shown, workspace.tenant_id, JONAS, NOON)
        assert shown.part is part
        return len(seen)

    assert counted(1) == counted(2 * PAGE) <= 26


def test_times_are_told_in_the_persons_own_zone(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    database.run_now(_move, MARA, "America/Chicago")
    database.run_now(_move, TOBIAS, "")

    assert [home(slack_id).zone for slack_id in (MARA, TOBIAS, "U0UNKNOWN")] == [
        "America/Chicago",
        "Europe/Berlin",
        "Europe/Berlin",
    ]


def test_a_workspace_without_a_desk_says_so(database: Database) -> None:
    def bare(session: Session) -> HomePicture:
        tenant = Tenant(team_id="T0BARE", installed_at=NOON)
        session.add(tenant)
        session.flush()
        return home_picture(session, tenant.id, MARA, NOON)

    assert not database.run_now(bare).is_set_up


def test_somebody_on_two_desks_sees_both(database: Database, workspace: Workspace) -> None:
    def second_desk(session: Session) -> HomePicture:
        first = session.get_one(Desk, workspace.desk_id)
        desk = Desk(
            tenant_id=first.tenant_id,
            name="Plant 4 desk",
            channel_id="C0PLANT4",
            calendar_id=first.calendar_id,
            policy_id=first.policy_id,
        )
        session.add(desk)
        session.flush()
        session.add(DeskMember(tenant_id=first.tenant_id, desk_id=desk.id, slack_id=JONAS))
        for desk_id in (first.id, desk.id):
            a_clock(session, a_request(session, workspace, desk_id=desk_id), ClockKind.FIRST_RESPONSE)
        return home_picture(session, workspace.tenant_id, JONAS, NOON)

    shown = database.run_now(second_desk)
    assert (shown.desk_name, shown.hot_open, shown.hot_cap) == ("Plant 3 desk, Plant 4 desk", 2, 16)
    assert len(shown.desk_turn) == 2


def test_only_admins_read_what_could_not_be_delivered(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    database.run_now(_dead, workspace)

    assert [len(home(slack_id).undelivered) for slack_id in (SAM, HELENA, MARA, JONAS)] == [1, 0, 0, 0]


def test_the_requester_holds_only_what_is_theirs(
    database: Database, workspace: Workspace, home: Callable[[str], HomePicture]
) -> None:
    """A clock that nobody holds is on neither side's list of turns."""

    def nobodys(session: Session) -> None:
        a_clock(session, a_request(session, workspace), ClockKind.ANSWER, holder=Holder.NOBODY)

    database.run_now(nobodys)

    assert (len(home(MARA).my_turn), len(home(JONAS).desk_turn)) == (0, 0)
    assert (len(home(MARA).my_waiting), len(home(JONAS).desk_waiting)) == (1, 1)


def _request(
    database: Database,
    workspace: Workspace,
    status: Status,
    kind: ClockKind,
    deadline_at: Any = None,
    *,
    state: ClockState = ClockState.OPEN,
    started_at: Any = NOON - timedelta(minutes=5),
    requester: str = MARA,
) -> int:
    def put_down(session: Session) -> int:
        request = a_request(session, workspace, status=status, requester=requester)
        a_clock(session, request, kind, deadline_at=deadline_at, started_at=started_at, state=state)
        return request.id

    return database.run_now(put_down)


def _choose(session: Session, workspace: Workspace, part: HomePart) -> None:
    session.add(RoleGrant(tenant_id=workspace.tenant_id, slack_id=JONAS, role=Role.LEADER))
    session.add(HomeChoice(tenant_id=workspace.tenant_id, slack_id=JONAS, part=part))


def _promised(session: Session, workspace: Workspace, requester: str, **facts: Any) -> None:
    request = a_request(session, workspace, status=Status.AGREED, requester=requester)
    lot = a_commitment(session, request, at_risk_since=NOON)
    a_clock(session, request, ClockKind.OUTCOME, commitment_id=lot.id, **facts)


def _ids(lines: Any) -> list[int]:
    return [line.request.id for line in lines if isinstance(line, HomeLine)]


def _move(session: Session, slack_id: str, zone: str) -> None:
    session.execute(sa.update(Member).where(Member.slack_id == slack_id).values(zone=zone))


def _dead(session: Session, workspace: Workspace) -> None:
    row = OutboxMessage(
        tenant_id=workspace.tenant_id,
        key="card:1",
        surface=Surface.CARD,
        notice=Notice.CARD,
        channel=PLANT3,
        not_before=NOON,
        made_at=NOON,
        state=Delivery.DEAD,
        error="is_archived",
    )
    session.add(row)


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
