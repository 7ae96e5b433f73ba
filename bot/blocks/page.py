"""A page in sections of plain lines, and its dresses for those who print or mail it: Markdown and HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from bot.blocks.phrases import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
PRINT = """
@page { size: A4; margin: 18mm; }
* { box-sizing: border-box; }
body { font: 11pt/1.45 system-ui, sans-serif; color: #1a1a1a; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 .3rem; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; border-bottom: 1px solid #bbb; break-after: avoid; }
li { margin: .25rem 0; break-inside: avoid; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
td + td, th + th { text-align: right; white-space: nowrap; }
.words { font-style: italic; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""


@dataclass(frozen=True)
class Line:
    """One plain sentence, not escaped; with what it is about, where a surface can offer to open it."""

    text: str
    request_id: int | None = None
    label: str = ""
    agreement_id: int | None = None


@dataclass(frozen=True)
class PageSection:
    """A heading with lines, a table, or both; the first row of a table names its columns."""

    title: str
    lines: Sequence[Line] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=list)


def as_markdown(title: str, leads: Sequence[str], sections: Sequence[PageSection]) -> str:
    """The page as Markdown. Whatever people typed is text there: it makes no heading, no link, no HTML."""
    parts = [f"# {_mark(title)}", *(_mark(lead) for lead in leads if lead)]
    for section in sections:
        parts.append(f"## {_mark(section.title)}")
        parts += ["\n".join(_markdown_rows(section.rows))] if section.rows else []
        parts += ["\n".join(f"- {_mark(line.text)}" for line in section.lines)] if section.lines else []
    return "\n\n".join(parts) + "\n"


def as_html(title: str, leads: Sequence[str], sections: Sequence[PageSection], *, language: str = "en") -> str:
    """The page as one HTML file without scripts or addresses: opened in a browser it prints as it stands."""
    body = [f"<h1>{escape(title)}</h1>", *(f'<p class="words">{escape(lead)}</p>' for lead in leads if lead)]
    for section in sections:
        body.append(f"<section><h2>{escape(section.title)}</h2>")
        body += _html_rows(section.rows) if section.rows else []
        body += ["<ul>", *(f"<li>{escape(one_line(line.text))}</li>" for line in section.lines), "</ul>"]
        body.append("</section>")
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{PRINT}</style>'
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    document = ["<!DOCTYPE html>", f'<html lang="{escape(language)}">', f"<head>{head}{policy}</head>", "<body>"]
    return "\n".join([*document, *(part for part in body if part), "</body>", "</html>"]).replace("<ul>\n</ul>\n", "")


def _mark(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", one_line(text).replace("&", "&amp;"))


def _markdown_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(_mark(cell) for cell in row) + " |" for row in rows]
    return [lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]


def _html_rows(rows: Sequence[Sequence[str]]) -> list[str]:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    lines = [
        f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>"
        for row in rows[1:]
    ]
    return [f"<table><thead><tr>{head}</tr></thead><tbody>", *lines, "</tbody></table>"]
