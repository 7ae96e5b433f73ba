"""The settings as plain words, numbers and lists: what the settings file holds. The inverse of reading. Pure."""

from __future__ import annotations

from typing import Any

from models.service_level import EscalationStep, ServiceLevels, Targets
from models.settings.document import DeskSettings, Hours, Members, WorkspaceSettings
from models.settings.durations import spell_duration
from models.settings.rules_of_urgency import rules_to_plain
from models.summit_date import SummitTime
from models.weekly_hours import DAY_NAMES, spell_week

Plain = dict[str, Any]

TURNS = ("first_response", "answer", "information", "decision", "outcome")
"""The kinds of turns that have a target, by their names in the settings file."""


def to_plain(settings: WorkspaceSettings) -> Plain:
    """Everything, in the order in which people read it."""
    return {
        "desks": {desk.name: desk_to_plain(desk) for desk in settings.desks},
        "sales_hours": hours_to_plain(settings.sales_hours) if settings.sales_hours else None,
        "roles": {"admins": list(settings.admins), "leaders": list(settings.leaders)},
        "leadership_channel": settings.leadership_channel,
        "log_channel": settings.log_channel,
        "digest": {"day": DAY_NAMES[settings.digest.weekday], "at": f"{settings.digest.at:%H:%M}"},
        "watched_channels": list(settings.watched_channels),
        "summit": _summit(settings.summit),
        "words": settings.words,
    }


def _summit(rule: SummitTime) -> Plain:
    return {
        "week": rule.week.value,
        "day": DAY_NAMES[rule.weekday],
        "at": f"{rule.at:%H:%M}",
        "minutes": rule.minutes,
    }


def desk_to_plain(desk: DeskSettings) -> Plain:
    """One desk without its name, which is its key."""
    return {
        "channel": desk.channel,
        "default": desk.is_default,
        "hot_cap": desk.hot_cap,
        "members": _members(desk.members),
        "takes": {"items": list(desk.routing.items), "customers": list(desk.routing.customers)},
        "reactions": desk.reactions.to_json(),
        "hours": hours_to_plain(desk.hours),
        "service_levels": levels_to_plain(desk.levels),
        "escalation": [step_to_plain(step) for step in desk.levels.escalation],
    }


def hours_to_plain(hours: Hours) -> Plain:
    return {
        "zone": hours.zone,
        "week": spell_week(hours.week),
        "holidays": hours.region,
        "closed_dates": [f"{day.isoformat()} {name}".strip() for day, name in hours.closed_dates],
    }


def levels_to_plain(levels: ServiceLevels) -> Plain:
    return {
        **{urgency.value: _targets(targets) for urgency, targets in levels.targets},
        "acknowledgement_expires_after": spell_duration(levels.acknowledgement_secs),
        "longest_answer": spell_duration(levels.longest_answer_secs),
        "urgency_rules": rules_to_plain(levels.urgency_rules),
    }


def step_to_plain(step: EscalationStep) -> Plain:
    """One step; what it does not use is left out."""
    said: Plain = {"after": spell_duration(step.after_secs), "notify": step.audience.value}
    if step.target:
        said["target"] = step.target
    if step.repeats:
        said["repeat"] = step.repeats
    return {**said, "urgent": True} if step.is_urgent else said


def _targets(targets: Targets) -> Plain:
    return {turn: spell_duration(getattr(targets, turn)) for turn in TURNS}


def _members(members: Members) -> Plain:
    said: Plain = {"from": members.source.value}
    if members.group:
        said["group"] = members.group
    return {**said, "people": list(members.people)} if members.people else said
