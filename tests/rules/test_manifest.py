"""The manifest is what Slack accepts, and asks for no more than the app uses."""

from __future__ import annotations

import pytest

from bot.config import Mode
from bot.manifest import manifest
from bot.payloads import check_manifest

SHORTCUT_NAME_LIMIT = 24


@pytest.mark.parametrize("mode", list(Mode))
def test_the_manifest_fits_slacks_schema(mode: Mode) -> None:
    assert [] == check_manifest(manifest(mode))


@pytest.mark.parametrize("mode", list(Mode))
def test_shortcut_names_fit(mode: Mode) -> None:
    names = [shortcut["name"] for shortcut in manifest(mode)["features"]["shortcuts"]]

    assert [] == [name for name in names if len(name) > SHORTCUT_NAME_LIMIT]


def test_http_names_the_address_everywhere_and_socket_mode_nowhere() -> None:
    assert 3 == str(manifest(Mode.HTTP, url="https://desk.example.com/")).count("https://desk.example.com/slack/events")
    assert "slack/events" not in str(manifest(Mode.SOCKET))
