"""Keeps bot tokens sealed at rest. The newest key seals; every key opens, so that keys can be rotated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

if TYPE_CHECKING:
    from collections.abc import Sequence


class VaultRefused(Exception):
    """A key is malformed, or none of the keys opens what was sealed."""


class Vault:
    """Seals and opens short secrets. ``keys`` as :meth:`new_key` makes them, newest first."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._keys = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise VaultRefused(
                "TOKEN_KEYS must hold at least one key of 32 bytes in URL-safe base64, newest first."
            ) from None

    @staticmethod
    def new_key() -> str:
        return Fernet.generate_key().decode()

    def seal(self, secret: str) -> str:
        return self._keys.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """Open what was sealed; raise :class:`VaultRefused` when no key fits."""
        try:
            return self._keys.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise VaultRefused("None of TOKEN_KEYS opens this token. Put the key back that sealed it.") from None

    def reseal(self, sealed: str) -> str:
        """Seal the same secret under the newest key."""
        try:
            return self._keys.rotate(sealed.encode()).decode()
        except InvalidToken:
            raise VaultRefused("None of TOKEN_KEYS opens this token. Put the key back that sealed it.") from None
