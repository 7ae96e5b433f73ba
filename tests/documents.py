"""Settings documents: one that a test changes, and all kinds of them for rules that hold for every one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from models.ask import ReasonCode
from models.reactions import Reactions
from models.service_level import Audience, EscalationStep, ServiceLevels, Targets, UrgencyClass
from models.settings import DeskSettings, DigestTime, Hours, Members, MembersFrom, Routing, WorkspaceSettings
from models.summit_date import SummitTime, SummitWeek
from models.urgency import UrgencyRules
from models.weekly_hours import Window, parse_week
from tests.builders import HELENA, LEADERS, PLANT3, SAM, ZONE

WEEK = "Mon-Fri 07:00-17:00"


def a_desk(name: str = "Plant 3 desk", **facts: Any) -> DeskSettings:
    usual = DeskSettings(name=name, channel=PLANT3, hours=some_hours(), is_default=True)
    return replace(usual, **facts)


def some_hours(week: str = WEEK, **facts: Any) -> Hours:
    """Working hours; an empty week is none at all."""
    return replace(Hours(ZONE, parse_week(week) if week else ()), **facts)


def a_document(**facts: Any) -> WorkspaceSettings:
    usual = WorkspaceSettings(desks=(a_desk(),), admins=(SAM,), leaders=(HELENA,), leadership_channel=LEADERS)
    return replace(usual, **facts)


def with_desk(document: WorkspaceSettings, **facts: Any) -> WorkspaceSettings:
    """The document with its first desk changed."""
    first, *others = document.desks
    return replace(document, desks=(replace(first, **facts), *others))


def levels(*steps: EscalationStep, **facts: Any) -> ServiceLevels:
    usual = ServiceLevels.alike(Targets())
    patience = steps[0].after_secs if steps else 1800
    targets = tuple((urgency, Targets(escalate_after=patience)) for urgency in UrgencyClass)
    return replace(usual, escalation=steps, targets=targets, **facts)


# All kinds

_ids = st.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789", min_size=4, max_size=10)
channels = _ids.map("C{}".format)
people = _ids.map("U{}".format)
groups = _ids.map("S{}".format)
_words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
names = st.lists(_words, min_size=1, max_size=3).map(" ".join)
_spans = st.integers(60, 3_600_000)
_unique_people = st.lists(people, unique=True, max_size=4).map(lambda found: tuple(sorted(found)))


@st.composite
def _weeks(draw: st.DrawFn) -> tuple[Window, ...]:
    """Day shifts and a night that ends before the next morning begins."""
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    edges = draw(st.lists(st.integers(6 * 60, 21 * 60), min_size=2, max_size=6, unique=True).map(sorted))
    shifts = list(zip(edges[::2], edges[1::2], strict=False))
    night = [(22 * 60, 5 * 60)] if draw(st.booleans()) else []
    clock = [(time(opens // 60, opens % 60), time(ends // 60, ends % 60)) for opens, ends in [*shifts, *night]]
    return tuple(Window(day, opens, ends) for day in sorted(days) for opens, ends in clock)


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    zone = draw(st.sampled_from(["UTC", "Europe/Berlin", "America/Chicago", "Asia/Kolkata", "Australia/Lord_Howe"]))
    days = draw(st.dictionaries(st.dates(date(2026, 1, 1), date(2029, 12, 31)), st.just("") | names, max_size=5))
    region = draw(st.sampled_from(["", "DE", "DE-BY", "US-CA"]))
    return Hours(zone, draw(_weeks()), tuple(sorted(days.items())), region)


@st.composite
def _steps(draw: st.DrawFn) -> EscalationStep:
    audience = draw(st.sampled_from(Audience))
    targets = {
        Audience.DESK: st.just(""),
        Audience.PERSON: people,
        Audience.GROUP: groups,
        Audience.CHANNEL: channels,
        Audience.MEDIATOR: st.just("") | people,
    }
    return EscalationStep(
        draw(_spans), audience, draw(targets[audience]), draw(st.integers(0, 10)), is_urgent=draw(st.booleans())
    )


_limits = st.none() | st.integers(0, 30)
_amounts = st.none() | st.decimals(Decimal(0), Decimal(10_000_000), places=2)
_rules = st.builds(
    UrgencyRules,
    by_reason=st.dictionaries(st.sampled_from(ReasonCode), st.sampled_from(UrgencyClass), max_size=4).map(
        lambda chosen: tuple(chosen.items())
    ),
    critical_within_days=_limits,
    high_within_days=_limits,
    critical_above=_amounts,
    high_above=_amounts,
).map(UrgencyRules.to_json)


@st.composite
def service_levels(draw: st.DrawFn) -> ServiceLevels:
    """As they are read: the first step of the escalation says when it begins."""
    steps = draw(st.lists(_steps(), max_size=4, unique_by=lambda step: (step.audience, step.target)))
    patience = steps[0].after_secs if steps else 1800
    targets = [(urgency, Targets(*[draw(_spans) for _ in range(5)], patience)) for urgency in UrgencyClass]
    return ServiceLevels(tuple(targets), tuple(steps), draw(_spans), draw(_spans), draw(st.none() | _rules))


@st.composite
def _members(draw: st.DrawFn) -> Members:
    source = draw(st.sampled_from(MembersFrom))
    group = draw(groups) if source is MembersFrom.GROUP else ""
    named = st.lists(people, min_size=1, max_size=4, unique=True).map(lambda found: tuple(sorted(found)))
    return Members(source, group, draw(named) if source is MembersFrom.LIST else ())


_summits = st.builds(
    SummitTime,
    st.sampled_from(SummitWeek),
    st.integers(0, 6),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.integers(15, 480),
)


@st.composite
def _reactions(draw: st.DrawFn) -> Reactions:
    """Any emoji for any meaning, each for one; a meaning without any is one that only buttons have."""
    emoji = draw(st.lists(st.sampled_from(["eyes", "+1", "x", "truck", "white_check_mark", "ok-2"]), unique=True))
    cuts = sorted(draw(st.lists(st.integers(0, len(emoji)), min_size=3, max_size=3)))
    edges = [0, *cuts, len(emoji)]
    return Reactions(*(tuple(emoji[start:stop]) for start, stop in pairwise(edges)))


@st.composite
def documents(draw: st.DrawFn) -> WorkspaceSettings:
    """Documents without mistakes."""
    count = draw(st.integers(1, 3))
    places = draw(st.lists(channels, min_size=count, max_size=count, unique=True))
    called = draw(st.lists(names, min_size=count, max_size=count, unique_by=str.casefold))
    default = draw(st.integers(0, count - 1))
    desks = tuple(
        DeskSettings(
            name=called[n],
            channel=places[n],
            hours=draw(hours()),
            levels=draw(service_levels()),
            members=draw(_members()),
            routing=draw(_routing(n)),
            hot_cap=draw(st.integers(1, 999)),
            reactions=draw(_reactions()),
            is_default=n == default,
        )
        for n in range(count)
    )
    return WorkspaceSettings(
        desks=desks,
        sales_hours=draw(st.none() | hours()),
        admins=draw(st.lists(people, unique=True, min_size=1, max_size=3).map(lambda found: tuple(sorted(found)))),
        leaders=draw(_unique_people),
        leadership_channel=draw(st.just("") | channels),
        log_channel=draw(st.just("") | channels),
        digest=DigestTime(draw(st.integers(0, 6)), draw(st.times()).replace(second=0, microsecond=0)),
        watched_channels=draw(st.lists(channels, unique=True, max_size=3).map(lambda found: tuple(sorted(found)))),
        summit=draw(_summits),
        words=draw(st.just("") | names),
    )


def _routing(n: int) -> st.SearchStrategy[Routing]:
    """Patterns of one desk's own: the same at two desks would be a mistake."""
    patterns = st.lists(_ids, unique=True, max_size=3).map(lambda found: tuple(f"{n}-{one}-*" for one in found))
    return st.builds(Routing, patterns, patterns)
