"""App Home has parts: who has which, what each shows, how it is narrowed down and turned, and what stays hidden."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models import Desk, ExpediteRequest, HomeChoice
from models.home_page import PAGE
from models.lifecycle import Status
from models.service_level import ClockKind
from tests import payloads
from tests.builders import FRIDAY, HELENA, HOUR, JONAS, MARA, MINUTE, NOON, Workspace
from tests.conversations.conftest import Talk, button
from tests.reading import text_of
from tests.rows import a_clock, a_commitment, a_request


async def home_of(talk: Talk, user: str) -> dict[str, Any]:
    await talk.send(payloads.home_opened(user))
    return talk.slack.homes[user]


async def chooses(talk: Talk, user: str, menu: str, value: str) -> dict[str, Any]:
    element = button((await home_of(talk, user))["blocks"], menu)
    chosen = next(one for one in element["options"] if one["value"] == value)
    body = payloads.click_in_view(user, {**element, "selected_option": chosen}, talk.slack.homes[user])
    body["actions"][0]["selected_option"] = chosen
    await talk.send(body)
    return talk.slack.homes[user]


async def presses(talk: Talk, user: str, action_id: str) -> dict[str, Any]:
    home = talk.slack.homes[user]
    await talk.send(payloads.click_in_view(user, button(home["blocks"], action_id), home))
    return talk.slack.homes[user]


def parts_of(home: dict[str, Any]) -> list[str]:
    return [one["value"] for one in button(home["blocks"], "home_part")["options"]]


def labels_in(home: dict[str, Any]) -> list[str]:
    texts = [block["text"]["text"] for block in home["blocks"] if "accessory" in block]
    return [text.split("*")[1] for text in texts if text.startswith("*EXP-")]


def _fill(session: Session, workspace: Workspace, n: int, **facts: Any) -> None:
    for minutes in range(n):
        request = a_request(session, workspace, **facts)
        a_clock(session, request, ClockKind.FIRST_RESPONSE, deadline_at=NOON + (minutes + 1) * MINUTE)


async def test_everybody_has_the_parts_of_their_roles(talk: Talk) -> None:
    assert parts_of(await home_of(talk, MARA)) == ["now", "mine"]
    assert parts_of(await home_of(talk, JONAS)) == ["now", "mine", "desk"]
    assert parts_of(await home_of(talk, HELENA)) == ["now", "mine", "leaders"]


async def test_a_part_that_is_no_longer_theirs_is_not_shown(talk: Talk, workspace: Workspace) -> None:
    """A choice outlives a role; the right is asked for when it is drawn."""
    await talk.database.run(_fill, workspace, 1)
    choice = HomeChoice(tenant_id=workspace.tenant_id, slack_id=MARA, part="desk", desk_id=workspace.desk_id)
    await talk.database.run(lambda session: session.add(choice))

    home = await home_of(talk, MARA)

    assert "Queue by time left" not in text_of(home)
    assert "Your requests, nothing to do now: 1" in text_of(home)


async def test_my_requests_say_what_the_customer_may_be_told(talk: Talk, workspace: Workspace) -> None:
    def two(session: Session) -> None:
        agreed = a_request(session, workspace, status=Status.AGREED, customer="Fabrikam")
        a_commitment(session, agreed)
        _fill(session, workspace, 1)
        a_request(session, workspace, requester=JONAS, customer="Not Mara's")

    await talk.database.run(two)

    said = text_of(await chooses(talk, MARA, "home_part", "mine"))

    assert "My open requests: 2" in said
    assert "Acme may be told: we are on it, and nothing is promised yet." in said
    assert "Fabrikam may be told: “We will ship 100 pcs by Fri 27 Nov.”" in said
    assert "Not Mara's" not in said


async def test_a_long_queue_is_turned_page_by_page(talk: Talk, workspace: Workspace) -> None:
    await talk.database.run(_fill, workspace, PAGE + 3)
    first = await chooses(talk, JONAS, "home_part", "desk")
    assert f"Queue by time left: {PAGE + 3}" in text_of(first)
    assert f"1 to {PAGE} of {PAGE + 3}" in text_of(first)

    second = await presses(talk, JONAS, "home_next")
    assert f"{PAGE + 1} to {PAGE + 3} of {PAGE + 3}" in text_of(second)
    assert not set(labels_in(first)) & set(labels_in(second))

    await talk.database.run(lambda session: session.execute(_close_all_but(1)))
    assert len(labels_in(await home_of(talk, JONAS))) == 1, "a page that is no more shows the last there is"


async def test_a_list_is_narrowed_down_to_where_it_stands_and_to_a_customer(talk: Talk, workspace: Workspace) -> None:
    await talk.database.run(_fill, workspace, 2, customer="Contoso 100%")
    await talk.database.run(_fill, workspace, 1, status=Status.OFFERED)
    await chooses(talk, JONAS, "home_part", "desk")
    assert len(labels_in(await chooses(talk, JONAS, "home_standing", "offered"))) == 1

    whole = await presses(talk, JONAS, "home_all")
    assert len(labels_in(whole)) == 3
    await presses(talk, JONAS, "home_search")
    await talk.submits(JONAS, talk.form, customer="  oso 100% ")
    found = talk.slack.homes[JONAS]
    assert len(labels_in(found)) == 2
    assert "Only customers whose name contains “oso 100%”." in text_of(found)
    assert labels_in(await chooses(talk, JONAS, "home_standing", "offered")) == []
    assert "Nothing is open here." in text_of(talk.slack.homes[JONAS])


async def test_my_turn_is_what_waits_for_me(talk: Talk, workspace: Workspace) -> None:
    def two(session: Session) -> None:
        _fill(session, workspace, 2)
        offered = a_request(session, workspace, status=Status.OFFERED, customer="Fabrikam")
        a_clock(session, offered, ClockKind.DECISION)

    await talk.database.run(two)
    await chooses(talk, MARA, "home_part", "mine")

    said = text_of(await chooses(talk, MARA, "home_standing", "turn"))

    assert "My open requests: 1" in said
    assert "for Fabrikam" in said


async def test_the_desk_reads_its_week_what_is_at_risk_and_its_hot_list(talk: Talk, workspace: Workspace) -> None:
    def promised(session: Session) -> None:
        agreed = a_request(session, workspace, status=Status.AGREED)
        a_commitment(session, agreed)
        risky = {"at_risk_since": NOON, "risk_reason": "press 4 is down", "position": 2}
        a_commitment(session, agreed, FRIDAY.replace(month=12), **risky)

    await talk.database.run(promised)

    said = text_of(await chooses(talk, JONAS, "home_part", "desk"))

    assert "Plant 3 desk · hot list 1 of 8" in said
    assert "Committed for this week: 1" in said
    assert "100 pcs of BRK-2040 for Acme, due Fri 27 Nov" in said
    assert "At risk: 1" in said
    assert "*At risk:* press 4 is down" in said


async def test_on_two_desks_one_can_be_chosen_and_nobody_elses(talk: Talk, workspace: Workspace) -> None:
    def second_desk(session: Session) -> int:
        first = session.get_one(Desk, workspace.desk_id)
        facts = {"calendar_id": first.calendar_id, "policy_id": first.policy_id, "channel_id": "C0PLANT4"}
        desk = Desk(tenant_id=first.tenant_id, name="Plant 4 desk", **facts)
        session.add(desk)
        session.flush()
        a_request(session, workspace, desk_id=desk.id)
        return desk.id

    other = await talk.database.run(second_desk)
    await talk.database.run(_fill, workspace, 1)
    await chooses(talk, JONAS, "home_part", "desk")
    forged = {"type": "static_select", "action_id": "home_desk", "options": []}
    body = payloads.click_in_view(JONAS, forged, talk.slack.homes[JONAS])
    body["actions"][0]["selected_option"] = {"value": str(other)}
    await talk.send(body)

    assert "Queue by time left: 1" in text_of(talk.slack.homes[JONAS]), "the other desk is not theirs"


async def test_leaders_see_where_a_mediator_was_called_in(talk: Talk, workspace: Workspace) -> None:
    def overdue(session: Session) -> None:
        called = a_request(session, workspace, customer="Fabrikam")
        late = {"deadline_at": NOON - HOUR, "breached_at": NOON - HOUR, "escalated_at": NOON - HOUR / 2}
        a_clock(session, called, ClockKind.FIRST_RESPONSE, started_at=NOON - 2 * HOUR, **late)
        _fill(session, workspace, 1)

    await talk.database.run(overdue)

    said = text_of(await chooses(talk, HELENA, "home_part", "leaders"))

    assert "Where a mediator was called in: 1" in said
    assert "No digest was made yet." in said
    assert "for Fabrikam" in said
    assert "for Acme" not in said


async def test_leaders_see_the_figures_of_the_last_digest(talk: Talk, workspace: Workspace) -> None:
    await talk.database.run(_fill, workspace, 3)
    await talk.pass_time(days=7)

    said = text_of(await chooses(talk, HELENA, "home_part", "leaders"))

    assert "Expedites, week 48" in said
    assert "Requests · This week: 3" in said


def _close_all_but(left: int) -> sa.Update:
    kept = sa.select(ExpediteRequest.id).order_by(ExpediteRequest.id).limit(left)
    return sa.update(ExpediteRequest).where(ExpediteRequest.id.not_in(kept)).values(status=Status.WITHDRAWN)
