"""The scorecard: every figure leadership reads, for any period and any part of the requests.

:mod:`.period` says which days and whose requests, :mod:`.query` is the one select, :mod:`.row` what it gives for each
request, :mod:`.counting` makes the figures of it (pure), :mod:`.figures` holds them and says what each means.
"""

from __future__ import annotations

from models.scorecards.figures import Breakdown, Gap, Held, Link, Loop, Money, Part, Save, Scorecard, Share, Spread
from models.scorecards.period import Filters, Period
from models.scorecards.row import Lot, ScoreRow

__all__ = [
    "Breakdown",
    "Filters",
    "Gap",
    "Held",
    "Link",
    "Loop",
    "Lot",
    "Money",
    "Part",
    "Period",
    "Save",
    "ScoreRow",
    "Scorecard",
    "Share",
    "Spread",
]
