"""One check per surface: schema first, then the rules that the schema does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.payloads import rules
from bot.payloads.charts import chart_problems, without_charts
from bot.payloads.problems import Problem
from bot.payloads.schema import manifest_problems, schema_problems
from bot.payloads.surfaces import surface_problems
from bot.payloads.walk import kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Arguments of the methods that post; Slack takes them beside the message that the schema describes.
CALL_ARGUMENTS = frozenset({"token", "client_msg_id", "as_user", "hash", "unfurl_links", "unfurl_media", "team_id"})


def check_message(payload: dict[str, Any]) -> list[Problem]:
    """Return what Slack would refuse in a message: {text?, blocks?, thread_ts?, …}."""
    message = {key: value for key, value in payload.items() if key not in CALL_ARGUMENTS}
    message.setdefault("text", "")  # blocks alone are allowed; whether text may be empty is the method's own rule
    return _sorted(
        schema_problems("Message", without_charts(message)),
        _common(message, "message"),
        chart_problems(message),
        rules.only_once(message),
    )


def check_modal(view: dict[str, Any]) -> list[Problem]:
    """Return what Slack would refuse in a modal view."""
    return _sorted(
        schema_problems("ModalView", without_charts(view)),
        _common(view, "modal"),
        rules.submit_with_input(view),
        rules.view_size(view),
    )


def check_home(view: dict[str, Any]) -> list[Problem]:
    """Return what Slack would refuse in an App Home view."""
    return _sorted(schema_problems("HomeView", without_charts(view)), _common(view, "home"), rules.view_size(view))


def check_view(view: dict[str, Any]) -> list[Problem]:
    """Return what Slack would refuse in a view, by its own `type`."""
    surfaces = {"modal": check_modal, "home": check_home}
    check = surfaces.get(kind(view))
    if check is None:
        return [Problem("/type", f"unsupported type {view.get('type')!r}, expected one of: home, modal")]
    return check(view)


def check_manifest(manifest: dict[str, Any]) -> list[Problem]:
    """Return what Slack would refuse in an app manifest."""
    return _sorted(manifest_problems(manifest))


def _common(payload: dict[str, Any], surface: str) -> Iterator[Problem]:
    yield from rules.block_count(payload, surface)
    yield from rules.unique_ids(payload)
    yield from rules.filled_blocks(payload)
    yield from rules.everywhere(payload)
    yield from surface_problems(payload, surface)


def _sorted(*found: Iterable[Problem]) -> list[Problem]:
    return sorted({problem for problems in found for problem in problems})
