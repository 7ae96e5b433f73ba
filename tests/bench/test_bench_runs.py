"""The benchmarks still run: their figures are not judged here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bench import counting, explaining, measuring, starting
from tests.bench.figures import Line, Times
from tests.bench.places import KINDS, Place
from tests.bench.plans import SMOKE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", measuring.ON_EACH_DATABASE)
async def test_every_measurement_runs_on_every_database(name: str, kind: str, tmp_path: Path) -> None:
    lines = await measuring.ON_EACH_DATABASE[name](SMOKE, Place(kind, tmp_path))

    assert lines
    assert all(line.ratio > 0 and "against" in str(line) for line in lines)


async def test_starting_is_measured_for_both_ways_of_serving(tmp_path: Path) -> None:
    lines = await starting.measure(SMOKE, Place("sqlite", tmp_path))

    assert {"Socket Mode", "HTTP"} <= {line.what.rpartition(", ")[2] for line in lines}


async def test_explaining_a_clock_is_measured_beside_a_thousand_additions(tmp_path: Path) -> None:
    lines = await explaining.measure(SMOKE, Place("sqlite", tmp_path))

    assert [True, True] == [line.ratio > 0 and "1,000 adds" in str(line) for line in lines]


async def test_working_time_is_measured_beside_a_reference_that_gives_the_same(tmp_path: Path) -> None:
    lines = await counting.measure(SMOKE, Place("sqlite", tmp_path))

    assert ["reference", "reference", "1,000 times add"] == [next(iter(line.floors)) for line in lines]


def test_a_figure_above_its_aim_is_called_so() -> None:
    slow, fast = Times([0.004] * 3), Times([0.002] * 3)

    assert Line("work", slow, {"floor": fast}, 1.5).verdict == "above"
    assert Line("work", slow, {"floor": fast}, 2.0).verdict == "within"
    assert Line("work", slow, {"floor": fast}).verdict == ""
