"""What Slack's client checks before it sends a form: required fields, lengths, numbers, addresses, days."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.sandbox.forms import FIELDS, plain_of_rich_text

Json = dict[str, Any]
REQUIRED = "Please complete this required field."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")


def form_errors(blocks: list[Json], state: dict[str, dict[str, Json]]) -> dict[str, str]:
    """Return the complaints of the client by block id; empty means that the form may be sent."""
    errors: dict[str, str] = {}
    for block in blocks:
        element = block.get("element")
        if block.get("type") != "input" or not isinstance(element, dict):
            continue
        entry = state.get(block["block_id"], {}).get(element["action_id"], {})
        complaint = _complaint(block, element, entry.get(FIELDS[element["type"]][0]))
        if complaint:
            errors[block["block_id"]] = complaint
    return errors


def _complaint(block: Json, element: Json, value: Any) -> str | None:
    if value in (None, "", []) or not str(_text(value)).strip():
        return None if block.get("optional") else REQUIRED
    checks = {
        "plain_text_input": _length,
        "rich_text_input": _length,
        "number_input": _number,
        "email_text_input": _email,
        "url_text_input": _url,
        "datepicker": _day,
    }
    check = checks.get(element["type"], _selection)
    return check(element, value)


def _text(value: Any) -> Any:
    return plain_of_rich_text(value) if isinstance(value, dict) and value.get("type") == "rich_text" else value


def _length(element: Json, value: Any) -> str | None:
    length = len(str(_text(value)))
    least, most = int(element.get("min_length") or 0), int(element.get("max_length") or 3000)
    if length < least:
        return f"Please enter at least {least} characters."
    return f"Please enter no more than {most} characters." if length > most else None


def _number(element: Json, value: Any) -> str | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return "Please enter a number."
    if not number.is_finite():
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    low, high = element.get("min_value"), element.get("max_value")
    if low is not None and number < Decimal(str(low)):
        return f"Please enter a number of at least {low}."
    return f"Please enter a number of at most {high}." if high is not None and number > Decimal(str(high)) else None


def _email(_element: Json, value: Any) -> str | None:
    return None if EMAIL.fullmatch(str(value)) else "Please enter a valid email address."


def _url(_element: Json, value: Any) -> str | None:
    return None if URL.fullmatch(str(value)) else "Please enter a valid URL."


def _day(_element: Json, value: Any) -> str | None:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return "Please enter a valid date (YYYY-MM-DD)."
    return None


def _selection(element: Json, value: Any) -> str | None:
    most = element.get("max_selected_items")
    if most and isinstance(value, list) and len(value) > int(most):
        return f"Please choose no more than {most}."
    return None
