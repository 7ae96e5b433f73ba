"""Public holidays as a proposal for a desk's closed dates; what is stored with the calendar is the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.i18n import _

if TYPE_CHECKING:
    from datetime import date

YEARS_AHEAD = 2
LANGUAGE = "en_US"
"""Said, because it would follow the machine's language: two replicas must propose the same names."""


def proposed_closed_dates(region: str | None, year: int) -> tuple[tuple[date, str], ...]:
    """Return the public holidays of that year and the next two, each with its name, oldest first.

    ``region`` is a country (``DE``) or a country with a part of it (``DE-BY``); without one there are none.
    Raise ValueError with a sentence for one that is not known.
    """
    if not (region or "").strip():
        return ()
    from holidays import country_holidays  # noqa: PLC0415 a heavy import that only a desk with holidays pays

    country, _dash, part = str(region).strip().upper().partition("-")
    years = range(year, year + YEARS_AHEAD + 1)
    try:
        found = country_holidays(country, subdiv=part or None, years=years, language=LANGUAGE)
    except NotImplementedError:
        raise ValueError(
            _(
                "No public holidays are known for “{region}”. "
                "Write a country like “DE”, or a country and a region like “DE-BY” or “US-CA”."
            ).format(region=region)
        ) from None
    return tuple(sorted(found.items()))


def is_known_region(region: str) -> bool:
    """Whether anything can be proposed for a country, or a country with a part of it."""
    from holidays import list_supported_countries  # noqa: PLC0415 as above

    country, dash, part = region.strip().upper().partition("-")
    regions = list_supported_countries().get(country)
    return regions is not None and (not dash or part in regions)
