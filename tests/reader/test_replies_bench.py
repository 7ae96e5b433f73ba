"""What ``make bench-reader`` prints of replies and of time still comes out; its figures are not judged here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import reader, reader_speed
from tests.bench.figures import Times

if TYPE_CHECKING:
    import pytest


def test_the_quick_figures_are_of_unseen_replies(capsys: pytest.CaptureFixture[str]) -> None:
    names = [name for name, found in reader.reply_figures(quick=True) if not reader._replies_told(name, found)]

    assert ["unseen"] == names
    assert "commits read out of 0 refusals" in capsys.readouterr().out


def test_slower_in_the_worst_of_a_hundred_is_above_its_aim() -> None:
    slow, fast = Times([0.001] * 99 + [0.009] * 2), Times([0.002] * 101)

    assert "above" == reader_speed.SpeedLine("reading", slow, fast, fast).verdict
    assert "within" == reader_speed.SpeedLine("reading", fast, slow, fast).verdict


def test_a_cost_that_outgrows_the_length_is_above_its_aim() -> None:
    assert "above" == reader_speed.LengthLine("reading", {500: 0.001, 1000: 0.003}).verdict
    assert "within" == reader_speed.LengthLine("reading", {500: 0.001, 1000: 0.002}).verdict
