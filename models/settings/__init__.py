"""The settings of a workspace: one document, read, checked, compared and written. Pure."""

from models.settings.checks import problems
from models.settings.document import (
    DeskSettings,
    DigestTime,
    Hours,
    Members,
    MembersFrom,
    Routing,
    WorkspaceSettings,
)
from models.settings.reading import from_plain
from models.settings.writing import to_plain

__all__ = [
    "DeskSettings",
    "DigestTime",
    "Hours",
    "Members",
    "MembersFrom",
    "Routing",
    "WorkspaceSettings",
    "from_plain",
    "problems",
    "to_plain",
]
