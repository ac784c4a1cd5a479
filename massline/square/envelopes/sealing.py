"""Closing an envelope: anybody with the public key can, only the desk can open it.

libsodium's sealed box (X25519, XSalsa20-Poly1305, ephemeral sender key). The JSON inside is padded to a
multiple of 256 bytes, so a sealed row tells nothing of how long a name is.
"""

import base64
import json
from collections.abc import Mapping
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random

PAD = 256


BOUND = "bound_to"


def envelope_binding(about: UUID, row: UUID) -> str:
    """The context a sealed sign-up is bound to: the event, and the row that holds it."""
    return f"{about.hex} {row.hex}"


def seal_contents(contents: Mapping[str, str], key: bytes, *, bound_to: str = "") -> bytes:
    """Seal contents; bound to an event and a row, they open nowhere else."""
    bound = {BOUND: bound_to} if bound_to else {}
    plain = json.dumps(dict(contents) | bound, ensure_ascii=False).encode()
    padded = plain + b" " * (-len(plain) % PAD)
    return SealedBox(PublicKey(key)).encrypt(padded)


def open_contents(sealed: bytes, private: bytes, *, bound_to: str = "") -> dict[str, str]:
    """Open an envelope at the desk.

    Raises nacl.exceptions.CryptoError where the key is not this envelope's, a byte was changed, or it was sealed for
    another event or row. What was sealed without a binding opens anywhere, as before there were any.
    """
    contents = json.loads(SealedBox(PrivateKey(private)).decrypt(sealed))
    bound = contents.pop(BOUND, "")
    if bound and bound_to and bound != bound_to:
        raise CryptoError("This was sealed for another event or row.")
    return {str(name): str(value) for name, value in contents.items()}


def new_manage_token() -> str:
    """Make the secret half of a manage link: 128 random bits, easy to carry in an address."""
    return base64.b32encode(random(16)).decode().rstrip("=").lower()
