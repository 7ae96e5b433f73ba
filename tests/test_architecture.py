"""What keeps the code readable: imports point down, pieces stay small, words stay the field's own."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

import pytest
from importlinter.cli import lint_imports

from tests.words import collected, kept, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("bot", "handlers", "models")
SANDBOX = "bot/sandbox/"

LONGEST_FILE = 350
LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 8
NINE_IN_TEN_FUNCTIONS = 25

SYNONYMS = {
    "eta": "committed_ship_date or offered ship date",
    "ticket": "expedite request",
    "sla": "service level, target",
    "counteroffer": "offer",
    "commitments_made": "commitment",
    "due_date": "needed_ship_date, committed_ship_date, or …_due_at for a deadline",
    "delivery_date": "…_ship_date",
    "set_status": "a verb that leaves a record",
    "update_status": "a verb that leaves a record",
    "approve": "accept (Sales) or commit (Ops)",
    "deny": "decline (Ops) or refuse (Sales)",
}
"""Words that mean the same as a word of the glossary, and the word to use."""

BANNED_IN_SENTENCES = re.compile(r"\b(ETA|tickets?|SLA|approved?|rejected|counteroffer)\b", re.IGNORECASE)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def nodes(*folders: str) -> Iterator[tuple[str, ast.AST]]:
    for path in modules(*folders):
        for node in ast.walk(tree_of(path)):
            yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}", node


def functions() -> Iterator[tuple[str, int]]:
    """Every function with its length in lines."""
    for place, node in nodes(*SHIPPED):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield f"{place} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def names_in(node: ast.AST) -> Iterator[str]:
    """The names a piece of code gives to things."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()) | ast.alias(asname=str(name)):
            yield name


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def calls_of(node: ast.AST, *names: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def test_imports_point_down(capsys: pytest.CaptureFixture[str]) -> None:
    """The contracts stand in pyproject.toml; the report names the import that breaks one."""
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True, no_logo=True)

    assert status == 0, capsys.readouterr().out


def test_files_stay_small() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in modules(*SHIPPED)}

    assert {name: lines for name, lines in sizes.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    assert {name: lines for name, lines in functions() if lines > LONGEST_FUNCTION} == {}


def test_most_functions_are_a_few_lines() -> None:
    lengths = [lines for _name, lines in functions()]

    assert median(lengths) <= MEDIAN_FUNCTION
    assert quantiles(lengths, n=10)[-1] <= NINE_IN_TEN_FUNCTIONS


def test_one_word_per_concept_in_names() -> None:
    """The sandbox is left out: it speaks Slack's words, and Slack has tickets."""
    offenders = [
        f"{place} {name}: say {better}"
        for place, node in nodes(*SHIPPED)
        if not place.startswith(SANDBOX)
        for name in names_in(node)
        for word, better in SYNONYMS.items()
        if re.search(rf"(^|_){word}s?(_|$)", snake(name))
    ]

    assert offenders == []


def test_one_word_per_concept_in_sentences() -> None:
    flat = [part for words in sentences(collected()) for part in ((words,) if isinstance(words, str) else words)]

    assert [sentence for sentence in flat if BANNED_IN_SENTENCES.search(sentence)] == []


def test_sentences_are_literals() -> None:
    """Only literals can be collected for translators; values go in by ``.format(name=…)`` after the look-up."""
    offenders = [
        place
        for place, node in nodes(*SHIPPED)
        if isinstance(node, ast.Call) and calls_of(node, "_", "ngettext")
        for argument in node.args[: 1 if calls_of(node, "_") else 2]
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]

    assert offenders == []


def test_sentences_are_looked_up_when_shown() -> None:
    """A look-up at import would fix the language of the whole process."""
    offenders = []
    for path in modules(*SHIPPED):
        inside = {
            id(node)
            for function in ast.walk(tree_of(path))
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            for node in ast.walk(function)
        }
        looked_up = (node for node in ast.walk(tree_of(path)) if calls_of(node, "_", "ngettext"))
        offenders += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in looked_up if id(node) not in inside]

    assert offenders == []


def test_the_translators_template_is_current() -> None:
    """`make words` brings it up to date."""
    now, then = sentences(collected()), sentences(kept())

    assert (set(), set()) == (now - then, then - now)


def test_nothing_of_ours_is_patched_in_tests() -> None:
    """Fakes stand at edges we own; a patched function proves only that it was patched."""
    offenders = []
    for place, node in nodes("tests"):
        match node:
            case ast.Import(names=found) if any(name.name.startswith("unittest.mock") for name in found):
                offenders.append(place)
            case ast.ImportFrom(module="unittest.mock") | ast.ImportFrom(module="mock"):
                offenders.append(place)
            case ast.Attribute(value=ast.Name(id="monkeypatch"), attr="setattr" | "setitem") | ast.arg(arg="mocker"):
                offenders.append(place)

    assert offenders == []


@pytest.mark.parametrize("package", SHIPPED)
def test_our_packages_are_the_ones_imported(package: str) -> None:
    """The names are generic: a dependency that ships one of the same name would shadow ours."""
    found = find_spec(package)

    assert found is not None
    assert Path(str(found.origin)).is_relative_to(ROOT / package)
