"""Settings are refused at start with a sentence that says what to set."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import Mode, Settings, SettingsRefused

BOT = "xoxb-invented"


def settings(**facts: Any) -> Settings:
    return Settings(_env_file=None, **{"ops_channel": "C1", **facts})


def test_an_app_token_means_socket_mode() -> None:
    assert Mode.SOCKET == settings(slack_bot_token=BOT, slack_app_token="xapp-1").checked().mode


def test_a_signing_secret_means_http() -> None:
    assert Mode.HTTP == settings(slack_bot_token=BOT, slack_signing_secret="s3cret").checked().mode


def test_a_desk_can_be_set_up_in_slack_instead() -> None:
    without = settings(slack_bot_token=BOT, slack_app_token="xapp-1", ops_channel=None)

    assert without.checked().ops_channel is None


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({}, "SLACK_BOT_TOKEN"),
        ({"slack_bot_token": BOT}, "SLACK_APP_TOKEN"),
        ({"slack_bot_token": BOT, "slack_app_token": "xapp-1", "slack_signing_secret": "s"}, "Keep one"),
        ({"slack_bot_token": "xoxp-user", "slack_app_token": "xapp-1"}, "xoxb-"),
        ({"slack_bot_token": BOT, "slack_app_token": "xoxb-2"}, "xapp-"),
        ({"slack_bot_token": BOT, "slack_signing_secret": ""}, "SLACK_"),
        ({"slack_bot_token": BOT, "slack_app_token": "xapp-1", "desk_zone": "Mars/Olympus"}, "DESK_ZONE"),
        ({"slack_bot_token": BOT, "slack_app_token": "xapp-1", "desk_hours": "sometimes"}, "DESK_HOURS"),
    ],
)
def test_missing_and_mixed_settings_are_refused_with_what_to_set(facts: dict[str, Any], named: str) -> None:
    with pytest.raises(SettingsRefused, match=named):
        settings(**facts).checked()


def test_no_secret_is_shown_when_settings_are_printed() -> None:
    shown = repr(settings(slack_bot_token=BOT, slack_app_token="xapp-1", token_keys="k1,k2"))

    assert BOT not in shown
    assert "xapp-1" not in shown
