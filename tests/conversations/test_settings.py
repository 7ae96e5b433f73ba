"""Admins change the settings in Slack: every form through Bolt's dispatch, every mistake told at its question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from bot.ports import Person, Refused
from bot.services import settings
from models import DeskMember, ExpediteRequest, SettingChange
from models.settings import MembersFrom
from tests import payloads
from tests.builders import HELENA, JONAS, MARA, PLANT3, PRIYA, SAM, Workspace
from tests.documents import a_desk
from tests.payloads import click_in_view, event

if TYPE_CHECKING:
    from models.settings import WorkspaceSettings
    from tests.conversations.conftest import Talk

SHORT_FRIDAY = "Mon-Thu 06:00-12:00,12:30-16:00; Fri 06:00-12:00"
OTHER_PLANT = "C0PLANT7"
KEPT = "• 1 open request of Plant 3 desk keeps the old policy."


class Settings:
    """Sam at the settings: what is pressed and sent, and what the window shows."""

    def __init__(self, talk: Talk, who: str = SAM) -> None:
        self.talk = talk
        self.who = who
        self.view: dict[str, Any] = {}

    async def opened(self) -> Settings:
        await self.talk.types(self.who, "settings")
        return self.seen()

    def seen(self) -> Settings:
        self.view = self.talk.form
        return self

    async def press(self, value: str, **typed: Any) -> Settings:
        """Press the button with this value, or with this action."""
        element = next(one for one in buttons(self.view) if value in {one["value"], one["action_id"]})
        await self.talk.send(click_in_view(self.who, element, self.view, **typed))
        return self.seen()

    async def send(self, **typed: Any) -> dict[str, Any]:
        """Send the form; what comes back in its place is shown from then on."""
        answer = await self.talk.submits(self.who, self.view, **typed)
        if "view" in answer:
            self.view = {**answer["view"], "id": self.view["id"]}
        return answer

    async def change(self, part: str, **typed: Any) -> list[str]:
        """Change one part and save it; gives what was said before saving."""
        await (await self.opened()).press(part)
        answer = await self.send(**typed)
        assert "errors" not in answer, answer
        said = texts(self.view)
        await self.send()
        assert texts(self.view)[0].startswith("*Saved.*")
        return said

    async def refused(self, part: str, **typed: Any) -> dict[str, str]:
        await (await self.opened()).press(part)
        answer = await self.send(**typed)
        assert answer.get("response_action") == "errors", answer
        return answer["errors"]


def buttons(view: dict[str, Any]) -> list[dict[str, Any]]:
    rows = [block for block in view["blocks"] if block["type"] == "actions"]
    found = [element for block in rows for element in block["elements"]]
    return [*found, *(block["accessory"] for block in view["blocks"] if "accessory" in block)]


def texts(view: dict[str, Any]) -> list[str]:
    return [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One kind is enough: what is tried here is forms; tests/flows tries the service on both."""
    return sqlite_url


@pytest.fixture
def sam(talk: Talk) -> Settings:
    talk.slack.channel_members = {PLANT3: [JONAS, PRIYA], OTHER_PLANT: [PRIYA, HELENA]}
    talk.slack.group_members = {"S0OPS": [HELENA]}
    return Settings(talk)


async def now(talk: Talk) -> WorkspaceSettings:
    return await talk.database.run(settings.read, 1)


async def members(talk: Talk, desk_id: int = 1) -> set[str]:
    found = sa.select(DeskMember.slack_id).where(DeskMember.desk_id == desk_id)
    return set(await talk.database.run(lambda session: session.scalars(found).all()))


async def rows(talk: Talk, kind: Any) -> list[Any]:
    return await talk.database.run(lambda session: list(session.scalars(sa.select(kind).order_by(kind.id))))


def dates(year: int) -> str:
    """Two hundred days of a year: as many as one question holds."""
    return "\n".join(f"{date(year, 1, 1) + timedelta(days=n)} x" for n in range(200))


async def test_hours_are_changed_said_back_saved_and_written_down(talk: Talk, sam: Settings) -> None:
    await talk.asks()
    said = await sam.change("hours:1", **{"hours/week": SHORT_FRIDAY.replace("; ", "\n")})

    assert said == [
        "*This would change:*",
        f"• Plant 3 desk, working hours: week Mon-Fri 07:00-17:00 → week {SHORT_FRIDAY}\n{KEPT}",
    ]
    (change,) = await rows(talk, SettingChange)
    assert (change.by, change.part) == (SAM, "desks/Plant 3 desk/hours")
    await sam.press("settings_record")
    assert texts(sam.view)[0].startswith("*Sam Okafor*, Tue 24 Nov: Plant 3 desk, working hours:")


