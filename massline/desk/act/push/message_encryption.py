"""Encryption of a message for one browser: Web Push (RFC 8291) over aes128gcm (RFC 8188)."""

import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PADDED_BYTES = 512  # every message is as long as every other
RECORD_BYTES = 4096
LAST_RECORD = b"\x02"


def encrypt_message(
    text: bytes,
    *,
    browser_key: bytes,
    browser_secret: bytes,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes = b"",
    padded: int = PADDED_BYTES,
) -> bytes:
    """Return the body of a push request that only this browser opens.

    Parameters
    ----------
    browser_key
        65 bytes, the uncompressed P-256 point `p256dh` of the subscription.
    browser_secret
        16 bytes, `auth` of the subscription.
    sender, salt
        A key pair and 16 bytes for this message alone; fresh ones unless a test gives them.
    padded
        Bytes of the text with its padding.

    Raises
    ------
    ValueError
        If the browser's key is no point of the curve.
    """
    sender, salt = sender or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    browser = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), browser_key)
    own = public_point(sender)
    shared = sender.exchange(ec.ECDH(), browser)
    mixed = _derive(browser_secret, shared, b"WebPush: info\0" + browser_key + own, 32)
    key = _derive(salt, mixed, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(salt, mixed, b"Content-Encoding: nonce\0", 12)
    closed = AESGCM(key).encrypt(nonce, text + LAST_RECORD + bytes(max(padded - len(text), 0)), None)
    return salt + RECORD_BYTES.to_bytes(4) + bytes([len(own)]) + own + closed


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half as the 65 bytes of an uncompressed point."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)
