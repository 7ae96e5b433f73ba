"""A scorecard as JSON and back: the figures of a digest that was sent never change. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from models.scorecards.figures import Scorecard


def to_json(scorecard: Scorecard) -> dict[str, Any]:
    """Return the figures as plain JSON: amounts and instants as text, sets in order."""
    return cast("dict[str, Any]", _plain(scorecard))


def from_json(stored: Mapping[str, Any]) -> Scorecard:
    """Return what :func:`to_json` stored. A figure that was not known yet then is empty; one dropped since is left."""
    return cast("Scorecard", _read(stored, Scorecard))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _read(stored: Any, kind: Any) -> Any:
    origin = get_origin(kind)
    if origin is UnionType:
        return None if stored is None else _read(stored, next(one for one in get_args(kind) if one is not NoneType))
    if origin is None:
        return _read_dataclass(stored, kind) if is_dataclass(kind) else _read_scalar(stored, kind)
    if issubclass(origin, Mapping):
        of_key, of_value = get_args(kind)
        return {_read(key, of_key): _read(one, of_value) for key, one in stored.items()}
    return origin(_read(one, get_args(kind)[0]) for one in stored)


def _read_dataclass(stored: Mapping[str, Any], kind: Any) -> Any:
    kinds = _kinds(kind)
    return kind(**{name: _read(stored[name], kinds[name]) for name in kinds if name in stored})


def _read_scalar(stored: Any, kind: Any) -> Any:
    if issubclass(kind, date):
        return kind.fromisoformat(stored)
    return kind(stored) if issubclass(kind, StrEnum | Decimal) else stored


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
