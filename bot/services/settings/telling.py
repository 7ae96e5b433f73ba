"""Changes of the settings said in sentences, for a preview and for the record. Channels stand as ``#C0…``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from models import Member
from models.i18n import _
from models.settings.changes import parted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

NOTHING = "–"
MOST_LISTED = 12
CHANNELS = frozenset({"channel", "leadership_channel", "log_channel", "watched_channels"})


def names_of(session: Session, tenant_id: int) -> dict[str, str]:
    """Everybody's name by their Slack id."""
    people = sa.select(Member.slack_id, Member.name).where(Member.tenant_id == tenant_id)
    return {row.slack_id: row.name for row in session.execute(people)}


def told(part: str, before: Any, after: Any, names: Mapping[str, str]) -> str:
    """One change as a sentence: what, from what, to what."""
    desk, kind = parted(part)
    if kind == "desk":
        return _whole_desk(desk, before, after)
    what = f"{desk}, {label(kind)}" if desk else _capital(label(kind))
    if isinstance(before, list) and isinstance(after, list) and kind != "escalation":
        return _("{what}: {difference}").format(what=what, difference=_difference(kind, before, after, names))
    if isinstance(before, dict) and isinstance(after, dict):
        keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
        before, after = ({key: side.get(key) for key in keys} for side in (before, after))
    told_before, told_after = (spelled(kind, side, names) for side in (before, after))
    return _("{what}: {before} → {after}").format(what=what, before=told_before, after=told_after)


def label(kind: str) -> str:
    """What a part is called, for the middle of a sentence."""
    return {
        "name": _("name"),
        "channel": _("channel"),
        "default": _("default desk"),
        "hot_cap": _("hot list"),
        "members": _("who answers"),
        "takes": _("requests it takes"),
        "reactions": _("reactions"),
        "hours": _("working hours"),
        "closed_dates": _("closed dates"),
        "service_levels": _("service levels"),
        "urgency_rules": _("what makes it urgent"),
        "escalation": _("escalation"),
        "desks": _("order of the desks"),
        "sales_hours": _("hours of Sales"),
        "roles/admins": _("admins"),
        "roles/leaders": _("leaders"),
        "leadership_channel": _("leadership channel"),
        "log_channel": _("log channel"),
        "digest": _("weekly digest"),
        "watched_channels": _("watched channels"),
        "summit": _("monthly summit"),
        "words": _("words of the company"),
        "set_up": _("set-up"),
    }.get(kind, kind)


def spelled(kind: str, value: Any, names: Mapping[str, str]) -> str:
    """A value as people read it."""
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{_words(key)} {spelled(str(key), inside, names)}" for key, inside in value.items())
    if isinstance(value, list):
        said = [spelled(kind, one, names) for one in value[:MOST_LISTED]]
        more = [_("and {count} more").format(count=len(value) - MOST_LISTED)] if len(value) > MOST_LISTED else []
        return ("; " if kind == "escalation" else ", ").join(said + more)
    return f"#{value}" if kind in CHANNELS else names.get(str(value), str(value))


def _whole_desk(desk: str, before: Any, after: Any) -> str:
    if before is None:
        sentence = _("{desk} is a new desk in #{channel}, {hours}.")
        return sentence.format(desk=desk, channel=after.get("channel"), hours=after.get("hours", {}).get("week"))
    return _("{desk} is retired: it takes no new requests.").format(desk=desk)


def _difference(kind: str, before: list[Any], after: list[Any], names: Mapping[str, str]) -> str:
    """What comes and what goes of a list; its new order where both are the same."""
    added, gone = [one for one in after if one not in before], [one for one in before if one not in after]
    parts = []
    if added:
        parts.append(_("added {what}").format(what=spelled(kind, added, names)))
    if gone:
        parts.append(_("removed {what}").format(what=spelled(kind, gone, names)))
    return ", ".join(parts) or spelled(kind, after, names)


def _words(key: Any) -> str:
    return str(key).replace("_", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