async def test_nothing_is_changed_before_it_is_saved(talk: Talk, sam: Settings) -> None:
    await (await sam.opened()).press("desk:1")
    await sam.send(hot_cap="12")
    assert (await now(talk)).desks[0].hot_cap == 8

    await sam.press("settings_back")
    (asked,) = [block for block in sam.view["blocks"] if block.get("block_id") == "hot_cap"]
    assert asked["element"]["initial_value"] == "12"
    await sam.send(hot_cap="8")
    assert texts(sam.view) == ["Nothing changes: the settings say this already."]
    assert "submit" not in sam.view


async def test_only_admins_see_the_settings_and_only_they_save_them(talk: Talk, sam: Settings) -> None:
    answer = await talk.types(MARA, "settings")
    assert answer["text"].startswith("Only admins can change the settings.")

    await (await sam.opened()).press("desk:1")
    await sam.send(hot_cap="12")
    await talk.database.run(lambda session: session.execute(sa.text("DELETE FROM role_grants WHERE role = 'admin'")))
    await sam.send()
    assert "Only admins can change the settings" in texts(sam.view)[0]
    assert (await now(talk)).desks[0].hot_cap == 8


async def test_of_two_admins_the_later_is_asked_to_look_again(talk: Talk, sam: Settings) -> None:
    await (await sam.opened()).press("desk:1")
    await sam.send(hot_cap="12")
    await Settings(talk).change("desk:1", hot_cap="5")

    await sam.send()
    assert texts(sam.view) == [
        "Sam Okafor changed the settings a moment ago, so nothing was changed by you. Look again."
    ]
    assert (await now(talk)).desks[0].hot_cap == 5


MISTAKES: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "overlapping windows": ("hours:1", {"hours/week": "Mon 08:00-12:00,11:00-17:00"}, "hours/week", "overlap"),
    "end before start": ("hours:1", {"hours/week": "Mon-Fri 17:00-08:00"}, "hours/week", "ends before it starts"),
    "no hours at all": ("hours:1", {"hours/week": ""}, "hours/week", "at least one day"),
    "hours nobody can read": ("hours:1", {"hours/week": "Mon-Fri 8 to 5"}, "hours/week", "not a span of hours"),
    "unknown zone": ("hours:1", {"hours/zone": "Europe/Plant"}, "hours/zone", "not a time zone"),
    "400 closed dates": (
        "closed:1",
        {"closed/2026": dates(2026), "closed/2027": dates(2027)},
        "closed/2026",
        "400 closed dates",
    ),
    "a date that is none": ("closed:1", {"closed/2027": "2027-02-30 Fools"}, "closed/2027", "does not begin"),
    "a date twice": ("closed:1", {"closed/2027": "2027-02-01 a\n2027-02-01 b"}, "closed/2027", "listed twice"),
    "unknown region": ("closed:1", {"hours/holidays": "XX"}, "hours/holidays", "No public holidays"),
    "a calendar of meetings": (
        "closed:1",
        {"calendar_file": "BEGIN:VEVENT\nDTSTART:20261225T080000\nEND:VEVENT"},
        "calendar_file",
        "time of day",
    ),
    "a span that is none": (
        "levels:1",
        {"service_levels/high/answer": "soon"},
        "service_levels/high/answer",
        "not a span of time",
    ),
    "no time to answer": (
        "levels:1",
        {"service_levels/critical/decision": "0"},
        "service_levels/critical/decision",
        "between",
    ),
    "an amount that is none": (
        "urgency:1",
        {"service_levels/urgency_rules/high_above": "much"},
        "service_levels/urgency_rules/high_above",
        "not an amount",
    ),
    "an escalation without end": (
        "escalation:1",
        {"escalation/1/repeat": "99"},
        "escalation/1/repeat",
        "without end",
    ),
    "a step without a person": (
        "escalation:1",
        {"escalation/1/notify": "person"},
        "escalation/1/person",
        "Which person",
    ),
    "a step at once": ("escalation:1", {"escalation/1/after": "0 min"}, "escalation/1/after", "between"),
    "no name": ("desk:1", {"name": " "}, "name", "Give the desk a name"),
    "no channel": ("desk:1", {"channel": ""}, "channel", "Choose the channel"),
    "a hot list of words": ("desk:1", {"hot_cap": "many"}, "hot_cap", "not a whole number"),
    "nobody answers": ("desk:1", {"members/from": "list"}, "members/people", "at least one person"),
    "a rule for everything": ("desk:1", {"takes/items": "*"}, "takes/items", "take everything"),
    "no group": ("desk:1", {"members/from": "group"}, "members/group", "Which user group"),
    "no admin left": ("roles:", {"roles/admins": []}, "roles/admins", "at least one admin"),
    "hours of Sales": ("sales:", {"hours/zone": "UTC", "hours/week": "Mon 9-5"}, "hours/week", "not a span of hours"),
    "a new desk in a taken channel": (
        "desk:0",
        {"name": "Plant 7", "channel": PLANT3, "hours/zone": "UTC", "hours/week": "Mon-Fri 08:00-17:00"},
        "channel",
        "works in that channel already",
    ),
    "a new desk of the same name": ("desk:0", {"name": "plant 3 DESK"}, "name", "Choose another name"),
    "a new desk without hours": (
        "desk:0",
        {"name": "Plant 7", "channel": OTHER_PLANT, "hours/zone": "UTC"},
        "hours/week",
        "at least one day",
    ),
}


