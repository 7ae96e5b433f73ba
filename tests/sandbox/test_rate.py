"""The stand-in's rate can be measured; whether it is high enough is the benchmark's to say."""

from __future__ import annotations

from tests.bench import sandbox_rate
from tests.bench.places import Place
from tests.bench.plans import SMOKE


async def test_the_stand_in_is_measured_beside_an_empty_endpoint(tmp_path):
    lines = await sandbox_rate.measure(SMOKE, Place("sqlite", tmp_path))
    assert [line.aim for line in lines] == [4.0, 4.0]
    assert all(line.ratio > 0 and sandbox_rate.EMPTY in line.floors for line in lines)
