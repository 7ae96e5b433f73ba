"""The settings file: YAML in which every value is the text somebody wrote.

YAML itself would read the country NO as false and 12:30 as 750. Here nothing is guessed: the settings know what each
value has to be. A name that stands twice in one place is refused, where YAML would silently keep the last.
"""

from __future__ import annotations

from typing import Any

import yaml

from models.errors import ExpediteError
from models.i18n import _


class FileRefused(ExpediteError):
    """The file is no YAML that can be understood; the sentence says where."""


class _TextLoader(yaml.BaseLoader):  # type: ignore[misc] # the library ships no types
    """Reads everything as text, lists and named values."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[str, Any]:  # noqa: ARG002 the library's signature
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise FileRefused(_("Line {line}: a name is missing before the colon.").format(line=_line(key_node)))
            if key in found:
                sentence = _("Line {line}: “{name}” stands here twice. Keep one of the two.")
                raise FileRefused(sentence.format(line=_line(key_node), name=key))
            found[key] = self.construct_object(value_node, deep=True)
        return found


def load(text: str) -> Any:
    """The plain words of a file; raises :class:`FileRefused` with the line that cannot be understood."""
    try:
        return yaml.load(text, Loader=_TextLoader)  # noqa: S506 builds nothing but text, lists and named values
    except yaml.MarkedYAMLError as refused:
        line = refused.problem_mark.line + 1 if refused.problem_mark else 1
        sentence = _("Line {line} is not understood: {problem}. Check its indentation, dashes and quotes.")
        raise FileRefused(sentence.format(line=line, problem=refused.problem or refused)) from refused
    except (yaml.YAMLError, RecursionError) as refused:
        raise FileRefused(_("The file is not understood: is it text in UTF-8?")) from refused


def dump(plain: Any) -> str:
    """Plain words as a file that :func:`load` reads back."""
    text: str = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=110)
    return text


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
