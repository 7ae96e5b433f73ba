"""The columns of every export, each with what it means: for the files, and for the README, which a test holds to it.

Codes stay codes (``line_down``, ``in_full``, yes and no) whatever the language: a file is read by machines too.
Instants are UTC with their offset, days are ISO 8601, spans are working seconds, amounts are as people typed them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from models.i18n import _
from models.scorecards.export import Export

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from models.kept import Measure
    from models.promise_gap import PromiseGap
    from models.scorecards import ScoreRow


@dataclass(frozen=True)
class Column:
    """One column: its head, what it means, and where its value comes from."""

    name: str
    meaning: str
    value: Callable[[Any], object]


@dataclass(frozen=True)
class RequestOut:
    """What a line about a request is made of."""

    row: ScoreRow
    gap: PromiseGap | None
    measured: Measure | None
    desks: Mapping[int, str]
    people: Mapping[str, str]

    def of_measure(self, name: str) -> str | None:
        return yes_no(getattr(self.measured, name, None))


def columns_of(kind: Export) -> tuple[Column, ...]:
    """Return the columns of a file, in their order."""
    return {
        Export.REQUESTS: _requests,
        Export.INTERVALS: _intervals,
        Export.COMMITMENTS: _commitments,
        Export.DIGESTS: _digests,
    }[kind]()


def yes_no(is_so: bool | None) -> str | None:
    if is_so is None:
        return None
    return "yes" if is_so else "no"


def instant(at: datetime | None) -> str | None:
    """Return an instant in UTC, to the second."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="seconds")


def _requests() -> tuple[Column, ...]:
    return (*_what_was_asked(), *_how_it_went(), *_what_was_promised(), *_how_it_ended())


def _what_was_asked() -> tuple[Column, ...]:
    return (
        Column("request", _("number of the request"), lambda one: one.row.label),
        Column("desk", _("the desk that has it now"), lambda one: one.desks.get(one.row.desk_id)),
        Column("customer", _("as typed"), lambda one: one.row.customer),
        Column("order_number", _("as typed; empty where none was given"), lambda one: one.row.order_number),
        Column("item", _("of the first line"), lambda one: one.row.item),
        Column("quantity", _("of the first line"), lambda one: one.row.quantity),
        Column("unit", _("of the first line"), lambda one: one.row.unit),
        Column("lines", _("how many lines it has"), lambda one: len(one.row.lines)),
        Column("needed_ship_date", _("what Sales wants"), lambda one: one.row.needed_ship_date),
        Column("requester", _("who asked"), lambda one: one.people.get(one.row.requester, one.row.requester)),
        Column(
            "owner",
            _("the desk member who took it"),
            lambda one: one.row.owner and one.people.get(one.row.owner, one.row.owner),
        ),
        Column("urgency", _("standard, high or critical"), lambda one: one.row.urgency.value),
        Column("reason", _("reason code"), lambda one: one.row.reason_code.value),
        Column("caused_by", _("customer, us or supplier"), lambda one: one.row.caused_by and one.row.caused_by.value),
        Column("value_at_stake", _("as typed, without a currency"), lambda one: one.row.value_at_stake),
    )


def _how_it_went() -> tuple[Column, ...]:
    return (
        Column("status", _("where it stands"), lambda one: one.row.status.value),
        Column("asked_at", _("when it was sent"), lambda one: instant(one.row.asked_at)),
        Column(
            "first_responded_at", _("when the desk first responded"), lambda one: instant(one.row.first_responded_at)
        ),
        Column("closed_at", _("when it ended"), lambda one: instant(one.row.closed_at)),
        Column(
            "waited_secs",
            _("working seconds to the first response; without one, until it closed or until now"),
            lambda one: one.row.waited_secs,
        ),
        Column("target_secs", _("working seconds the first response may take"), lambda one: one.row.target_secs),
        Column(
            "within_target",
            _("yes or no; empty while there is still time"),
            lambda one: yes_no(not one.row.is_late_to_answer) if one.row.is_target_decided else None,
        ),
        Column("desk_secs", _("working seconds with the desk"), lambda one: one.row.desk_secs),
        Column("sales_secs", _("working seconds with Sales, in its hours"), lambda one: one.row.sales_secs),
        Column("nobody_secs", _("working seconds waiting for a committed day"), lambda one: one.row.nobody_secs),
    )


