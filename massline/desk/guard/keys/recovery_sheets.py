"""Recovery by paper: a key pair whose private key exists only as words on several sheets (SLIP-39, k of n).

The server holds the public key and, sealed to it, the organisation's private key. Sheets are made and joined
off-line (`massline recovery`); the result is passed to the desk as a text that opens with a one-time phrase.

The package shamir-mnemonic is the reference implementation of SLIP-39 and does not hide its timing, so only the
functions for the off-line machine import it; the desk's process never does (docs/threat-model.md).
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.utils import random

MEMORY_KIB = 65_536
SHEETS = {(2, 3), (3, 5)}
SHORT_SHEETS = {2, 3}
SHORT_NEED = 2
SHORT_BYTES = 16
# What SLIP-39 makes sheets with unless told otherwise; each step up doubles the work of joining them.
MOST_ITERATIONS = 1


class RecoveryRefused(ValueError):
    """Input that recovers nothing; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class Sheets:
    """A new recovery key: its public key as text, and the words of each sheet."""

    public: str
    need: int
    words: tuple[str, ...]


def make_sheets(*, need: int, of: int) -> Sheets:
    """Make a key pair and split its private key; nothing is stored.

    Raises RecoveryRefused for other splits than 2 of 3 and 3 of 5.
    """
    if (need, of) not in SHEETS:
        raise RecoveryRefused("Choose 2 of 3 sheets or 3 of 5.")
    import shamir_mnemonic

    private = PrivateKey.generate()
    (words,) = shamir_mnemonic.generate_mnemonics(1, [(need, of)], bytes(private))
    return Sheets(encode_armour("massline-recovery", bytes(private.public_key)), need, tuple(words))


def make_short_sheets(of: int) -> Sheets:
    """Make a key pair and split it into two or three sheets of 20 words, any two of which open; nothing is stored.

    The words carry 128 random bits, the fewest that SLIP-39 allows; the private key is derived from them.
    """
    if of not in SHORT_SHEETS:
        raise RecoveryRefused("Choose two or three sheets.")
    import shamir_mnemonic

    secret = random(SHORT_BYTES)
    private = PrivateKey(_private_key(secret))
    (words,) = shamir_mnemonic.generate_mnemonics(1, [(SHORT_NEED, of)], secret)
    return Sheets(encode_armour("massline-recovery", bytes(private.public_key)), SHORT_NEED, tuple(words))


def _private_key(secret: bytes) -> bytes:
    """Return the private key that sheets carry: itself on sheets of 33 words, derived on sheets of 20."""
    if len(secret) == PrivateKey.SIZE:
        return secret
    return hashlib.blake2b(secret, person=b"paper key", digest_size=PrivateKey.SIZE).digest()


def fold_words(text: str) -> str:
    """Fold typed words into one line: small letters, one space, without the numbers that stand before them."""
    return " ".join(word for word in text.lower().replace(".", " ").split() if not word.isdecimal())


def digest_sheet(words: str) -> str:
    """Return a digest that tells a sheet again; a sheet holds at least 128 random bits, so nobody can guess it."""
    return hashlib.blake2b(fold_words(words).encode(), person=b"paper sheet", digest_size=32).hexdigest()


def first_unknown_word(words: str) -> tuple[int, str] | None:
    """Return the place, from 1, and the first word that is not on the list of SLIP-39; None if all are."""
    import shamir_mnemonic

    known = set(shamir_mnemonic.wordlist.WORDLIST)
    typed = enumerate(fold_words(words).split(), start=1)
    return next(((place, word) for place, word in typed if word not in known), None)


def sheets_needed(words: str) -> int | None:
    """Return how many sheets of this one's set open together; None if its checksum is wrong.

    None too for a sheet that asks for more work than any that is made here.
    """
    import shamir_mnemonic

    try:
        share = shamir_mnemonic.Share.from_mnemonic(fold_words(words))
    except shamir_mnemonic.MnemonicError:
        return None
    return int(share.member_threshold) if share.iteration_exponent <= MOST_ITERATIONS else None