async def test_every_mistake_is_told_at_its_question(talk: Talk, sam: Settings) -> None:
    """One after another in one workspace: a mistake changes nothing, so the next finds everything as it was."""
    told = {name: await sam.refused(part, **typed) for name, (part, typed, _question, _sentence) in MISTAKES.items()}

    wanted = {name: question for name, (_part, _typed, question, _sentence) in MISTAKES.items()}
    assert wanted == {name: ", ".join(found) for name, found in told.items()}
    silent = [name for name, (*_form, question, said) in MISTAKES.items() if said not in told[name][question]]
    assert silent == []
    assert await rows(talk, SettingChange) == []


async def test_a_step_that_reaches_nobody_new_is_told_at_its_row(talk: Talk, sam: Settings) -> None:
    """The row without a time to wait is no step: the third row is the second step."""
    await (await sam.opened()).press("escalation:1")
    for _ in range(2):
        await sam.press("add_step")
    answer = await sam.send(**{"escalation/3/after": "1 h", "escalation/3/notify": "mediator"})

    assert list(answer["errors"]) == ["escalation/3/notify"]
    assert "reaches nobody new: step 1" in answer["errors"]["escalation/3/notify"]


async def test_an_escalation_is_built_step_by_step(talk: Talk, sam: Settings) -> None:
    await (await sam.opened()).press("escalation:1")
    await sam.press("add_step", **{"escalation/1/after": "20 min"})
    first = {"escalation/1/notify": "person", "escalation/1/person": PRIYA, "escalation/1/repeat": "2"}
    second = {"escalation/2/after": "1 h", "escalation/2/notify": "group", "escalation/2/group": "S0OPS"}
    await sam.send(**first, **second, **{"escalation/2/urgent": ["urgent"]})
    await sam.send()

    steps = (await now(talk)).desks[0].levels.escalation
    assert [(step.after_secs, step.audience.value, step.target, step.repeats, step.is_urgent) for step in steps] == [
        (1200, "person", PRIYA, 2, False),
        (3600, "group", "S0OPS", 0, True),
    ]


async def test_public_holidays_are_proposed_and_only_ticked_ones_taken(talk: Talk, sam: Settings) -> None:
    await (await sam.opened()).press("closed:1")
    await sam.press("propose_dates", **{"hours/holidays": "DE-BY", "closed/2026": "2026-12-31 Stocktaking"})
    boxes = [block for block in sam.view["blocks"] if str(block.get("block_id")).startswith("proposed/")]
    offered = [option["value"] for block in boxes for option in block["element"]["options"]]
    assert offered[0] == "2026-12-25"
    assert all(len(block["element"]["options"]) <= 10 for block in boxes)

    pasted = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270809\nSUMMARY:Works outing\nEND:VEVENT"
    await sam.send(**{"proposed/0": ["2026-12-25", "2027-01-06"], "calendar_file": pasted})
    await sam.send()
    hours = (await now(talk)).desks[0].hours
    assert hours.region == "DE-BY"
    assert [f"{day} {name}" for day, name in hours.closed_dates] == [
        "2026-12-25 Christmas Day",
        "2026-12-31 Stocktaking",
        "2027-01-06 Epiphany",
        "2027-08-09 Works outing",
    ]


