"""Prints what development needs beyond the app, one requirement a line: the input of `make pins`."""  # noqa: INP001 a script

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
name = project["project"]["name"]
extras = chain.from_iterable(project["project"]["optional-dependencies"].values())
group = (line for line in project["dependency-groups"]["dev"] if not line.startswith(name))
print(*group, *extras, sep="\n")  # noqa: T201 its output is its purpose
