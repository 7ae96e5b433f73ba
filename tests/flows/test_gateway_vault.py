"""Tokens at rest are unreadable without a key, and keys can be changed."""

from __future__ import annotations

import pytest

from bot.adapters.vault import Vault, VaultRefused


def test_a_sealed_token_opens_again_and_does_not_show_itself() -> None:
    vault = Vault([Vault.new_key()])
    sealed = vault.seal("xoxb-secret")

    assert vault.open(sealed) == "xoxb-secret"
    assert "secret" not in sealed


def test_a_new_key_in_front_seals_while_the_old_one_still_opens() -> None:
    old, new = Vault.new_key(), Vault.new_key()
    sealed = Vault([old]).seal("xoxb-secret")
    rotated = Vault([new, old]).reseal(sealed)

    assert Vault([new, old]).open(sealed) == "xoxb-secret"
    assert Vault([new]).open(rotated) == "xoxb-secret"


def test_a_wrong_key_is_refused_with_what_to_do() -> None:
    sealed = Vault([Vault.new_key()]).seal("xoxb-secret")
    for act in (Vault([Vault.new_key()]).open, Vault([Vault.new_key()]).reseal):
        with pytest.raises(VaultRefused, match="Put the key back"):
            act(sealed)


@pytest.mark.parametrize("keys", [[], ["too short"]])
def test_keys_that_are_no_keys_are_refused_at_start(keys: list[str]) -> None:
    with pytest.raises(VaultRefused, match="TOKEN_KEYS"):
        Vault(keys)