async def test_a_region_that_is_unknown_is_said_above_the_form(talk: Talk, sam: Settings) -> None:
    await (await sam.opened()).press("closed:1")
    await sam.press("propose_dates", **{"hours/holidays": "Bavaria"})

    assert "No public holidays are known for “Bavaria”" in texts(sam.view)[0]


async def test_all_other_parts_are_saved(talk: Talk, sam: Settings) -> None:
    await sam.change("levels:1", **{"service_levels/high/answer": "2 h", "service_levels/longest_answer": "90 h"})
    await sam.change("sales:", **{"hours/zone": "Europe/Berlin", "hours/week": "Mon-Fri 09:00-18:00"})
    await sam.change("sales_closed:", **{"closed/2026": "2026-12-24 Christmas Eve"})
    await sam.change("roles:", **{"roles/leaders": [HELENA, JONAS]})
    await sam.change("places:", **{"digest/day": "Thu", "digest/at": "16:30", "log_channel": "C0LOG"})
    await sam.change("watched:", watched_channels=["C0SALES"])
    meets = {"summit/week": "last", "summit/day": "Thu", "summit/at": "09:30", "summit/minutes": "90"}
    await sam.change("summit:", **meets, words="We keep breweries running.")
    reason = "service_levels/urgency_rules/by_reason/stock_out"
    await sam.change("urgency:1", **{reason: "critical", "service_levels/urgency_rules/high_above": ""})

    found = await now(talk)
    high = dict(found.desks[0].levels.targets)
    assert [targets.answer for targets in high.values()] == [14_400, 7_200, 14_400]
    assert found.sales_hours is not None
    assert [name for _day, name in found.sales_hours.closed_dates] == ["Christmas Eve"]
    assert (found.leaders, found.log_channel, found.watched_channels) == ((HELENA, JONAS), "C0LOG", ("C0SALES",))
    assert (found.digest.weekday, f"{found.digest.at:%H:%M}") == (3, "16:30")
    assert (found.summit.week.value, found.summit.weekday, found.summit.minutes) == ("last", 3, 90)
    assert found.words == "We keep breweries running."
    rules = found.desks[0].levels.urgency_rules
    assert rules is not None
    assert (rules["by_reason"]["stock_out"], rules["high_above"]) == ("critical", None)


async def test_a_desk_chooses_its_emoji_and_they_are_read_as_it_wants_from_then_on(talk: Talk, sam: Settings) -> None:
    refused = await sam.refused("reactions:1", **{"reactions/commit": ":eyes: a`b"})
    assert "means something else already" in refused["reactions/commit"]

    said = await sam.change("reactions:1", **{"reactions/commit": ":thumbsup: 🤝", "reactions/acknowledge": ""})
    await talk.asks()
    await talk.reacts(JONAS, "white_check_mark")
    await talk.reacts(JONAS, "eyes")
    assert "acknowledge" in drawn(talk)
    await talk.reacts(JONAS, "+1::skin-tone-4")
    assert "acknowledge" not in drawn(talk)

    # What it did is taken back whatever the emoji means by then.
    await sam.change("reactions:1", **{"reactions/commit": ""})
    await talk.reacts(JONAS, "+1::skin-tone-4", removed=True)
    assert "acknowledge" in drawn(talk)
    assert "+1, handshake" in said[1]
    changes = await talk.database.run(lambda session: [row.part for row in session.query(SettingChange)])
    assert ["desks/Plant 3 desk/reactions"] * 2 == changes


def drawn(talk: Talk) -> str:
    return str(talk.card.message.blocks)


async def test_rules_of_urgency_that_stay_as_they_are_are_no_change(talk: Talk, sam: Settings) -> None:
    await (await sam.opened()).press("urgency:1")
    await sam.send()

    assert texts(sam.view) == ["Nothing changes: the settings say this already."]


