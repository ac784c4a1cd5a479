"""Encryption of private keys: with a passphrase, to a public key, or with a key from a link or a cookie."""

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

from massline.desk.guard.keys.password_hasher import AT_ONCE


def create_key_pair() -> tuple[bytes, bytes]:
    """Make a key pair: (public, private), 32 bytes each."""
    private = PrivateKey.generate()
    return bytes(private.public_key), bytes(private)


def _wrap_key(passphrase: str, salt: bytes) -> bytes:
    with AT_ONCE:
        return argon2id.kdf(
            SecretBox.KEY_SIZE,
            passphrase.encode(),
            salt,
            opslimit=3,
            memlimit=settings.ARGON2_KIB * 1024,
        )


def seal_for_passphrase(private: bytes, passphrase: str) -> tuple[bytes, bytes]:
    """Encrypt a private key with a passphrase: (salt, sealed)."""
    salt = random(argon2id.SALTBYTES)
    return salt, bytes(SecretBox(_wrap_key(passphrase, salt)).encrypt(private))


def open_with_passphrase(salt: bytes, sealed: bytes, passphrase: str) -> bytes | None:
    """The private key, or None if the passphrase is wrong."""
    return open_with_key(sealed, _wrap_key(passphrase, salt))


def seal_for_key(private: bytes, key: bytes) -> bytes:
    return bytes(SecretBox(key).encrypt(private))


def open_with_key(sealed: bytes, key: bytes) -> bytes | None:
    try:
        return bytes(SecretBox(key).decrypt(sealed))
    except CryptoError:
        return None


def seal_to_public(private: bytes, public_key: bytes) -> bytes:
    return SealedBox(PublicKey(public_key)).encrypt(private)


def open_with_private(sealed: bytes, private_key: bytes) -> bytes | None:
    try:
        return SealedBox(PrivateKey(private_key)).decrypt(sealed)
    except CryptoError:
        return None
