"""What each figure means, in the words people read: the one place, for ``/expedite scorecard help`` and the README."""

from __future__ import annotations

from dataclasses import dataclass

from models.i18n import _
from models.scorecards.figures import FEWEST, MOST_PARTS
from models.scorecards.period import LOOKS_BACK
from models.scorecards.trend import FEWEST_WEEKS


@dataclass(frozen=True)
class Definition:
    """A figure's name and its one definition; ``figures`` are its fields in the scorecard."""

    name: str
    text: str
    figures: tuple[str, ...] = ()


def definitions() -> tuple[Definition, ...]:
    """Return every definition, in the order in which the figures are shown."""
    return (*_counted(), *_asked(), *_promised(), *_closed(), *_lots(), *_general())


def name_of(figure: str) -> str:
    """Return the name under which a figure of the scorecard is shown."""
    return next(one.name for one in definitions() if figure in one.figures)


def _counted() -> tuple[Definition, ...]:
    return (
        Definition(
            _("Requests"), _("Requests asked in the period, by the clock of the workspace."), figures=("requests",)
        ),
        Definition(
            _("Questions before a promise"),
            _("Asked in the period by `/expedite ask`. They are no requests yet and count in no other figure."),
            figures=("inquiries",),
        ),
    )


def _asked() -> tuple[Definition, ...]:
    return (
        Definition(
            _("Answered"),
            _(
                "Of these requests, those to which the desk responded at all: it acknowledged, asked a question, "
                "committed, offered or declined."
            ),
            figures=("answered",),
        ),
        Definition(
            _("Answered within target"),
            _(
                "The first response came within the target of the service level frozen on the request. Counted of the "
                "requests that were answered or whose time ran out; who still has time is not judged."
            ),
            figures=("within_target",),
        ),
        Definition(
            _("First answer (median, 9 in 10)"),
            _(
                "The desk's working time from asking to the first response. Half, and nine in ten, of the answered "
                "requests waited no longer (nearest rank: a time that somebody really waited)."
            ),
            figures=("response",),
        ),
        Definition(
            _("Whose turn cost the time"),
            _(
                "Working time of these requests from asking until they closed or until now: with the desk, with Sales, "
                "and with nobody while a committed day was only waited for. Each side's counts in its own hours."
            ),
            figures=("held",),
        ),
    )


def _promised() -> tuple[Definition, ...]:
    return (
        Definition(
            _("Told more than committed"),
            _(
                "Of the requests asked in the period whose customer was told a day and that have a commitment, or were "
                "declined or missed: those where more was told than is committed or shipped by the told day."
            ),
            figures=("over_promised",),
        ),
        Definition(
            _("Promise gap"),
            _(
                "Of those, the calendar days from the told day to the committed or actual day that covers all that "
                "was told, and how much was missing on the told day, by unit. Where no day covers it, that is said."
            ),
            figures=("gap",),
        ),
        Definition(
            _("Emergency loop"),
            _(
                "Requests asked in the period that exist because we missed our own commitment, or because another "
                "expedite pushed their order back. The chain behind one names what it follows, back to the first."
            ),
            figures=("loop",),
        ),
        Definition(
            _("By reason, cause, customer, item, desk, requester"),
            _(
                "Requests asked, answered within target, OTIF and loop of each part by itself; the {most} with most "
                "requests. A desk counts what it has now; names that differ in case or spaces only are one."
            ).format(most=MOST_PARTS),
            figures=("by_reason", "by_cause", "by_customer", "by_item", "by_desk", "by_requester"),
        ),
    )


def _closed() -> tuple[Definition, ...]:
    return (
        Definition(
            _("Closed"),
            _(
                "Requests that ended in the period, whenever they were asked: kept, late, in part, missed, declined, "
                "withdrawn, need went away, or cancelled by the customer."
            ),
            figures=("closed", "endings"),
        ),
        Definition(
            _("On time to request"),
            _("Of the closed requests with a commitment: the whole quantity shipped by the day it was needed."),
            figures=("to_request",),
        ),
        Definition(
            _("On time to original commitment"),
            _("Of the same: each lot shipped by the day it was first committed for."),
            figures=("to_original",),
        ),
        Definition(
            _("On time to latest commitment"),
            _("Of the same: each lot shipped by the day it was last committed for."),
            figures=("to_latest",),
        ),
        Definition(
            _("OTIF"),
            _("On time to the original commitment and in full: yes or no for each of the same requests."),
            figures=("otif",),
        ),
        *_worth(),
    )


def _worth() -> tuple[Definition, ...]:
    return (
        Definition(
            _("Cost against value kept"),
            _(
                "Of the requests closed in the period: the extra cost Operations named in the agreed answer, beside "
                "the value at stake of those kept (in full by the latest commitment) and of those late, in part, "
                "missed or declined. Amounts are as people typed them, without a currency."
            ),
            figures=("money",),
        ),
        Definition(
            _("Saves"),
            _("Closed requests that were kept and shipped in full by the day the customer needed them."),
            figures=("saved", "saves"),
        ),
        Definition(
            _("Thanks"), _("Closed requests whose requester thanked those who kept them."), figures=("thanked",)
        ),
    )


def _lots() -> tuple[Definition, ...]:
    return (
        Definition(
            _("Commitments due"),
            _("Lots whose latest committed ship date lies in the period; what was called off does not count."),
            figures=("commitments_due",),
        ),
        Definition(
            _("Commitments kept"),
            _("Of them, those that shipped in full by that date; those nobody has reported on are named apart."),
            figures=("commitments_kept", "commitments_unreported"),
        ),
    )


def _general() -> tuple[Definition, ...]:
    return (
        Definition(
            _("Few values"),
            _("Below {fewest} values no median and no 9 in 10 is given: the values themselves stand there.").format(
                fewest=FEWEST
            ),
        ),
        Definition(
            _("Moved"),
            _(
                "A week's figure has moved when it lies outside the middle half of the {weeks} weeks before it "
                "(nearest rank). Shares and times need {fewest} requests behind them, and {least} such weeks."
            ).format(weeks=LOOKS_BACK, fewest=FEWEST, least=FEWEST_WEEKS),
        ),
        Definition(
            _("As known now"),
            _("A later report or correction can still change a figure, except in a digest that was sent."),
        ),
    )
