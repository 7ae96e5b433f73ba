"""Answers of a settings form written over the plain words they change. Nothing is judged here but what has no path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.reader.icalendar import closed_dates_in
from models.closed_dates import proposed_closed_dates
from models.errors import FormRefused
from models.reactions import USUAL as USUAL_REACTIONS
from models.reactions import names_in
from models.service_level import Audience, UrgencyClass
from models.settings.document import USUAL_LEVELS
from models.settings.forms import CALENDAR_FILE, CLOSED, PROPOSED, STEP_ROWS, Part
from models.settings.writing import levels_to_plain, step_to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

Plain = dict[str, Any]
Places = dict[str, str]

LINES = frozenset({"takes/items", "takes/customers"})
"""Questions whose answer is one entry a line."""
REASONS = "service_levels/urgency_rules/by_reason/"
RULES = "service_levels/urgency_rules"
TARGET_OF = {
    Audience.PERSON: "person",
    Audience.MEDIATOR: "person",
    Audience.GROUP: "group",
    Audience.CHANNEL: "channel",
    Audience.DESK: "notify",
}
"""The question of a step that says whom it reaches."""


def new_desk(plain: Plain) -> Plain:
    """The words of a desk that does not exist yet: it promises what the default desk promises."""
    model: Plain = next((desk for desk in plain["desks"].values() if desk["default"]), {})
    usual = {
        "service_levels": levels_to_plain(USUAL_LEVELS),
        "escalation": [step_to_plain(step) for step in USUAL_LEVELS.escalation],
    }
    return {
        "channel": "",
        "default": not plain["desks"],
        "hot_cap": 8,
        "members": {"from": "channel"},
        "takes": {"items": [], "customers": []},
        "reactions": USUAL_REACTIONS.to_json(),
        "hours": {"zone": "", "week": "", "holidays": "", "closed_dates": []},
        **{part: model.get(part, words) for part, words in usual.items()},
    }


def own(plain: Plain, answers: Mapping[str, Any]) -> None:
    """The workspace's own settings, each at its path."""
    for path, answer in answers.items():
        put(plain, path, answer)


def sales(plain: Plain, part: Part, answers: Mapping[str, Any], today: date) -> Places:
    """Sales' hours: without any hours in the week they are the desk's."""
    words: Plain = {"hours": plain["sales_hours"] or {"zone": "", "week": "", "holidays": "", "closed_dates": []}}
    places = closed(words, answers, today) if part is Part.SALES_CLOSED else hours(words, answers, today)
    plain["sales_hours"] = words["hours"] if words["hours"]["week"] else None
    return places


def desk(plain: Plain, answers: Mapping[str, Any], today: date) -> Places:
    """Name, channel, members, routing, hot list; the hours too where the desk is new."""
    del today  # every writer is called with it
    for path, answer in answers.items():
        if path in LINES:
            put(plain, path, [line.strip() for line in str(answer).splitlines() if line.strip()])
        elif path == "default":
            plain["default"] = plain["default"] or bool(answer)
        elif "/" in path or path in plain:
            put(plain, path, answer)
    if "hours/week" in answers:
        hours(plain, answers, None)
    return {}


def hours(plain: Plain, answers: Mapping[str, Any], today: date | None) -> Places:
    """Zone and week: a line for each day, or several days."""
    del today
    put(plain, "hours/zone", str(answers.get("hours/zone") or "").strip())
    lines = str(answers.get("hours/week") or "").replace(";", "\n").splitlines()
    put(plain, "hours/week", "; ".join(line.strip() for line in lines if line.strip()))
    return {}


def closed(plain: Plain, answers: Mapping[str, Any], today: date) -> Places:
    """Closed dates: those written, those ticked among the proposals, those of a pasted calendar."""
    region = str(answers.get("hours/holidays") or "").strip().upper()
    years = {name.partition("/")[2] for name in answers if name.startswith(f"{CLOSED}/")}
    # What a form cannot show whole it does not ask for, and so leaves as it is.
    entries = [("", line) for line in plain["hours"]["closed_dates"] if line[:4] not in years]
    entries += [
        (name, line.strip())
        for name, text in answers.items()
        if name.startswith(f"{CLOSED}/")
        for line in str(text).splitlines()
        if line.strip()
    ]
    known = {line[:10] for _name, line in entries}
    added = [*_ticked(answers, region, today), *_pasted(answers)]
    entries += [(name, line) for name, line in added if line[:10] not in known]
    unique = dict.fromkeys(entry for entry in entries if entry[0] in {"", *answers})
    put(plain, "hours/holidays", region)
    put(plain, "hours/closed_dates", [line for _name, line in unique])
    places = {f"hours/closed_dates/{n}": name for n, (name, _line) in enumerate(unique, 1)}
    return {"hours/closed_dates": next((name for name in answers if name.startswith(f"{CLOSED}/")), ""), **places}


