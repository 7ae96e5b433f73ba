"""The courier brings Slack in line with the outbox: each message once, edits until they show the newest state."""

from bot.courier.claims import Patience
from bot.courier.sender import Courier

__all__ = ["Courier", "Patience"]
