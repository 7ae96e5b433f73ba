"""The settings out of plain words: a document, or a sentence at the path of everything that cannot be read. Pure.

Whether the document makes sense is asked afterwards, by :mod:`models.settings.checks`.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from models.business_calendar import weekly
from models.errors import FormRefused
from models.i18n import _
from models.reactions import Gesture, Reactions, plain_name
from models.service_level import HOUR, Audience, EscalationStep, ServiceLevels, Targets, UrgencyClass
from models.settings.document import (
    USUAL_LEVELS,
    DeskSettings,
    DigestTime,
    Hours,
    Members,
    MembersFrom,
    Routing,
    WorkspaceSettings,
)
from models.settings.reader import Reader
from models.settings.rules_of_urgency import read_rules
from models.settings.writing import TURNS
from models.summit_date import SummitTime, SummitWeek
from models.weekly_hours import DAY_NAMES, Window, parse_week

SECTIONS = (
    "desks",
    "sales_hours",
    "roles",
    "leadership_channel",
    "log_channel",
    "digest",
    "watched_channels",
    "summit",
    "words",
)
DESK_KEYS = ("channel", "default", "hot_cap", "members", "takes", "reactions", "hours", "service_levels", "escalation")
HOURS_KEYS = ("zone", "week", "holidays", "closed_dates")
EXPIRY, LONGEST, RULES = "acknowledgement_expires_after", "longest_answer", "urgency_rules"
LEVELS_KEYS = (*(urgency.value for urgency in UrgencyClass), EXPIRY, LONGEST, RULES)
STEP_KEYS = ("after", "notify", "target", "repeat", "urgent")

_NEVER: tuple[Window, ...] = ()


def from_plain(plain: Any) -> WorkspaceSettings:
    """The document these words make; raises :class:`FormRefused` with a sentence for each path that is not clear."""
    place = Reader(plain)
    settings = _settings(place) if place.mapping(SECTIONS) else WorkspaceSettings()
    if place.problems:
        raise FormRefused({path or _("settings"): sentence for path, sentence in place.problems.items()})
    return settings


def _settings(place: Reader) -> WorkspaceSettings:
    for section in SECTIONS:
        if section not in place.value:
            place.at(section).complain(
                _("“{name}” is missing. Export the settings and change that file.").format(name=section)
            )
    roles = place.at("roles")
    if "roles" in place.value:
        roles.mapping(("admins", "leaders"))
    return WorkspaceSettings(
        desks=_desks(place.at("desks")),
        sales_hours=None if place.at("sales_hours").is_nothing else read_hours(place.at("sales_hours")),
        admins=roles.at("admins").texts(),
        leaders=roles.at("leaders").texts(),
        leadership_channel=place.at("leadership_channel").id(),
        log_channel=place.at("log_channel").id(),
        digest=_digest(place.at("digest")),
        watched_channels=place.at("watched_channels").texts(),
        summit=_summit(place.at("summit")),
        words=place.at("words").text(),
    )


def _desks(place: Reader) -> tuple[DeskSettings, ...]:
    if place.is_nothing or not place.mapping():
        return ()
    return tuple(_desk(" ".join(str(name).split()), place.at(name)) for name in place.value)


def _desk(name: str, place: Reader) -> DeskSettings:
    if not place.mapping(DESK_KEYS):
        return DeskSettings(name=name, channel="", hours=Hours("UTC", _NEVER))
    takes = place.at("takes")
    if not takes.is_nothing:
        takes.mapping(("items", "customers"))
    return DeskSettings(
        name=name,
        channel=place.at("channel").id(),
        hours=read_hours(place.at("hours")),
        levels=_levels(place),
        members=_members(place.at("members")),
        routing=Routing(takes.at("items").texts(), takes.at("customers").texts()),
        hot_cap=place.at("hot_cap").whole(8),
        reactions=_reactions(place.at("reactions")),
        is_default=place.at("default").flag(),
    )


def _reactions(place: Reader) -> Reactions:
    """What is not said is as usual; an empty list means that no emoji says it."""
    usual = Reactions()
    if place.is_nothing or not place.mapping([gesture.value for gesture in Gesture]):
        return usual
    said = {gesture: place.at(gesture.value) for gesture in Gesture}
    emoji = {
        gesture.value: usual.of(gesture)
        if one.value is None
        else tuple(dict.fromkeys(plain_name(text) for text in one.texts()))
        for gesture, one in said.items()
    }
    return Reactions(**emoji)


def _members(place: Reader) -> Members:
    if place.is_nothing:
        return Members()
    place.mapping(("from", "group", "people"))
    source = place.at("from").word(MembersFrom, MembersFrom.CHANNEL)
    return Members(source, place.at("group").id(), place.at("people").texts())


def read_hours(place: Reader) -> Hours:
    """Working hours at their place."""
    if not place.mapping(HOURS_KEYS):
        return Hours("UTC", _NEVER)
    return Hours(
        zone=place.at("zone").parsed(_zone, "UTC"),
        week=place.at("week").parsed(parse_week, _NEVER),
        closed_dates=_closed_dates(place.at("closed_dates")),
        region=place.at("holidays").id().upper(),
    )


def _zone(text: str) -> str:
    return weekly(text, "Mon 08:00-17:00").zone


def _closed_dates(place: Reader) -> tuple[tuple[date, str], ...]:
    found: dict[date, str] = {}
    for entry in place.items():
        dated = entry.parsed(closed_date, None)
        if dated is None:
            continue
        if dated[0] in found:
            entry.complain(_("{day} is listed twice. Keep one of the two lines.").format(day=dated[0].isoformat()))
        found.setdefault(*dated)
    return tuple(sorted(found.items()))


def closed_date(text: str) -> tuple[date, str] | None:
    """A day with its name: “2026-12-25 Christmas Day”. Raise ValueError with a sentence."""
    day, _space, name = text.partition(" ")
    try:
        return date.fromisoformat(day), name
    except ValueError:
        raise ValueError(
            _("“{text}” does not begin with a day. Write each like “2026-12-25 Christmas Day”.").format(text=text)
        ) from None


def _levels(place: Reader) -> ServiceLevels:
    """Targets and escalation: two sections of the file, one policy of the desk."""
    usual, levels = USUAL_LEVELS, place.at("service_levels")
    steps = place.at("escalation")
    escalation = usual.escalation if steps.value is None else tuple(_step(entry) for entry in steps.items())
    if not levels.is_nothing:
        levels.mapping(LEVELS_KEYS)
    patience = escalation[0].after_secs if escalation else HOUR // 2
    return ServiceLevels(
        targets=tuple((urgency, _targets(levels.at(urgency.value), patience)) for urgency in UrgencyClass),
        escalation=escalation,
        acknowledgement_secs=levels.at(EXPIRY).duration(usual.acknowledgement_secs),
        longest_answer_secs=levels.at(LONGEST).duration(usual.longest_answer_secs),
        urgency_rules=read_rules(levels.at(RULES)),
    )


def _targets(place: Reader, patience: int) -> Targets:
    usual = Targets()
    if not place.is_nothing:
        place.mapping(TURNS)
    spans = {turn: place.at(turn).duration(getattr(usual, turn)) for turn in TURNS}
    return Targets(**spans, escalate_after=patience)


def _step(place: Reader) -> EscalationStep:
    if not place.mapping(STEP_KEYS):
        return EscalationStep(0, Audience.DESK)
    if place.at("after").is_nothing:
        place.at("after").complain(_("How long to wait before this step? Write it like “30 min”."))
    return EscalationStep(
        after_secs=place.at("after").duration(0),
        audience=place.at("notify").word(Audience, Audience.DESK),
        target=place.at("target").id(),
        repeats=place.at("repeat").whole(0),
        is_urgent=place.at("urgent").flag(),
    )


def _digest(place: Reader) -> DigestTime:
    if place.value is None:
        return DigestTime()
    place.mapping(("day", "at"))
    return DigestTime(place.at("day").parsed(_weekday, 0), place.at("at").parsed(_clock_time, time(8)))


def _summit(place: Reader) -> SummitTime:
    usual = SummitTime()
    if place.value is None:
        return usual
    place.mapping(("week", "day", "at", "minutes"))
    return SummitTime(
        week=place.at("week").word(SummitWeek, usual.week),
        weekday=place.at("day").parsed(_weekday, usual.weekday),
        at=place.at("at").parsed(_clock_time, usual.at),
        minutes=place.at("minutes").whole(usual.minutes),
    )


def _weekday(text: str) -> int:
    days = [name.lower() for name in DAY_NAMES]
    if text[:3].lower() not in days:
        raise ValueError(_("“{text}” is not a day. Write Mon, Tue, Wed, Thu, Fri, Sat or Sun.").format(text=text))
    return days.index(text[:3].lower())


def _clock_time(text: str) -> time:
    try:
        found = time.fromisoformat(text.rjust(5, "0"))
    except ValueError:
        found = time(0, 0, 1)
    if found != time(found.hour, found.minute):
        raise ValueError(_("“{text}” is not a time of day. Write it like “08:00”.").format(text=text))
    return found
