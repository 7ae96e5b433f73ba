"""The settings of a workspace as one document: what is written is read back, what cannot be is said at its path."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import FormRefused
from models.reactions import Reactions
from models.service_level import Audience, EscalationStep
from models.settings import Hours, Members, MembersFrom, Routing, WorkspaceSettings, from_plain, problems, to_plain
from models.settings.changes import changes, identified
from models.settings.durations import parse_duration, spell_duration
from models.settings.routing import takes
from models.weekly_hours import Window, parse_week
from tests.builders import PLANT3
from tests.documents import a_desk, a_document, documents, levels, some_hours, with_desk

FIRST = date(2026, 11, 24)
DESK = "desks/Plant 3 desk"


@settings(max_examples=25, deadline=None)
@given(documents())
def test_what_is_written_is_read_back_and_no_change(document: WorkspaceSettings) -> None:
    rows = replace(document, desks=tuple(replace(desk, id=n) for n, desk in enumerate(document.desks)))

    again = from_plain(to_plain(document))
    assert document == again
    assert changes(rows, identified(rows, again)) == []
    assert problems(document) == {}


@given(st.integers(0, 10_000_000))
def test_spans_are_written_as_they_are_read(seconds: int) -> None:
    assert parse_duration(spell_duration(seconds)) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 5400), ("1 h 30 min", 5400), ("2 hours", 7200), ("1h30m", 5400), ("45 s", 45)]
)
def test_spans_are_understood_as_people_write_them(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "1 day", "1 h 2 h", "30 min 1 h", "-5", "1.5 h"])
def test_other_spans_are_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="not a span of time"):
        parse_duration(text)


def week(*windows: tuple[int, str, str]) -> Hours:
    """Hours that no text could name: they are made by hand."""
    text = "; ".join(f"{('Mon', 'Tue', 'Sun')[day]} {opens}-{ends}" for day, opens, ends in windows)
    return some_hours(text)


def step(audience: Audience = Audience.DESK, target: str = "", after: int = 1800, repeats: int = 0) -> EscalationStep:
    return EscalationStep(after, audience, target, repeats)


def dates(count: int) -> tuple[tuple[date, str], ...]:
    return tuple((FIRST + timedelta(days=n), "closed") for n in range(count))


MISTAKES: dict[str, tuple[WorkspaceSettings, str, str]] = {
    "no desk": (a_document(desks=()), "desks", "At least one desk"),
    "no default": (with_desk(a_document(), is_default=False), f"{DESK}/default", "No desk is the default"),
    "two defaults": (
        a_document(desks=(a_desk(), a_desk("Plant 7", channel="C0PLANT7"))),
        "desks/Plant 7/default",
        "the default desk already",
    ),
    "the same channel": (
        a_document(desks=(a_desk(), a_desk("Plant 7", is_default=False))),
        "desks/Plant 7/channel",
        "works in that channel already",
    ),
    "the same name": (
        a_document(desks=(a_desk(), a_desk("plant 3 DESK", channel="C0PLANT7", is_default=False))),
        "desks/plant 3 DESK/name",
        "Choose another name",
    ),
    "the same rule": (
        a_document(
            desks=(
                a_desk(routing=Routing(items=("VALVE-*",))),
                a_desk("Plant 7", channel="C0PLANT7", is_default=False, routing=Routing(items=("valve-*",))),
            )
        ),
        "desks/Plant 7/takes/items",
        "goes to Plant 3 desk already",
    ),
    "a rule for all": (with_desk(a_document(), routing=Routing(items=("*",))), f"{DESK}/takes/items", "everything"),
    "no channel": (with_desk(a_document(), channel=""), f"{DESK}/channel", "Choose the channel"),
    "no id": (with_desk(a_document(), channel="#ops"), f"{DESK}/channel", "not a channel's id"),
    "a long name": (a_document(desks=(a_desk("x" * 81),)), f"desks/{'x' * 81}/name", "at most 80"),
    "a hot list of none": (with_desk(a_document(), hot_cap=0), f"{DESK}/hot_cap", "between 1 and"),
    "no emoji": (
        with_desk(a_document(), reactions=Reactions(commit=("a b",))),
        f"{DESK}/reactions/commit",
        "not the name of an emoji",
    ),
    "an emoji of two meanings": (
        with_desk(a_document(), reactions=Reactions(decline=("eyes",))),
        f"{DESK}/reactions/decline",
        "means something else already",
    ),
    "too many emoji": (
        with_desk(a_document(), reactions=Reactions(ask=tuple(f"e{n}" for n in range(13)))),
        f"{DESK}/reactions/ask",
        "At most 12",
    ),
    "no group": (
        with_desk(a_document(), members=Members(MembersFrom.GROUP)),
        f"{DESK}/members/group",
        "Which user group",
    ),
    "nobody": (with_desk(a_document(), members=Members(MembersFrom.LIST)), f"{DESK}/members/people", "at least one"),
    "unknown zone": (
        with_desk(a_document(), hours=replace(some_hours(), zone="Europe/Plant")),
        f"{DESK}/hours/zone",
        "not a time zone",
    ),
    "empty week": (with_desk(a_document(), hours=some_hours("")), f"{DESK}/hours/week", "at least one day"),
    "end before start": (
        with_desk(a_document(), hours=week((0, "17:00", "07:00"))),
        f"{DESK}/hours/week",
        "ends before it starts",
    ),
    "a night into the morning": (
        with_desk(a_document(), hours=week((0, "22:00", "06:00"), (1, "05:00", "13:00"))),
        f"{DESK}/hours/week",
        "overlap",
    ),
    "Sunday's night into Monday": (
        with_desk(a_document(), hours=week((2, "22:00", "06:00"), (0, "05:00", "13:00"))),
        f"{DESK}/hours/week",
        "overlap",
    ),
    "400 closed dates": (
        with_desk(a_document(), hours=some_hours(closed_dates=dates(400))),
        f"{DESK}/hours/closed_dates",
        "400 closed dates",
    ),
    "closed for ever": (
        with_desk(
            a_document(),
            hours=some_hours(
                "Tue 08:00-09:00", closed_dates=tuple((FIRST + timedelta(days=7 * n), "") for n in range(130))
            ),
        ),
        f"{DESK}/hours/closed_dates",
        "nothing opens",
    ),
    "a far year": (
        with_desk(a_document(), hours=some_hours(closed_dates=((date(3026, 1, 1), ""),))),
        f"{DESK}/hours/closed_dates",
        "too far away",
    ),
    "unknown region": (
        with_desk(a_document(), hours=some_hours(region="DE-XX")),
        f"{DESK}/hours/holidays",
        "No public holidays",
    ),
    "hours of Sales": (a_document(sales_hours=some_hours("")), "sales_hours/week", "at least one day"),
    "no time at all": (
        with_desk(a_document(), levels=levels(step(), acknowledgement_secs=0)),
        f"{DESK}/service_levels/acknowledgement_expires_after",
        "between",
    ),
    "a circle": (
        with_desk(a_document(), levels=levels(step(), step(Audience.MEDIATOR), step())),
        f"{DESK}/escalation/3/notify",
        "nobody new",
    ),
    "without end": (
        with_desk(a_document(), levels=levels(step(repeats=11))),
        f"{DESK}/escalation/1/repeat",
        "without end",
    ),
    "nobody to reach": (
        with_desk(a_document(), levels=levels(step(Audience.PERSON))),
        f"{DESK}/escalation/1/target",
        "Which person",
    ),
    "at once": (with_desk(a_document(), levels=levels(step(after=0))), f"{DESK}/escalation/1/after", "between"),
    "no admin left": (a_document(admins=()), "roles/admins", "at least one admin"),
    "an admin who is nobody": (a_document(admins=("sam",)), "roles/admins", "not a person's id"),
    "a log that is no channel": (a_document(log_channel="log"), "log_channel", "not a channel's id"),
    "a watched person": (a_document(watched_channels=("U0MARA",)), "watched_channels", "not a channel's id"),
}


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_a_sentence_at_its_path(mistake: str) -> None:
    document, path, sentence = MISTAKES[mistake]

    found = problems(document)
    assert list(found) == [path]
    assert sentence in found[path]


def changed(path: str, value: Any) -> dict[str, Any]:
    """The usual document in plain words, with one of them replaced."""
    plain: dict[str, Any] = to_plain(a_document())
    *folders, last = path.split("/")
    place = plain
    for name in folders:
        place = place[name]
    place[last] = value
    return plain


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (f"{DESK}/hours/week", "Mon-Fri 08:00-12:00,11:00-17:00", "overlap"),
        (f"{DESK}/hours/week", "", "at least one day"),
        (f"{DESK}/hours/week", "Mon-Fri 8 to 5", "not a span of hours"),
        (f"{DESK}/hours/zone", "Plant/Three", "not a time zone"),
        (f"{DESK}/hours/closed_dates", "christmas", "Write a list"),
        (f"{DESK}/hours/holiday", "DE", "Did you mean “holidays”"),
        (f"{DESK}/hot_cap", "many", "not a whole number"),
        (f"{DESK}/reactions/comit", [], "Did you mean “commit”"),
        (f"{DESK}/reactions/ask", "question", "Write a list"),
        (f"{DESK}/default", "maybe", "true or false"),
        (f"{DESK}/members/from", "office", "not one of: channel, group, list"),
        (f"{DESK}/escalation", [{"notify": "desk"}], "How long to wait"),
        (f"{DESK}/escalation", [{"after": "1 h", "notify": "boss"}], "not one of"),
        (f"{DESK}/service_levels/high/answer", "soon", "not a span of time"),
        (f"{DESK}/service_levels/urgency_rules", {"by_reason": {"rain": "high"}}, "not a setting here"),
        (f"{DESK}/service_levels/urgency_rules", {"high_above": "much"}, "not an amount"),
        ("digest/at", "25:00", "not a time of day"),
        ("digest/day", "Someday", "not a day"),
        ("roles/admins", ["U0ADMIN", "U0ADMIN"], "listed twice"),
        ("desks", "Plant 3", "Named values"),
        ("digst", {}, "Did you mean “digest”"),
    ],
)
def test_words_that_cannot_be_read_are_a_sentence_at_their_path(path: str, value: Any, sentence: str) -> None:
    with pytest.raises(FormRefused) as refused:
        from_plain(changed(path, value))

    ((place, said),) = refused.value.problems.items()
    assert place.startswith(path)
    assert sentence in said


@pytest.mark.parametrize(
    ("dates_told", "sentence"),
    [(["2026-12-25", "2026-12-25 Again"], "listed twice"), (["Christmas"], "does not begin with a day")],
)
def test_a_closed_date_is_told_by_its_line(dates_told: list[str], sentence: str) -> None:
    with pytest.raises(FormRefused) as refused:
        from_plain(changed(f"{DESK}/hours/closed_dates", dates_told))

    assert [(f"{DESK}/hours/closed_dates/{len(dates_told)}", True)] == [
        (path, sentence in said) for path, said in refused.value.problems.items()
    ]


def test_a_section_that_is_missing_is_not_taken_for_empty() -> None:
    plain = to_plain(a_document())
    del plain["roles"]

    with pytest.raises(FormRefused) as refused:
        from_plain(plain)
    assert list(refused.value.problems) == ["roles"]


def test_a_renamed_desk_is_the_same_desk() -> None:
    before = with_desk(a_document(), id=7)
    after = identified(before, a_document(desks=(a_desk("Valve desk"),)))

    assert [desk.id for desk in after.desks] == [7]
    assert [(one.part, one.before, one.after) for one in changes(before, after)] == [
        ("desks/Valve desk/name", "Plant 3 desk", "Valve desk")
    ]


def test_parts_that_people_change_on_their_own_are_told_on_their_own() -> None:
    before = with_desk(a_document(), id=7)
    hours = some_hours("Mon-Fri 06:00-14:00", closed_dates=((FIRST, "Stocktaking"),))
    after = replace(with_desk(before, hours=hours), leaders=())

    assert [one.part for one in changes(before, after)] == [
        f"{DESK}/hours",
        f"{DESK}/closed_dates",
        "roles/leaders",
    ]


@pytest.mark.parametrize(
    ("item", "customer", "is_taken"),
    [
        ("valve-40", "", True),
        ("VALVE-40 [DN50]", "", True),
        ("XVALVE-40", "", False),
        ("", "Harbor   Dairy", True),
        ("BRK-2", "Acme", False),
        ("BRK-20", "Acme", True),
        ("", "", False),
    ],
)
def test_a_rule_takes_items_and_customers_by_pattern(item: str, customer: str, is_taken: bool) -> None:
    rule = Routing(items=("VALVE-*", "brk-2?"), customers=("harbor dairy",))

    assert takes(rule, item=item, customer=customer) is is_taken


def test_brackets_in_item_numbers_mean_themselves() -> None:
    assert takes(Routing(items=("A[1]*",)), item="A[1]-7", customer="")
    assert not takes(Routing(items=("A[1]*",)), item="A1-7", customer="")


def test_a_night_of_twelve_hours_is_no_mistake() -> None:
    """Nor is the whole day: both are written with an end that is not after the start."""
    night = Hours("UTC", (*parse_week("Mon 18:00-06:00"), *parse_week("Sat 00:00-24:00")))

    assert problems(with_desk(a_document(), hours=night)) == {}
    assert isinstance(night.week[0], Window)


def test_the_usual_desk_answers_in_its_channel() -> None:
    assert a_document().default_desk == a_desk(channel=PLANT3)
