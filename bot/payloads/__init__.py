"""What Slack accepts: checks of messages, views and the app manifest before they leave.

A payload is checked against the schemas beside this file and against the documented rules that no
schema holds (`rules`, `charts`). An empty list means that Slack would take the payload.
"""

from __future__ import annotations

from bot.payloads.checks import check_home, check_manifest, check_message, check_modal, check_view
from bot.payloads.problems import Problem

__all__ = ["Problem", "check_home", "check_manifest", "check_message", "check_modal", "check_view"]
