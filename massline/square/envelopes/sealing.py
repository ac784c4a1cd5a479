"""Closing an envelope: anybody with the public key can, only the desk can open it.

libsodium's sealed box (X25519, XSalsa20-Poly1305, ephemeral sender key). The JSON inside is padded to a
multiple of 256 bytes, so a sealed row tells nothing of how long a name is.
"""

import base64
import json
from collections.abc import Mapping

from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random

PAD = 256


def seal(contents: Mapping[str, str], key: bytes) -> bytes:
    plain = json.dumps(dict(contents), ensure_ascii=False).encode()
    padded = plain + b" " * (-len(plain) % PAD)
    return SealedBox(PublicKey(key)).encrypt(padded)


def unseal(sealed: bytes, private: bytes) -> dict[str, str]:
    """Open an envelope at the desk.

    Raises nacl.exceptions.CryptoError where the key is not this envelope's or a byte was changed.
    """
    contents = json.loads(SealedBox(PrivateKey(private)).decrypt(sealed))
    return {str(name): str(value) for name, value in contents.items()}


def token() -> str:
    """Make the secret half of a manage link: 128 random bits, easy to carry in an address."""
    return base64.b32encode(random(16)).decode().rstrip("=").lower()
