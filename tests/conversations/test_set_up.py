"""The first set-up: from an empty workspace to a test card that somebody at the desk has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from bot.ports import NotAccepted
from bot.services import settings
from models import Desk, DeskMember, RoleGrant, SettingChange, Tenant
from tests import payloads
from tests.builders import HELENA, JONAS, LEADERS, MARA, NAMES, PLANT3, PRIYA, SAM, TEAM, ZONE
from tests.builders import NOON as INSTALLED
from tests.conversations.test_settings import buttons, texts
from tests.payloads import click_in_view

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.conversations.conftest import Talk

DESK = {"name": "Plant 3 desk", "channel": PLANT3, "hours/zone": ZONE, "hours/week": "Mon-Fri 07:00-17:00"}
PEOPLE = {"roles/leaders": [HELENA], "leadership_channel": LEADERS}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind is enough: what is tried here is a conversation."""
    return sqlite_url


@pytest.fixture
def workspace(database: Any) -> None:
    """Installed a moment ago: people, and nothing else."""
    database.run_now(_installed)


def _installed(session: Session) -> None:
    from models import Member  # noqa: PLC0415 beside its only use

    tenant = Tenant(team_id=TEAM, name="Northbridge Valves", installed_at=INSTALLED)
    session.add(tenant)
    session.flush()
    session.add_all(Member(tenant_id=tenant.id, slack_id=one, name=name, zone=ZONE) for one, name in NAMES.items())


@pytest.fixture
def talk_as_admin(talk: Talk) -> Talk:
    talk.slack.workspace_admins = {SAM}
    talk.slack.channel_members = {PLANT3: [JONAS, PRIYA]}
    return talk


async def rows(talk: Talk, kind: Any) -> list[Any]:
    return await talk.database.run(lambda session: list(session.scalars(sa.select(kind).order_by(kind.id))))


async def home(talk: Talk, who: str) -> dict[str, Any]:
    await talk.send(payloads.home_opened(who))
    return talk.slack.homes[who]


async def presses(talk: Talk, who: str, view: dict[str, Any], action: str) -> dict[str, Any]:
    element = next(one for one in buttons(view) if one["action_id"] == action)
    return await talk.send(click_in_view(who, element, view))


async def steps(talk: Talk, who: str = SAM) -> dict[str, Any]:
    """The first two steps; gives the third."""
    await presses(talk, who, await home(talk, who), "set_up")
    second = (await talk.submits(who, talk.form, **DESK))["view"]
    return (await talk.submits(who, second, **PEOPLE))["view"]


async def test_three_steps_end_with_a_card_that_somebody_saw(talk_as_admin: Talk) -> None:
    talk = talk_as_admin
    third = await steps(talk)
    sent = (await talk.submits(SAM, third))["view"]

    assert "on its way to <#C0PLANT3>" in texts(sent)[0]
    card = talk.card
    assert "Sam Okafor sets up Expedite Desk. Expedite requests for Plant 3 desk will arrive here" in card.text
    await talk.presses(JONAS, card, "test_works")
    assert talk.card.text == (
        "*Test card: it works.* Seen by Jonas Keller. Expedite requests for Plant 3 desk will arrive here."
    )
    assert [tenant.set_up_at is not None for tenant in await rows(talk, Tenant)] == [True]
    assert "set_up" not in [one["action_id"] for one in buttons(await home(talk, SAM))]


async def test_what_was_told_is_what_holds(talk_as_admin: Talk) -> None:
    talk = talk_as_admin
    await steps(talk)

    now = await talk.database.run(settings.read, 1)
    assert [(desk.name, desk.channel, desk.hours.zone, desk.is_default) for desk in now.desks] == [
        ("Plant 3 desk", PLANT3, ZONE, True)
    ]
    assert (now.admins, now.leaders, now.leadership_channel) == ((SAM,), (HELENA,), LEADERS)
    assert {member.slack_id for member in await rows(talk, DeskMember)} == {JONAS, PRIYA}
    assert [change.part for change in await rows(talk, SettingChange)] == [
        "roles/admins",
        "desks/Plant 3 desk",
        "leadership_channel",
        "roles/leaders",
    ]
    await talk.asks()
    assert talk.card.channel == PLANT3


async def test_a_mistake_is_told_at_its_question(talk_as_admin: Talk) -> None:
    talk = talk_as_admin
    await presses(talk, SAM, await home(talk, SAM), "set_up")

    first = talk.form
    for wrong, question in (({"hours/week": "daily"}, "hours/week"), ({"channel": ""}, "channel")):
        answer = await talk.submits(SAM, first, **{**DESK, **wrong})
        assert list(answer["errors"]) == [question]
    second = (await talk.submits(SAM, first, **DESK))["view"]
    answer = await talk.submits(SAM, second, **{"members/from": "list"})
    assert list(answer["errors"]) == ["members/people"]


async def test_whom_slack_calls_no_admin_sets_up_nothing(talk_as_admin: Talk) -> None:
    talk = talk_as_admin
    await presses(talk, MARA, await home(talk, MARA), "set_up")

    assert "Only admins can change the settings" in str(talk.form)
    assert await rows(talk, RoleGrant) == await rows(talk, Desk) == []


async def test_there_is_one_first_admin(talk_as_admin: Talk) -> None:
    """Later ones are named by an admin: who administers Slack need not administer this."""
    talk = talk_as_admin
    await talk.types(SAM, "settings")
    talk.slack.workspace_admins = {MARA}
    answer = await talk.types(MARA, "settings")

    assert answer["text"].startswith("Only admins")
    assert [grant.slack_id for grant in await rows(talk, RoleGrant)] == [SAM]


async def test_without_slacks_answer_nobody_becomes_an_admin(talk_as_admin: Talk) -> None:
    talk = talk_as_admin
    talk.slack.will_fail(NotAccepted("ratelimited"), on="is_workspace_admin")
    answer = await talk.types(SAM, "settings")

    assert answer["text"].startswith("Only admins")


async def test_only_the_desk_and_admins_confirm_the_card(talk_as_admin: Talk) -> None:
    talk = talk_as_admin
    await talk.submits(SAM, await steps(talk))
    await talk.presses(MARA, talk.card, "test_works")

    assert talk.whispered(MARA) == ["Only people of the desk and admins can confirm the test card."]
    assert [tenant.set_up_at for tenant in await rows(talk, Tenant)] == [None]


async def test_colleagues_are_not_bothered_once_a_desk_is_there(talk_as_admin: Talk) -> None:
    talk = talk_as_admin
    await steps(talk)

    assert "set_up" not in [one["action_id"] for one in buttons(await home(talk, MARA))]
    assert {"set_up", "settings"} <= {one["action_id"] for one in buttons(await home(talk, SAM))}