async def test_a_new_desk_takes_the_requests_its_rule_names(talk: Talk, sam: Settings) -> None:
    said = await sam.change(
        "desk:0",
        **{
            "name": "Valve desk",
            "channel": OTHER_PLANT,
            "takes/items": "BRK-*\nVALVE-*",
            "hours/zone": "Europe/Berlin",
            "hours/week": "Mon-Fri 06:00-14:00",
        },
    )
    assert "Helena Voss can answer for Valve desk." in said[1]
    assert await members(talk, 2) == {PRIYA, HELENA}

    await talk.types(MARA, "100 pcs BRK-2040 for Acme by Friday")
    assert "Valve desk" in str(talk.form)
    second = (await talk.submits(MARA, talk.form, reason_code="line_down"))["view"]
    review = (await talk.submits(MARA, second))["view"]
    await talk.submits(MARA, review)
    (request,) = await rows(talk, ExpediteRequest)
    assert request.desk_id == 2
    assert len(talk.slack.in_channel(OTHER_PLANT)) == 1
    await talk.asks("5 pcs GSK-7 for Acme by Friday")
    assert [one.desk_id for one in await rows(talk, ExpediteRequest)] == [2, 1]


async def test_who_answers_follows_the_channel_the_group_or_the_list(talk: Talk, sam: Settings) -> None:
    said = await sam.change("desk:1", channel=OTHER_PLANT)
    assert "Jonas Keller can no longer answer for Plant 3 desk." in said[1]
    assert await members(talk) == {PRIYA, HELENA}

    await sam.change("desk:1", **{"members/from": "group", "members/group": "S0OPS"})
    assert await members(talk) == {HELENA}
    await talk.send(event(MARA, "member_joined_channel", channel=OTHER_PLANT, team="T0NORTHBR"))
    assert await members(talk) == {HELENA}
    talk.slack.group_members["S0OPS"] = [HELENA, JONAS]
    await talk.send(event(None, "subteam_members_changed", subteam_id="S0OPS", added_users=[JONAS]))
    assert await members(talk) == {HELENA, JONAS}

    await sam.change("desk:1", **{"members/from": "list", "members/people": [MARA]})
    assert await members(talk) == {MARA}
    assert (await now(talk)).desks[0].members.source is MembersFrom.LIST


async def test_a_channel_that_slack_does_not_show_is_said_after_saving(talk: Talk, sam: Settings) -> None:
    talk.slack.will_fail(Refused("not_in_channel"), on="members_of", times=2)
    said = await sam.change("desk:1", channel="C0SECRET")

    assert "Who answers for Plant 3 desk is read from Slack after saving." in said[1]
    assert "Who is in <#C0SECRET> is not known yet" in texts(sam.view)[0]
    assert await members(talk) == {JONAS, PRIYA}


async def test_people_of_other_companies_do_not_answer_for_a_desk(talk: Talk, sam: Settings) -> None:
    """A shared channel lists them among its members."""
    talk.slack.channel_members[OTHER_PLANT] = [PRIYA, "U0THEIRS"]
    talk.slack.roster = [Person("U0THEIRS", "Their planner", "UTC", is_stranger=True)]
    await sam.change("desk:1", channel=OTHER_PLANT)

    assert await members(talk) == {PRIYA}


async def test_a_desk_is_retired_and_its_requests_stay_with_it(talk: Talk, sam: Settings, workspace: Workspace) -> None:
    seven = replace(a_desk("Plant 7", channel=OTHER_PLANT), is_default=False)
    both = replace(await now(talk), desks=(*(await now(talk)).desks, seven))
    await talk.database.run(
        lambda session: settings.apply(session, workspace.sam, both, expected_version=0, at=talk.clock.now())
    )
    said = await sam.change("desk:2", retire=["retire"])

    assert "Plant 7 is retired: it takes no new requests." in said[1]
    assert [desk.name for desk in (await now(talk)).desks] == ["Plant 3 desk"]


async def test_a_save_that_slack_delivers_twice_is_one_change(talk: Talk, sam: Settings) -> None:
    await (await sam.opened()).press("desk:1")
    await sam.send(hot_cap="12")
    body = payloads.submission(SAM, sam.view)
    first, again = await talk.send(body), await talk.send(body)

    assert len(await rows(talk, SettingChange)) == 1
    assert (first["response_action"], again["response_action"]) == ("update", "update")