def join_sheets(sheets: Sequence[str]) -> bytes:
    """Join the words of enough sheets to the private key.

    Raises RecoveryRefused for a wrong word, too few sheets, or sheets that do not belong together.
    """
    import shamir_mnemonic

    lines = [" ".join(sheet.lower().split()) for sheet in sheets if sheet.strip()]
    for number, line in enumerate(lines, start=1):
        _check_sheet(line, number)
    if len({share.identifier for share in map(shamir_mnemonic.Share.from_mnemonic, lines)}) > 1:
        raise RecoveryRefused(
            "These sheets do not belong together. Nothing was opened; use sheets of one set."
        )
    need = shamir_mnemonic.Share.from_mnemonic(lines[0]).member_threshold if lines else 2
    if len(set(lines)) < need:
        raise RecoveryRefused(
            f"{need} different sheets are needed, {len(set(lines))} were given. Nothing was opened."
        )
    try:
        secret = bytes(shamir_mnemonic.combine_mnemonics(list(dict.fromkeys(lines))[:need]))
    except shamir_mnemonic.MnemonicError as problem:
        raise RecoveryRefused(
            "These sheets do not open anything together. Compare every word with the paper."
        ) from problem
    return _private_key(secret)


def _check_sheet(line: str, number: int) -> None:
    import shamir_mnemonic

    known = set(shamir_mnemonic.wordlist.WORDLIST)
    for place, word in enumerate(line.split(), start=1):
        if word not in known:
            raise RecoveryRefused(
                f"Sheet {number}, word {place}: “{word}” is not on the word list. Read it once more."
            )
    try:
        shamir_mnemonic.Share.from_mnemonic(line)
    except shamir_mnemonic.MnemonicError as problem:
        raise RecoveryRefused(
            f"Sheet {number} has a wrong or missing word. Compare it with the paper."
        ) from problem


def seal_to_sheets(public: str, secret: bytes) -> bytes:
    """Seal bytes to a recovery key, at the desk."""
    return SealedBox(PublicKey(decode_armour("massline-recovery", public))).encrypt(secret)


def open_sealed(sealed: bytes, private: bytes) -> bytes:
    try:
        return SealedBox(PrivateKey(private)).decrypt(sealed)
    except CryptoError as problem:
        raise RecoveryRefused("This was not sealed for these sheets. Nothing was opened.") from problem


def encrypt_for_desk(secret: bytes) -> tuple[str, str]:
    """Encrypt a secret for the desk; return the text to paste and the one-time phrase to type."""
    import shamir_mnemonic

    words = shamir_mnemonic.wordlist.WORDLIST
    phrase = " ".join(words[int.from_bytes(random(2), "big") % len(words)] for _ in range(8))
    salt = random(argon2id.SALTBYTES)
    closed = salt + bytes(SecretBox(_key(phrase, salt)).encrypt(secret))
    return encode_armour("massline-handover", closed), phrase


def decrypt_at_desk(text: str, phrase: str) -> bytes:
    """Decrypt at the desk the text made by `encrypt_for_desk`. Raises RecoveryRefused if the phrase does not fit."""
    closed = decode_armour("massline-handover", text)
    salt, box = closed[: argon2id.SALTBYTES], closed[argon2id.SALTBYTES :]
    try:
        return bytes(SecretBox(_key(" ".join(phrase.lower().split()), salt)).decrypt(box))
    except CryptoError as problem:
        raise RecoveryRefused(
            "The phrase does not open this text. Nothing was changed; read both once more."
        ) from problem


def _key(phrase: str, salt: bytes) -> bytes:
    return argon2id.kdf(SecretBox.KEY_SIZE, phrase.encode(), salt, opslimit=3, memlimit=MEMORY_KIB * 1024)


def encode_armour(kind: str, content: bytes) -> str:
    """Encode bytes as text that survives copying: kind, base32, and a checksum."""
    check = hashlib.blake2b(content, person=b"armour", digest_size=4).digest()
    return f"{kind}:{base64.b32encode(content + check).decode().rstrip('=').lower()}"


def decode_armour(kind: str, text: str) -> bytes:
    """Decode such a text. Raises RecoveryRefused if it is of another kind, or was cut or changed."""
    name, _, body = "".join(text.split()).partition(":")
    if name != kind:
        raise RecoveryRefused(f"This is not a text that begins with {kind}:. Copy the whole of it.")
    try:
        content = base64.b32decode(body.upper() + "=" * (-len(body) % 8))
    except ValueError as problem:
        raise RecoveryRefused(
            "This text was cut or changed on the way. Copy the whole of it once more."
        ) from problem
    inside, check = content[:-4], content[-4:]
    if hashlib.blake2b(inside, person=b"armour", digest_size=4).digest() != check:
        raise RecoveryRefused("This text was cut or changed on the way. Copy the whole of it once more.")
    return inside


def make_challenge() -> tuple[bytes, str]:
    """Make a proof: bytes to seal to the recovery key, and the answer that only the sheets can decrypt."""
    answer = base64.b32encode(random(10)).decode().lower()
    return json.dumps({"proof": answer}).encode(), answer


def read_answer(opened: bytes) -> str:
    return str(json.loads(opened)["proof"])
