"""Measure the engine against its floors: ``python tests/bench/run.py [--quick] [--only NAME]``."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    # Started as a script, this folder would come first: the packages lie beside `tests`.
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from tests.bench.measuring import main

    raise SystemExit(main())