def _ticked(answers: Mapping[str, Any], region: str, today: date) -> list[tuple[str, str]]:
    ticked = {day: name for name, days in answers.items() if name.startswith(f"{PROPOSED}/") for day in days}
    if not ticked:
        return []
    try:
        proposed = proposed_closed_dates(region, today.year)
    except ValueError as refused:
        raise FormRefused({"hours/holidays": str(refused)}) from refused
    said = {day.isoformat(): name for day, name in proposed}
    return [(block, f"{day} {said.get(day, '')}".strip()) for day, block in ticked.items()]


def _pasted(answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    text = str(answers.get(CALENDAR_FILE) or "")
    if not text.strip():
        return []
    try:
        return [(CALENDAR_FILE, f"{day.isoformat()} {name}") for day, name in closed_dates_in(text)]
    except ValueError as refused:
        raise FormRefused({CALENDAR_FILE: str(refused)}) from refused


def levels(plain: Plain, answers: Mapping[str, Any], today: date) -> Places:
    """Spans of working time, each at its path."""
    del today
    for path, answer in answers.items():
        put(plain, path, answer)
    return {}


def urgency(plain: Plain, answers: Mapping[str, Any], today: date) -> Places:
    """What makes a request urgent; a reason that presses nothing is left out, an empty limit never applies."""
    del today
    rules: Plain = {"by_reason": {}}
    for path, answer in answers.items():
        if path.startswith(REASONS):
            if answer not in {"", UrgencyClass.STANDARD.value}:
                rules["by_reason"][path.removeprefix(REASONS)] = answer
        else:
            rules[path.removeprefix(f"{RULES}/")] = str(answer).strip() or "never"
    put(plain, RULES, rules)
    return {}


def escalation(plain: Plain, answers: Mapping[str, Any], today: date) -> Places:
    """The steps of the ladder; a row without a time to wait is no step."""
    del today
    steps: list[Plain] = []
    places: Places = {}
    for row in range(1, STEP_ROWS + 1):
        at = f"escalation/{row}"
        if not str(answers.get(f"{at}/after") or "").strip():
            continue
        steps.append(_step(answers, at))
        step = f"escalation/{len(steps)}"
        audience = str(answers.get(f"{at}/notify") or Audience.DESK)
        places |= {step: at, f"{step}/target": f"{at}/{TARGET_OF[Audience(audience)]}"}
        places |= {f"{step}/{question}": f"{at}/{question}" for question in ("after", "notify", "repeat", "urgent")}
    plain["escalation"] = steps
    return places


def reactions(plain: Plain, answers: Mapping[str, Any], today: date) -> Places:
    """The emoji of each meaning, written one after the other; none at all is an answer too."""
    del today
    for path, answer in answers.items():
        put(plain, path, list(names_in(str(answer))))
    return {}


def _step(answers: Mapping[str, Any], at: str) -> Plain:
    audience = Audience(str(answers.get(f"{at}/notify") or Audience.DESK))
    target = "" if audience is Audience.DESK else str(answers.get(f"{at}/{TARGET_OF[audience]}") or "")
    return {
        "after": answers[f"{at}/after"],
        "notify": audience.value,
        "target": target,
        "repeat": str(answers.get(f"{at}/repeat") or "0"),
        "urgent": bool(answers.get(f"{at}/urgent")),
    }


def put(plain: Plain, path: str, value: Any) -> None:
    """Write one value at its path."""
    *folders, last = path.split("/")
    place = plain
    for name in folders:
        place = place.setdefault(name, {})
    place[last] = value


WRITERS: dict[Part, Callable[[Plain, Mapping[str, Any], Any], Places]] = {
    Part.DESK: desk,
    Part.HOURS: hours,
    Part.CLOSED: closed,
    Part.LEVELS: levels,
    Part.URGENCY: urgency,
    Part.ESCALATION: escalation,
    Part.REACTIONS: reactions,
}
