"""What most walks begin with: a demo on a Tuesday morning."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.browser.window import running_demo

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.demo import Demo

TUESDAY_MORNING = datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    async with running_demo(TUESDAY_MORNING) as running:
        yield running
