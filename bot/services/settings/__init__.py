"""What admins decide: read as one document, previewed in sentences, applied once and written down."""

from bot.services.settings.applying import Applied, apply
from bot.services.settings.previewing import preview
from bot.services.settings.reading import problems, read, version_of

__all__ = ["Applied", "apply", "preview", "problems", "read", "version_of"]
