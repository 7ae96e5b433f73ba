"""Steps of a clock come in order, in working time, and targets survive being stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.service_level import HOLDER, ClockKind, Holder, Step, Targets, step_due
from tests.builders import HOUR, NOON, a_calendar

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def due(step: Step, started_at: datetime, target: int = 3600, escalate_after: int = 1800) -> datetime:
    return step_due(step, started_at=started_at, target=target, escalate_after=escalate_after, calendar=a_calendar())


def test_the_steps_of_an_hour_are_half_four_fifths_the_whole_and_half_an_hour_more() -> None:
    assert [due(step, NOON) - NOON for step in Step] == [
        timedelta(minutes=30),
        timedelta(minutes=48),
        timedelta(minutes=60),
        timedelta(minutes=90),
    ]


def test_a_step_waits_over_night() -> None:
    before_closing = NOON.replace(hour=15, minute=45)
    assert due(Step.WARN_HALF, before_closing) == NOON.replace(day=25, hour=6, minute=15)


@given(st.integers(0, 14 * 24 * 60), st.integers(1, 40 * 3600), st.integers(0, 8 * 3600))
def test_steps_come_in_order(minutes: int, target: int, escalate_after: int) -> None:
    started_at = MONDAY + timedelta(minutes=minutes)
    times = [due(step, started_at, target, escalate_after) for step in Step]
    assert times == sorted(times)
    assert times[0] >= started_at


def test_each_step_has_one_that_follows_but_the_last() -> None:
    assert [step.following for step in Step] == [Step.WARN_MOST, Step.BREACH, Step.ESCALATE, None]


@pytest.mark.parametrize("kind", list(ClockKind))
def test_every_kind_of_wait_has_a_target_and_somebody_who_holds_it(kind: ClockKind) -> None:
    assert Targets().of(kind) > 0
    assert HOLDER[kind] in {Holder.DESK, Holder.REQUESTER}


def test_targets_are_the_same_after_being_stored() -> None:
    targets = Targets(first_response=900, escalate_after=60)
    assert Targets.from_json(targets.to_json()) == targets


def test_an_hour_of_the_builders_is_an_hour_of_the_targets() -> None:
    assert Targets().first_response == HOUR.total_seconds()
