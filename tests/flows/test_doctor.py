"""What could not be delivered, told so that an admin knows what to do."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.database import Database
from bot.services import doctor
from models import OutboxMessage, Tenant
from models.outbox import Delivery, Notice, Surface
from tests.builders import DAY, LEADERS, MARA, NOON, PLANT3, Workspace
from tests.rows import a_request


@pytest.mark.parametrize(
    ("surface", "notice", "channel", "error", "told"),
    [
        (
            Surface.CARD,
            Notice.CARD,
            PLANT3,
            "not_in_channel",
            "The card of EXP-12 did not reach the channel of Plant 3 desk. The app is not in that channel: invite it.",
        ),
        (
            Surface.DIRECT,
            Notice.RECEIPT,
            MARA,
            "user_not_found",
            "A direct message of EXP-12 did not reach Mara Lindqvist. There is no such person any more.",
        ),
        (
            Surface.DIGEST,
            Notice.DIGEST,
            LEADERS,
            "is_archived",
            (
                "The weekly digest did not reach the leadership channel. "
                "The channel is archived: restore it or choose another."
            ),
        ),
        (
            Surface.CHANNEL,
            Notice.ESCALATION,
            "C0GONE",
            "something_new",
            "A message did not reach C0GONE. Slack answered “something_new”.",
        ),
    ],
)
def test_a_refused_message_says_what_where_and_what_to_do(
    database: Database, workspace: Workspace, surface: Surface, notice: Notice, channel: str, error: str, told: str
) -> None:
    about = surface in {Surface.CARD, Surface.DIRECT}
    database.run_now(
        _put, workspace, about=about, surface=surface, notice=notice, channel=channel, error=error, state=Delivery.DEAD
    )

    assert _told(database, workspace) == [told]


def test_a_message_of_which_nobody_knows_says_so(database: Database, workspace: Workspace) -> None:
    database.run_now(_put, workspace, about=True, state=Delivery.UNSURE)

    assert _told(database, workspace) == [
        (
            "The card of EXP-12 may or may not have reached the channel of Plant 3 desk: Slack did not say. "
            "Look there before telling it again."
        )
    ]


def test_the_advice_does_not_depend_on_the_detail_that_slack_adds(database: Database, workspace: Workspace) -> None:
    database.run_now(_put, workspace, state=Delivery.DEAD, error="missing_scope: chat:write")

    assert "install it again with the current manifest" in _told(database, workspace)[0]


@pytest.mark.parametrize("state", [Delivery.READY, Delivery.STALE])
def test_what_only_an_admin_can_set_going_again_is_told(
    database: Database, workspace: Workspace, state: Delivery
) -> None:
    """It waits by itself, so nothing is lost; but it would wait for ever."""
    database.run_now(_put, workspace, state=state, error="token_revoked")

    (told,) = _told(database, workspace)
    assert told.startswith("The card still waits to reach the channel of Plant 3 desk.")
    assert "install the app again" in told


def test_a_busy_slack_is_nothing_to_tell_an_admin(database: Database, workspace: Workspace) -> None:
    database.run_now(_put, workspace, error="ratelimited")

    assert _told(database, workspace) == []


def test_trying_again_brings_no_news_of_long_ago(database: Database, workspace: Workspace) -> None:
    old = NOON - 8 * DAY

    def put(session: Session) -> None:
        figures = {"surface": Surface.DIGEST, "notice": Notice.DIGEST, "state": Delivery.DEAD}
        _put(session, workspace, key="card:1", made_at=old, state=Delivery.DEAD)
        _put(session, workspace, key="digest:old", made_at=old, **figures)
        _put(session, workspace, key="digest:new", **figures)

    database.run_now(put)

    assert database.run_now(doctor.retry, at=NOON) == 2
    assert ["The weekly digest" in told for told in _told(database, workspace)] == [True]


@pytest.mark.parametrize("state", [Delivery.READY, Delivery.STALE, Delivery.SENDING, Delivery.SENT])
def test_what_is_on_its_way_is_not_told(database: Database, workspace: Workspace, state: Delivery) -> None:
    database.run_now(_put, workspace, state=state)

    assert _told(database, workspace) == []


def test_homes_are_left_out(database: Database, workspace: Workspace) -> None:
    """They are drawn again when they are opened."""
    database.run_now(_put, workspace, surface=Surface.HOME, notice=Notice.HOME, state=Delivery.DEAD)

    assert _told(database, workspace) == []


def test_the_newest_come_first_and_not_all(database: Database, workspace: Workspace) -> None:
    def many(session: Session) -> None:
        for number in range(30):
            _put(session, workspace, key=f"card:{number}", error=f"fault_{number}", state=Delivery.DEAD)

    database.run_now(many)

    told = _told(database, workspace)
    assert len(told) == 20
    assert "fault_29" in told[0]


def test_another_workspace_is_not_told_about(database: Database, workspace: Workspace) -> None:
    def elsewhere(session: Session) -> int:
        _put(session, workspace, state=Delivery.DEAD)
        other = Tenant(team_id="T0OTHER", installed_at=NOON)
        session.add(other)
        session.flush()
        return other.id

    assert database.run_now(doctor.undelivered, database.run_now(elsewhere)) == []


def _put(session: Session, workspace: Workspace, *, about: bool = False, **facts: Any) -> None:
    usual = {
        "tenant_id": workspace.tenant_id,
        "key": "card:1",
        "surface": Surface.CARD,
        "notice": Notice.CARD,
        "channel": PLANT3,
        "not_before": NOON,
        "made_at": NOON,
        "request_id": a_request(session, workspace, number=12).id if about else None,
    }
    session.add(OutboxMessage(**usual | facts))
    session.flush()


def _told(database: Database, workspace: Workspace) -> list[str]:
    return database.run_now(doctor.undelivered, workspace.tenant_id)
