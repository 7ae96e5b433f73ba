"""A form's answers as typed become the settings that are wanted, or a sentence at each question."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bot.services.settings import written
from bot.services.settings.reading import problems
from models.errors import FormRefused, SettingsMoved
from models.i18n import _
from models.settings import from_plain, to_plain
from models.settings.forms import NEW_DESK, OF_A_DESK, RETIRE, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from models.settings import WorkspaceSettings
    from models.settings.forms import Subject

SALES = frozenset({Part.SALES, Part.SALES_CLOSED})


@dataclass
class Wanted:
    """The settings that a form asks for, with the way from a mistake's path back to its question."""

    document: WorkspaceSettings
    base: str
    """Where the form's subject stands in the settings file."""
    answers: Mapping[str, Any]
    places: dict[str, str] = field(default_factory=dict)
    """Paths below the subject whose question has another name."""

    @contextmanager
    def at_questions(self) -> Iterator[None]:
        """Tell the mistakes found inside at the questions that made them."""
        try:
            yield
        except FormRefused as refused:
            found: dict[str, str] = {}
            for path, sentence in refused.problems.items():
                question = self._question(path)
                found.setdefault(question or path, sentence if question else f"{path}: {sentence}")
            raise FormRefused(found) from None

    def _question(self, path: str) -> str:
        if not path.startswith(self.base):
            return ""
        below = path.removeprefix(self.base)
        below = f"hours/{below}" if self.base == "sales_hours/" else below
        known = max((place for place in self.places if _is_within(below, place)), key=len, default=None)
        below = below if known is None else self.places[known]
        return next((name for name in self.answers if _is_within(below, name) or _is_within(name, below)), "")


def wanted_by(current: WorkspaceSettings, subject: Subject, answers: Mapping[str, Any], *, today: date) -> Wanted:
    """The settings with the answers of one form; raises :class:`FormRefused` by the names of its questions."""
    plain = to_plain(current)
    ids = {desk.name: desk.id for desk in current.desks}
    if subject.part in OF_A_DESK:
        wanted = _of_desk(current, plain, ids, subject, answers, today)
    elif subject.part in SALES:
        places = written.sales(plain, subject.part, answers, today)
        wanted = Wanted(current, "sales_hours/", answers, places)
    else:
        written.own(plain, answers)
        wanted = Wanted(current, "", answers)
    with wanted.at_questions():
        document = from_plain(plain)
        desks = tuple(replace(desk, id=ids.get(desk.name)) for desk in document.desks)
        wanted.document = replace(document, desks=desks)
        mistakes = problems(current, wanted.document)
        if mistakes:
            raise FormRefused(mistakes)
    return wanted


def _of_desk(
    current: WorkspaceSettings,
    plain: dict[str, Any],
    ids: dict[str, int | None],
    subject: Subject,
    answers: Mapping[str, Any],
    today: date,
) -> Wanted:
    """Change one desk's words in ``plain``; its row follows it to a new name in ``ids``."""
    old = _desk_name(current, subject)
    desk = plain["desks"].get(old) or written.new_desk(plain)
    places = written.WRITERS[subject.part](desk, answers, today)
    name = _new_name(plain, old, answers) if subject.part is Part.DESK else old
    if desk["default"]:
        for other in plain["desks"].values():
            other["default"] = other is desk
    ids[name] = ids.pop(old, None)
    plain["desks"] = {name if key == old else key: value for key, value in plain["desks"].items()}
    plain["desks"].setdefault(name, desk)
    if answers.get(RETIRE):
        del plain["desks"][name]
    return Wanted(current, f"desks/{name}/", answers, places)


def _desk_name(current: WorkspaceSettings, subject: Subject) -> str:
    """The desk as it is called now; raises :class:`SettingsMoved` for one that is gone."""
    if subject.desk_id == NEW_DESK:
        return ""
    name = next((desk.name for desk in current.desks if desk.id == subject.desk_id), None)
    if name is None:
        raise SettingsMoved(_("Somebody"))
    return name


def _new_name(plain: Mapping[str, Any], old: str, answers: Mapping[str, Any]) -> str:
    name = " ".join(str(answers.get("name") or "").split())
    if not name:
        raise FormRefused({"name": _("Give the desk a name.")})
    if name != old and name.casefold() in {other.casefold() for other in plain["desks"] if other != old}:
        raise FormRefused({"name": _("Another desk is called {desk}. Choose another name.").format(desk=name)})
    return name


def _is_within(path: str, place: str) -> bool:
    return path == place or path.startswith(f"{place}/")
