"""Steps of a clock come in order, in working time, and targets survive being stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.service_level import (
    HOLDER,
    TURNS,
    Audience,
    ClockKind,
    EscalationStep,
    Holder,
    ServiceLevels,
    Step,
    Targets,
    share_due,
)
from tests.builders import HOUR, NOON, a_calendar

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


SHARES = (Step.WARN_HALF, Step.WARN_MOST, Step.BREACH)


def due(step: Step, started_at: datetime, target: int = 3600) -> datetime:
    return share_due(step, started_at=started_at, target=target, calendar=a_calendar())


def test_the_steps_of_an_hour_are_half_four_fifths_and_the_whole() -> None:
    assert [due(step, NOON) - NOON for step in SHARES] == [
        timedelta(minutes=30),
        timedelta(minutes=48),
        timedelta(minutes=60),
    ]


def test_a_step_waits_over_night() -> None:
    before_closing = NOON.replace(hour=15, minute=45)
    assert due(Step.WARN_HALF, before_closing) == NOON.replace(day=25, hour=6, minute=15)


@given(st.integers(0, 14 * 24 * 60), st.integers(1, 40 * 3600))
def test_steps_come_in_order(minutes: int, target: int) -> None:
    started_at = MONDAY + timedelta(minutes=minutes)
    times = [due(step, started_at, target) for step in SHARES]
    assert times == sorted(times)
    assert times[0] >= started_at


def test_a_step_that_repeats_is_a_rung_for_each_time() -> None:
    desk, leader = EscalationStep(600, Audience.DESK, repeats=2), EscalationStep(1800, Audience.MEDIATOR)
    levels = ServiceLevels(ServiceLevels.usual().targets, (desk, leader))
    assert levels.rungs == (desk, desk, desk, leader)


@pytest.mark.parametrize("levels", [ServiceLevels.usual(), ServiceLevels.alike(Targets())])
def test_a_policy_is_the_same_after_being_stored(levels: ServiceLevels) -> None:
    assert ServiceLevels.from_json(levels.to_json()) == levels


def test_the_first_policies_call_the_leadership_in_after_their_own_wait() -> None:
    levels = ServiceLevels.from_json(Targets(escalate_after=600).to_json())
    assert levels.rungs == (EscalationStep(600, Audience.MEDIATOR),)


@pytest.mark.parametrize("kind", TURNS)
def test_every_kind_of_wait_has_a_target_and_somebody_who_holds_it(kind: ClockKind) -> None:
    assert Targets().of(kind) > 0
    assert HOLDER[kind] in {Holder.DESK, Holder.REQUESTER}


def test_targets_are_the_same_after_being_stored() -> None:
    targets = Targets(first_response=900, escalate_after=60)
    assert Targets.from_json(targets.to_json()) == targets


def test_an_hour_of_the_builders_is_an_hour_of_the_targets() -> None:
    assert Targets().first_response == HOUR.total_seconds()
