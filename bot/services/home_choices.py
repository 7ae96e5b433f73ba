"""Choosing what one's own App Home shows. It is drawn again at once; what a person may not see is left out there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.services import surfaces
from bot.services.inserts import InsertOnce
from models import HomeChoice
from models.home_choice import LONGEST_SEARCH, STANDINGS, HomePart
from models.home_pages import choice_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from models.tenant import Actor

ALL = "all"
_CHOICE = InsertOnce(HomeChoice.__table__)


def show_part(session: Session, actor: Actor, part: str, *, at: datetime) -> None:
    """Show another part from its beginning, as a whole."""
    _change(session, actor, at, part=HomePart(part), desk_id=None, standing="", customer="")


def only_desk(session: Session, actor: Actor, desk_id: int, *, at: datetime) -> None:
    """Show one of one's own desks; any other number shows all of them."""
    _change(session, actor, at, desk_id=desk_id if actor.is_on_desk(desk_id) else None)


def only_standing(session: Session, actor: Actor, standing: str, *, at: datetime) -> None:
    _change(session, actor, at, standing=standing if standing in STANDINGS else "")


def only_customer(session: Session, actor: Actor, customer: str, *, at: datetime) -> None:
    """Show the requests for customers whose name contains these words."""
    _change(session, actor, at, customer=" ".join(customer.split())[:LONGEST_SEARCH])


def show_all(session: Session, actor: Actor, *, at: datetime) -> None:
    _change(session, actor, at, desk_id=None, standing="", customer="")


def turn_to(session: Session, actor: Actor, page: int, *, at: datetime) -> None:
    """Show a page by its number from zero; one that is no more shows the last there is."""
    _change(session, actor, at, page=max(page, 0))


def chosen(session: Session, actor: Actor, *, at: datetime) -> HomeChoice:
    """Return what somebody looks at now."""
    del at  # every use case is called with it
    return choice_of(session, actor.tenant_id, actor.slack_id)


def _change(session: Session, actor: Actor, at: datetime, **changed: object) -> None:
    first = {"part": HomePart.NOW, "desk_id": None, "standing": "", "customer": "", "page": 0}
    _CHOICE.one(session, {"tenant_id": actor.tenant_id, "slack_id": actor.slack_id, **first})
    choice = choice_of(session, actor.tenant_id, actor.slack_id)
    for name, value in {"page": 0, **changed}.items():
        setattr(choice, name, value)
    session.flush()
    surfaces.open_home(session, actor, at)
