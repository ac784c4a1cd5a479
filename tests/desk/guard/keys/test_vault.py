"""What the vault closes, it closes to one row and one column, and tells nothing by its length."""

import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.exceptions import CryptoError

from massline.desk.guard.keys import private_key_encryption
from massline.desk.guard.keys.password_hasher import AT_ONCE
from massline.desk.guard.keys.vault import Vault
from massline.square.envelopes.sealing import new_manage_token, open_contents, seal_contents

ROW, OTHER = UUID(int=1), UUID(int=2)
KEY = bytes(range(32))
KEPT = (
    "64dd67122ad7dbfe4ffec614f1fe3c1a4f52a2c3af35fb15ada9e538ab2ae9dbf54421d2d063328dd9fc10fab00c2a2b"
    "91312afefc881a060d0a36fca2dd4b8ee56ebb241fddc74d3f9d9d1241331528f6810674a953238668bedebcb33b6c9e"
    "a46667c05dc438a7"
)
SEALED = (
    "1d03186414ca6adb0b1f19319c61c05d5164c1e9db8568636abcc0316136da39f15c0f2c0ad9ea49faa5f03e8daa5f28"
    "747704303ad68a4db7d98e0a8229988ae2dac5d21a82d433"
)
SIGNS = "be15fc261ea330a9c45b11b1f499d0e1208d0023797018e887b015a558eee33a"
INDEX = "853828b3335070db43e35806372268bf"
VAULT = Vault(UUID(int=7), 3, KEY)


@given(st.text(max_size=200))
def test_whatever_is_closed_comes_back_as_it_was(text: str) -> None:
    assert VAULT.open(VAULT.close(text, row=ROW, column="name"), row=ROW, column="name") == text


@pytest.mark.parametrize("length", [0, 1, 62, 63, 64, 65, 127, 128])
def test_lengths_are_hidden_in_steps_of_sixty_four(length: int) -> None:
    sealed = VAULT.close("x" * length, row=ROW, column="name")
    assert len(sealed) == 24 + 16 + 64 * (length // 64 + 1)


def test_the_same_word_never_looks_the_same() -> None:
    assert VAULT.close("Rosa", row=ROW, column="name") != VAULT.close("Rosa", row=ROW, column="name")


@pytest.mark.parametrize(
    ("vault", "row", "column"),
    [
        (VAULT, OTHER, "name"),
        (VAULT, ROW, "point"),
        (Vault(UUID(int=8), 3, KEY), ROW, "name"),
        (Vault(UUID(int=7), 4, KEY), ROW, "name"),
        (Vault(UUID(int=7), 3, bytes(32)), ROW, "name"),
    ],
)
def test_moved_to_another_place_it_does_not_open(vault: Vault, row: UUID, column: str) -> None:
    sealed = VAULT.close("Rosa", row=ROW, column="name")
    with pytest.raises(CryptoError):
        vault.open(sealed, row=row, column=column)


def test_one_changed_bit_anywhere_is_noticed() -> None:
    sealed = VAULT.close("Rosa", row=ROW, column="name")
    for place in range(0, len(sealed), 7):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(CryptoError):
            VAULT.open(bytes(changed), row=ROW, column="name")


def test_what_was_closed_before_this_version_still_opens() -> None:
    """The format is a promise: fixed here as it was first written to a disk."""
    kept = bytes.fromhex(KEPT)
    assert VAULT.open(kept, row=ROW, column="name") == "Rosa Luz"
    assert VAULT.index("+49 170 123-456").hex() == INDEX
    assert VAULT.signing_seed().hex() == SIGNS, "what was signed before would be a stranger's"


def test_the_index_is_short_keyed_and_of_one_organisation_and_lock() -> None:
    index = VAULT.index("rosa@post.example")
    assert len(index) == 16
    for other in (Vault(UUID(int=8), 3, KEY), Vault(UUID(int=7), 3, bytes(32))):
        assert other.index("rosa@post.example") != index
    assert VAULT.index("rosa@post.example ") == index != VAULT.index("rosa@post.exampl")


def test_an_envelope_opens_with_this_lock_or_one_before_and_no_other() -> None:
    pairs = [private_key_encryption.create_key_pair() for _ in range(4)]
    vault = Vault(UUID(int=7), 3, pairs[0][1], pairs[1][1], (pairs[2][1],))
    for public, _private in pairs[:3]:
        assert vault.open_envelope(seal_contents({"name": "Rosa"}, public)) == {"name": "Rosa"}
    with pytest.raises(CryptoError):
        vault.open_envelope(seal_contents({"name": "Rosa"}, pairs[3][0]))
    with pytest.raises(CryptoError):
        Vault(UUID(int=7), 3, pairs[0][1]).open_envelope(seal_contents({"name": "Rosa"}, pairs[1][0]))


@pytest.mark.parametrize("length", [0, 100, 233, 234, 235, 500])
def test_an_envelope_tells_its_length_in_steps_of_256(length: int) -> None:
    public, private = private_key_encryption.create_key_pair()
    given_in = {"name": "x" * length}
    assert len(seal_contents({"name": "أ" * 100}, public)) == 48 + 256
    plain = len(json.dumps(given_in))
    sealed = seal_contents(given_in, public)
    assert len(sealed) == 48 + -(-plain // 256) * 256
    assert open_contents(sealed, private) == given_in


def test_words_of_every_script_come_back_and_numbers_as_words() -> None:
    public, private = private_key_encryption.create_key_pair()
    contents = {"name": "أميرة", "help": 3}
    assert open_contents(seal_contents(contents, public), private) == {"name": "أميرة", "help": "3"}  # type: ignore[arg-type]


def test_the_secret_of_a_manage_link_is_long_and_easy_to_carry() -> None:
    secrets = {new_manage_token() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(one) for one in secrets} == {26}
    assert all(one == one.lower() and one.isalnum() for one in secrets)


def test_every_seal_opens_for_its_own_key_alone() -> None:
    (public, private), (_, other) = (
        private_key_encryption.create_key_pair(),
        private_key_encryption.create_key_pair(),
    )
    assert len(public) == len(private) == 32
    to_public = private_key_encryption.seal_to_public(KEY, public)
    assert private_key_encryption.open_with_private(to_public, private) == KEY
    assert private_key_encryption.open_with_private(to_public, other) is None
    under_key = private_key_encryption.seal_for_key(private, KEY)
    assert private_key_encryption.open_with_key(under_key, KEY) == private
    assert private_key_encryption.open_with_key(under_key, bytes(32)) is None
    salt, sealed = private_key_encryption.seal_for_passphrase(private, "words in a row")
    assert len(salt) == 16
    assert private_key_encryption.open_with_passphrase(salt, sealed, "words in a row") == private
    assert private_key_encryption.open_with_passphrase(salt, sealed, "words in a raw") is None
    assert private_key_encryption.open_with_passphrase(bytes(16), sealed, "words in a row") is None
    again, _ = private_key_encryption.seal_for_passphrase(private, "words in a row")
    assert again != salt


def test_a_passphrase_is_stretched_as_it_was_before_this_version(settings: Any) -> None:
    """The cost is a part of the format: changed, no seal of before would open, or each would cost a thief less."""
    settings.ARGON2_KIB = 1024
    kept = bytes.fromhex(SEALED)
    assert private_key_encryption.open_with_passphrase(bytes(range(16)), kept, "words in a row") == KEY


def test_no_more_than_two_passphrases_are_worked_on_at_once() -> None:
    with AT_ONCE, AT_ONCE:
        assert not AT_ONCE.acquire(blocking=False)
    assert AT_ONCE.acquire(blocking=False)
    AT_ONCE.release()
