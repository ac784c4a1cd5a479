"""Six digits from an app (TOTP, RFC 6238), and codes on paper that open once."""

import base64
import hashlib
import hmac
import secrets
import time
from io import BytesIO

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.utils.timezone import localdate
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from massline.desk.people.models import Account
from massline.desk.people.second_factors import CodeApp, RecoveryCode

STEP_SECONDS = 30
DRIFT_STEPS = 1
DIGITS = 6
SECRET_BYTES = 20
PAPER_CODES = 10
# No l, o, 0 or 1, which are read for one another.
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
CODE_LETTERS = 16  # of 32 kinds: 80 bits, beyond guessing even for who holds the hashes


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def close_secret(secret: bytes) -> bytes:
    """Close an app's secret under the server's own, which lies in a file apart from the database."""
    return bytes(_box().encrypt(secret))


def open_secret(sealed: bytes) -> bytes | None:
    """Give the secret, or None where the server's own has changed since."""
    try:
        return bytes(_box().decrypt(sealed))
    except (CryptoError, ValueError):
        return None


def offered(closed: str) -> bytes | None:
    """Give the secret that a page offered, as its form sends it back; None where we never offered it."""
    try:
        return open_secret(bytes.fromhex(closed))
    except ValueError:
        return None


def _box() -> SecretBox:
    return SecretBox(
        hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"code-app").digest()
    )


def step_of(secret: bytes, code: str, *, after: int = 0) -> int | None:
    """Give the half minute this code belongs to: this one, the one before or the next; None where it is none of them.

    Half minutes up to `after` do not count: each code opens once, and none older than the last one used.
    """
    now = int(time.time()) // STEP_SECONDS
    app = TOTP(secret, DIGITS, SHA1(), STEP_SECONDS, enforce_key_length=False)
    found = None
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        right = hmac.compare_digest(app.generate(step * STEP_SECONDS), code.encode())
        found = step if right and step > after else found
    return found


def typed(text: str) -> str:
    """What somebody typed, without the spaces and hyphens in which it was printed."""
    return "".join(letter for letter in text.lower() if letter.isalnum() and letter.isascii())


def use_app(account: Account, text: str) -> bool:
    """Take a code from the app; each is taken once, also where two browsers send it at the same moment."""
    app = CodeApp.objects.filter(account=account).first()
    secret = open_secret(bytes(app.sealed)) if app else None
    if app is None or secret is None:
        return False
    step = step_of(secret, typed(text), after=app.last_step)
    if step is None:
        return False
    fresh = CodeApp.objects.filter(pk=app.pk, last_step__lt=step)
    return fresh.update(last_step=step, used_on=localdate()) == 1


def use_paper(account: Account, text: str) -> bool:
    """Take a code from the paper, once."""
    rows = RecoveryCode.objects.filter(account=account, digest=digest_of(typed(text)), used_on=None)
    return rows.update(used_on=localdate()) == 1


def digest_of(code: str) -> bytes:
    return hashlib.blake2b(code.encode(), digest_size=32, person=b"recovery-code").digest()


def new_paper() -> list[str]:
    """Draw codes, as they are printed: abcd-efgh-ijkm-npqr."""
    drawn = ("".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS)) for _ in range(PAPER_CODES))
    return ["-".join(code[at : at + 4] for at in range(0, CODE_LETTERS, 4)) for code in drawn]


def written(secret: bytes) -> str:
    """The secret as an app takes it by hand, in groups of four."""
    letters = base64.b32encode(secret).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def picture(secret: bytes, account: Account, issuer: str) -> str:
    """The secret as a QR code that an app reads: an SVG."""
    app = TOTP(secret, DIGITS, SHA1(), STEP_SECONDS, enforce_key_length=False)
    drawn = BytesIO()
    segno.make(app.get_provisioning_uri(account.name, issuer), error="m", micro=False).save(
        drawn, kind="svg", border=4, omitsize=True, xmldecl=False, light="#fff"
    )
    return drawn.getvalue().decode()
