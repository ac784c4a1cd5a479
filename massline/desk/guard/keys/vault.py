"""The vault of one organisation: encryption of fields with its private key.

Fields are XChaCha20-Poly1305 under a key derived from the organisation's private key. The additional data
binds each ciphertext to its organisation, epoch, row (a uuid, so one row of one table) and column, so a value moved
elsewhere does not open. Plain texts are padded to a multiple of 64 bytes.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b, sha256
from uuid import UUID

from django.db.models import Model
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
)
from nacl.exceptions import CryptoError
from nacl.utils import random

from massline.core.contact_points import fold_contact_point
from massline.core.person_names import name_words
from massline.core.sealed_columns import sealed_column
from massline.square.envelopes.sealing import open_contents

PAD = 64


@dataclass(frozen=True, repr=False)
class Vault:
    """An open vault; it lives for one request and is never stored."""

    organisation: UUID
    epoch: int
    private_key: bytes
    previous_key: bytes | None = None
    older_keys: tuple[bytes, ...] = ()

    def _derive(self, purpose: bytes) -> bytes:
        return blake2b(self.organisation.bytes, key=self.private_key, person=purpose, digest_size=32).digest()

    def _bind(self, row: UUID, column: str) -> bytes:
        return f"v1|{self.organisation}|{self.epoch}|{row}|{column}".encode()

    def close(self, text: str, *, row: UUID, column: str) -> bytes:
        plain = text.encode()
        padded = plain + b"\x80" + b"\x00" * (-(len(plain) + 1) % PAD)
        nonce = random(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
        key = self._derive(b"fields")
        return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(padded, self._bind(row, column), nonce, key)

    def open(self, sealed: bytes, *, row: UUID, column: str) -> str:
        """Decrypt one field.

        Raises nacl.exceptions.CryptoError if the value was changed or moved from another row or column.
        """
        cut = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
        padded = crypto_aead_xchacha20poly1305_ietf_decrypt(
            sealed[cut:], self._bind(row, column), sealed[:cut], self._derive(b"fields")
        )
        return padded[: padded.rindex(b"\x80")].decode()

    def close_column(self, text: str, row: Model, column: str) -> bytes:
        """Encrypt a value for a column that its model declares as sealed by the vault."""
        declared = sealed_column(type(row), column)
        return self.close(text, row=declared.uuid_of(row), column=declared.as_)

    def open_column(self, row: Model, column: str) -> str:
        """Decrypt a column that its model declares as sealed by the vault; raises as `open` does."""
        declared = sealed_column(type(row), column)
        return self.open(bytes(getattr(row, column)), row=declared.uuid_of(row), column=declared.as_)

    def older(self) -> "Iterator[Vault]":
        """Yield vaults with the keys before this one, newest first."""
        keys = (self.previous_key, *self.older_keys) if self.previous_key else ()
        for back, key in enumerate(keys, start=1):
            yield Vault(self.organisation, self.epoch - back, key)

    def index(self, point: str) -> bytes:
        """Blind index of a contact point: equal phone numbers or addresses give the same 16 bytes.

        Normalise the contact point first: the index tells apart what is written with another country.
        """
        return hmac.digest(self._derive(b"blindidx"), fold_contact_point(point).encode(), sha256)[:16]

    def person_index(self, point: str, name: str) -> bytes | None:
        """Blind index of a contact point and a name, since people who live together may share one phone.

        None without a contact point: a name alone says nothing about who somebody is.
        """
        if not point:
            return None
        person = f"{fold_contact_point(point)}\n{' '.join(name_words(name))}".encode()
        return hmac.digest(self._derive(b"personidx"), person, sha256)[:16]

    def signing_seed(self) -> bytes:
        """The 32-byte seed of the key that signs what this organisation passes on."""
        return self._derive(b"signing")

    def open_envelope(self, sealed: bytes, *, bound_to: str = "") -> dict[str, str]:
        """Open an envelope, also one that was sealed before the key was rotated.

        Raises nacl.exceptions.CryptoError if no key of this vault opens it.
        """
        for key in filter(None, (self.private_key, self.previous_key, *self.older_keys)):
            try:
                return open_contents(sealed, key, bound_to=bound_to)
            except CryptoError:
                continue
        raise CryptoError("No key of this vault opens the envelope.")
