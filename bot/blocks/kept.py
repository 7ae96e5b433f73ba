"""Whether it was kept, in words: against what was asked, what was first committed and what was committed last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.i18n import _, ngettext
from models.kept import lateness, measure

if TYPE_CHECKING:
    from models.picture import Picture


def kept_lines(picture: Picture) -> list[str]:
    """Return a plain sentence for each target, and OTIF; nothing while it is open, or where nothing was committed."""
    measured = measure(picture.request, picture.commitments)
    late = lateness(picture.request, picture.commitments)
    if measured is None or late is None:
        return []
    moved = any(lot.committed_ship_date != lot.original_ship_date for lot in picture.commitments)
    otif = _("OTIF (on time and in full, to the original commitment): {answer}")
    return [
        _to_request(late.to_request),
        _to_original(late.to_original),
        *([_to_latest(late.to_latest)] if moved else []),
        otif.format(answer=_("yes") if measured.otif else _("no")),
    ]


def _to_request(days: int | None) -> str:
    if days is None:
        return _("not shipped in full as asked")
    if days <= 0:
        return _("on time to the request")
    return ngettext("{n} day late to the request", "{n} days late to the request", days).format(n=days)


def _to_original(days: int | None) -> str:
    if days is None:
        return _("short of the original commitment")
    if days <= 0:
        return _("on time to the original commitment")
    words = ngettext("{n} day late to the original commitment", "{n} days late to the original commitment", days)
    return words.format(n=days)


def _to_latest(days: int | None) -> str:
    if days is None:
        return _("short of the latest commitment")
    if days <= 0:
        return _("on time to the latest commitment")
    words = ngettext("{n} day late to the latest commitment", "{n} days late to the latest commitment", days)
    return words.format(n=days)
