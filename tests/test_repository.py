"""What stands around the code is true: the README, the settings, the wheel, the change log."""

from __future__ import annotations

import os
import re
import tomllib
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from hatchling.builders.wheel import WheelBuilder

import bot.__main__ as command_line
from bot.config import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOT_OURS = {"__pycache__", "var", "dist", "build", ".git", ".venv", ".hypothesis"}

REGISTRY_HOSTS = [
    "".join(parts)
    for parts in (
        ("py", "pi.org"),
        ("pythonhos", "ted.org"),
        ("registry.np", "mjs.org"),
        ("deb.deb", "ian.org"),
        ("crates", ".io"),
        ("proxy.gol", "ang.org"),
        ("cdn.jsde", "livr.net"),
        ("unp", "kg.com"),
    )
]
"""Written in halves, so that this file is not its own offender."""


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def our_files() -> list[Path]:
    """Every file of the project; what tools and environments leave in folders of their own is not."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith(("_cache", ".egg-info"))]
        found += [Path(folder) / name for name in names]
    return sorted(path for path in found if path.is_file() and path.name != ".env")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore")


def commands(group: Any, before: str = "") -> Iterator[str]:
    """Every command a person can type, with its group: ``db upgrade``."""
    for name, command in group.commands.items():
        if command.hidden:
            continue
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def rows_of_settings() -> list[str]:
    return re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)


def test_the_readme_tells_every_command() -> None:
    typed = list(commands(typer.main.get_command(command_line.cli)))

    assert [name for name in typed if f"expedite-desk {name}" not in README] == []


def test_the_readme_tells_every_setting_and_no_other() -> None:
    assert sorted(name.upper() for name in Settings.model_fields) == sorted(rows_of_settings())


def test_the_example_of_settings_holds_every_setting() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))

    assert {name.upper() for name in Settings.model_fields} == named


def test_the_readme_names_only_targets_that_make_knows() -> None:
    known = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    assert set(re.findall(r"`make ([a-z]+)", README)) <= known


@pytest.mark.parametrize("path", [path for path in our_files() if path.suffix == ".md"], ids=str)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text_of(path))

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_wheel_holds_every_file_of_the_packages() -> None:
    """A folder missing from the wheel's list works in a checkout and is gone after an installation."""
    packages = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    inside = {Path(file.distribution_path) for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    wanted = {path.relative_to(ROOT) for path in our_files() if path.relative_to(ROOT).parts[0] in packages}

    assert set() == wanted - inside


def test_every_package_is_in_the_wheel() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    assert packages <= set(project()["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def test_no_file_records_where_packages_come_from() -> None:
    """Each machine knows its own registry; versions and hashes are what must not change."""
    offenders = [
        f"{path.relative_to(ROOT)}: {host}" for path in our_files() for host in REGISTRY_HOSTS if host in text_of(path)
    ]

    assert offenders == []


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_pinned_version_has_hashes(name: str) -> None:
    lines = text_of(ROOT / "requirements" / f"{name}.txt").splitlines()
    pins = [line for line in lines if re.match(r"[a-z0-9]", line)]

    assert pins
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9-]+==\S+( ; .+)? \\", pin)] == []
    assert [line for line in lines if line.startswith("-")] == []


def test_what_development_needs_is_more_than_what_the_app_needs() -> None:
    """`make install` after `make run` must never move a version."""
    base, dev = (
        set(re.findall(r"^\S+==\S+", text_of(ROOT / "requirements" / f"{name}.txt"), re.MULTILINE))
        for name in ("base", "dev")
    )

    assert base < dev


def test_the_change_log_is_kept() -> None:
    """Keep a Changelog: Unreleased first, then versions with their day, newest first, in sections of six kinds."""
    text = text_of(ROOT / "CHANGELOG.md")
    first, *released = re.findall(r"^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$", text, re.MULTILINE)
    days = [date.fromisoformat(day) for _version, day in released]

    assert first == ("Unreleased", "")
    assert all(later >= earlier for later, earlier in pairwise(days))
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= {
        "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"
    }  # fmt: skip