def _what_was_promised() -> tuple[Column, ...]:
    return (
        Column("told", _("nothing, soft_date or firm_date"), lambda one: one.row.told.value),
        Column("told_date", _("the day the customer was told"), lambda one: one.row.told_date),
        Column("told_quantity", _("how much was told; empty: all"), lambda one: one.row.told_quantity),
        Column(
            "told_more",
            _("more was told than is committed: yes or no; empty where nothing can be compared"),
            lambda one: yes_no(one.gap is not None) if one.row.is_promise_judged else None,
        ),
        Column(
            "gap_days",
            _("days from the told day until all is covered; empty where no day covers it"),
            lambda one: one.gap and one.gap.days,
        ),
        Column("gap_quantity", _("how much was missing on the told day"), lambda one: one.gap and one.gap.units),
        Column("follows", _("why it follows another request: missed or bumped"), lambda one: one.row.follows_why),
    )


def _how_it_ended() -> tuple[Column, ...]:
    return (
        Column(
            "ending",
            _("kept, late, partly, missed, declined, withdrawn, evaporated or cancelled; empty while it is open"),
            lambda one: one.measured and one.measured.ending.value,
        ),
        Column("on_time_to_request", _("yes or no"), lambda one: one.of_measure("to_request")),
        Column("on_time_to_original", _("yes or no"), lambda one: one.of_measure("to_original")),
        Column("on_time_to_latest", _("yes or no"), lambda one: one.of_measure("to_latest")),
        Column("otif", _("on time and in full: yes or no"), lambda one: one.of_measure("otif")),
        Column("extra_cost", _("what the desk said it costs"), lambda one: one.row.extra_cost),
        Column("thanked", _("the requester said thanks: yes or no"), lambda one: yes_no(bool(one.row.thanked_at))),
    )


def _intervals() -> tuple[Column, ...]:
    return (
        Column("request", _("number of the request"), lambda one: one.label),
        Column("desk", _("the desk that had it then"), lambda one: one.desk),
        Column("holder", _("whose turn it was: desk, requester or nobody"), lambda one: one.turn.holder.value),
        Column("waiting_for", _("what for: first_response, answer, information, decision or outcome"), _waiting_for),
        Column("held_by", _("the person, where it was one person's turn"), lambda one: one.person),
        Column("starts_at", _("when the turn began"), lambda one: instant(one.turn.starts_at)),
        Column("ends_at", _("when it ended; empty while it runs"), lambda one: instant(one.turn.ends_at)),
        Column(
            "working_secs", _("working seconds of the holder; empty while it runs"), lambda one: one.turn.working_secs
        ),
    )


def _working_secs(one: Any) -> object:
    return one.turn.working_secs


def _waiting_for(one: Any) -> str:
    return str(one.turn.kind.value)


def _commitments() -> tuple[Column, ...]:
    return (
        Column("request", _("number of the request"), lambda one: one.label),
        Column("line", _("which line of the request"), lambda one: one.lot.line),
        Column("item", _("of that line"), lambda one: one.item),
        Column("quantity", _("how much was committed"), lambda one: one.lot.quantity),
        Column("unit", _("of that line"), lambda one: one.unit),
        Column("original_ship_date", _("first committed day"), lambda one: one.lot.original_ship_date),
        Column("committed_ship_date", _("last committed day"), lambda one: one.lot.committed_ship_date),
        Column("made_by", _("who committed it"), lambda one: one.person),
        Column("made_at", _("when"), lambda one: instant(one.lot.made_at)),
        Column(
            "is_rest", _("the rest of a part that shipped: yes or no"), lambda one: yes_no(bool(one.lot.balance_of))
        ),
        Column("at_risk_since", _("when the desk warned of it"), lambda one: instant(one.lot.at_risk_since)),
        Column(
            "outcome",
            _("open, in_full, in_part, late, missed or cancelled"),
            lambda one: one.lot.outcome.value,
        ),
        Column("actual_quantity", _("how much shipped; empty where not reported"), lambda one: one.lot.actual_quantity),
        Column("actual_ship_date", _("when it shipped"), lambda one: one.lot.actual_ship_date),
    )


def _digests() -> tuple[Column, ...]:
    return (
        Column("week_of", _("the Monday of the week it tells about"), lambda one: one.week_of),
        Column("made_at", _("when it was made"), lambda one: instant(one.made_at)),
        Column("is_silent", _("nothing had happened, nothing was sent: yes or no"), lambda one: yes_no(one.is_silent)),
        Column(
            "figures",
            _("every figure as it was sent, as JSON; the names are those of the scorecard"),
            lambda one: one.figures,
        ),
    )
