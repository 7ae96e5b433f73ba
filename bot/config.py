"""Settings from the environment, checked at start: a missing or contradicting one is refused with a sentence."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from models.business_calendar import weekly

ORDER_PATHS = frozenset(
    ["lines", "order_number", "line_number", "item", "customer", "quantity", "unit", "requested_date", "promise_date"]
)
DEFAULT_API_URL = "https://slack.com/api/"


class SettingsRefused(Exception):
    """The settings do not say one thing; the sentence tells what to set."""


class Mode(StrEnum):
    """How Slack reaches the app."""

    SOCKET = "socket"
    HTTP = "http"


class Settings(BaseSettings):
    """What an installation decides. Names are the environment variables, in capitals."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    database_url: str = "sqlite:///var/expedite.db"
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = DEFAULT_API_URL
    token_keys: Annotated[list[SecretStr], NoDecode] = Field(default_factory=list)

    ops_channel: str | None = None
    leadership_channel: str | None = None
    desk_name: str = "Operations desk"
    desk_zone: str = "UTC"
    desk_hours: str = "Mon-Fri 08:00-17:00"
    desk_holidays: str | None = None
    admins: Annotated[list[str], NoDecode] = Field(default_factory=list)
    leaders: Annotated[list[str], NoDecode] = Field(default_factory=list)

    order_book_url: str | None = None
    """An ERP's address with ``{query}`` in it; what is asked is what somebody typed."""
    order_book_header: SecretStr | None = None
    """One header of that call, ``Name: value``."""
    order_book_paths: dict[str, str] = Field(default_factory=lambda: {"lines": "", "order_number": "order_number"})
    """JSON: where the answer keeps its ``lines``, and where a line keeps order_number, item, customer and the rest."""
    order_book_allow_private: bool = False
    """Whether addresses inside a private network may be called, and plain http."""

    language: str = "en"
    host: str = "127.0.0.1"
    port: int = 3000
    log_level: str = "INFO"

    @field_validator("admins", "leaders", "token_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        return value if value.endswith("/") else value + "/"

    @property
    def mode(self) -> Mode:
        """Socket Mode or HTTP, from the secrets that are set; raises :class:`SettingsRefused` when unclear."""
        if self.slack_bot_token is None:
            raise SettingsRefused(
                "SLACK_BOT_TOKEN is not set. Copy the “Bot User OAuth Token” (xoxb-…) of your Slack app."
            )
        if self.slack_app_token and self.slack_signing_secret:
            raise SettingsRefused(
                "Both SLACK_APP_TOKEN (Socket Mode) and SLACK_SIGNING_SECRET (HTTP) are set. Keep one of the two."
            )
        if not self.slack_app_token and not self.slack_signing_secret:
            raise SettingsRefused(
                "Set SLACK_APP_TOKEN (xapp-…) for Socket Mode, or SLACK_SIGNING_SECRET for HTTP. Neither is set."
            )
        return Mode.SOCKET if self.slack_app_token else Mode.HTTP

    def checked(self) -> Settings:
        """These settings, once they are known to be usable for serving."""
        _require_prefix("SLACK_BOT_TOKEN", self.slack_bot_token, "xoxb-")
        _require_prefix("SLACK_APP_TOKEN", self.slack_app_token, "xapp-")
        if self.mode is Mode.HTTP and not self.slack_signing_secret:
            raise SettingsRefused("SLACK_SIGNING_SECRET is empty. Copy it from “Basic Information” of your Slack app.")
        _require_order_book(self.order_book_url, self.order_book_paths)
        _require_hours(self.desk_zone, self.desk_hours)
        return self


def _require_order_book(url: str | None, paths: dict[str, str]) -> None:
    if url is None:
        return
    if "{query}" not in url or not url.startswith(("https://", "http://")):
        raise SettingsRefused(
            "ORDER_BOOK_URL needs {query} where the typed text goes, like https://erp.example.com/lines?find={query}."
        )
    unknown = sorted(set(paths) - ORDER_PATHS)
    if unknown or "order_number" not in paths:
        raise SettingsRefused(
            "ORDER_BOOK_PATHS must say where order_number is, and may name lines, line_number, item, customer, "
            f"quantity, unit, requested_date, promise_date{f'; not {unknown[0]}' if unknown else ''}."
        )


def _require_hours(zone: str, hours: str) -> None:
    if zone not in available_timezones():
        raise SettingsRefused(f"DESK_ZONE “{zone}” is no time zone. Use a name like Europe/Berlin.")
    try:
        weekly(zone, hours)
    except ValueError as refused:
        raise SettingsRefused(f"DESK_HOURS is not understood: {refused}") from refused


def _require_prefix(name: str, secret: SecretStr | None, prefix: str) -> None:
    if secret is not None and not secret.get_secret_value().startswith(prefix):
        raise SettingsRefused(f"{name} should start with {prefix}. Check that the right value was copied.")
