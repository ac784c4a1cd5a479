"""Codes from an authenticator app (TOTP, RFC 6238), and single-use recovery codes on paper."""

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
from massline.desk.people.second_factor_models import CodeApp, RecoveryCode

STEP_SECONDS = 30
DRIFT_STEPS = 1
DIGITS = 6
SECRET_BYTES = 20
PAPER_CODES = 10
# No l, o, 0 or 1, which look alike.
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
CODE_LETTERS = 24  # of an alphabet of 32: 120 bits, too many to guess even with the hashes


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def seal_secret(secret: bytes) -> bytes:
    """Encrypt an app's secret with the server's key, which is not stored in the database."""
    return bytes(_box().encrypt(secret))


def open_secret(sealed: bytes) -> bytes | None:
    """Decrypt an app's secret; None if the server's key has changed."""
    try:
        return bytes(_box().decrypt(sealed))
    except (CryptoError, ValueError):
        return None


def read_offered_secret(closed: str) -> bytes | None:
    """Decrypt the secret that a form sends back; None if it did not come from our page."""
    try:
        return open_secret(bytes.fromhex(closed))
    except ValueError:
        return None


def _box() -> SecretBox:
    return SecretBox(
        hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"code-app").digest()
    )


def matching_step(secret: bytes, code: str, *, after: int = 0) -> int | None:
    """Return the time step of a code: the present one, the one before or the next; else None.

    Steps up to `after` are ignored, so that each code is valid once and no older one after it.
    """
    now = int(time.time()) // STEP_SECONDS
    app = TOTP(secret, DIGITS, SHA1(), STEP_SECONDS, enforce_key_length=False)
    matched = None
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        right = hmac.compare_digest(app.generate(step * STEP_SECONDS), code.encode())
        matched = step if right and step > after else matched
    return matched


def normalise_code(text: str) -> str:
    """Reduce a typed code to lower-case letters and digits."""
    return "".join(letter for letter in text.lower() if letter.isalnum() and letter.isascii())


def verify_app_code(account: Account, text: str) -> bool:
    """Use a code from the app. Each is accepted once, even if two browsers send it at the same moment."""
    app = CodeApp.objects.filter(account=account).first()
    secret = open_secret(bytes(app.sealed)) if app else None
    if app is None or secret is None:
        return False
    step = matching_step(secret, normalise_code(text), after=app.last_step)
    if step is None:
        return False
    fresh = CodeApp.objects.filter(pk=app.pk, last_step__lt=step)
    return fresh.update(last_step=step, used_on=localdate()) == 1


def use_recovery_code(account: Account, text: str) -> bool:
    """Use a recovery code; each is accepted once."""
    rows = RecoveryCode.objects.filter(
        account=account, digest=digest_recovery_code(normalise_code(text)), used_on=None
    )
    return rows.update(used_on=localdate()) == 1


def digest_recovery_code(code: str) -> bytes:
    return hashlib.blake2b(code.encode(), digest_size=32, person=b"recovery-code").digest()


def new_recovery_codes() -> list[str]:
    """Generate recovery codes in printed form: abcd-efgh-ijkm-npqr-stuv-wxyz."""
    drawn = ("".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS)) for _ in range(PAPER_CODES))
    return ["-".join(code[at : at + 4] for at in range(0, CODE_LETTERS, 4)) for code in drawn]


def format_secret(secret: bytes) -> str:
    """The secret in groups of four letters, for typing into an app."""
    letters = base64.b32encode(secret).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def qr_code(secret: bytes, account: Account, issuer: str) -> str:
    """The secret as a QR code for an app, in SVG."""
    app = TOTP(secret, DIGITS, SHA1(), STEP_SECONDS, enforce_key_length=False)
    drawn = BytesIO()
    segno.make(app.get_provisioning_uri(account.name, issuer), error="m", micro=False).save(
        drawn, kind="svg", border=4, omitsize=True, xmldecl=False, light="#fff"
    )
    return drawn.getvalue().decode()
