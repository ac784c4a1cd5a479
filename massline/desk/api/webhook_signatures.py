"""Signatures of webhooks: HMAC-SHA256 over id, timestamp and body, as standardwebhooks.com describes."""

import base64
import hashlib
import hmac
from uuid import UUID

from django.conf import settings


def derive_secret(webhook: UUID) -> bytes:
    """Derive the 32 bytes that sign for one webhook from the server's secret, so that no table holds them."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"massline webhook " + webhook.bytes, hashlib.sha256)


def encode_secret(webhook: UUID) -> str:
    """Encode the secret as its receiver stores it."""
    return "whsec_" + base64.b64encode(derive_secret(webhook)).decode()


def sign_headers(webhook: UUID, telling: UUID, *, seconds: int, body: bytes) -> dict[str, str]:
    """Return the headers with id, time (seconds since 1970) and signature, so that receivers can check all three."""
    content = f"{telling}.{seconds}.".encode() + body
    signature = base64.b64encode(hmac.digest(derive_secret(webhook), content, hashlib.sha256)).decode()
    return {
        "webhook-id": str(telling),
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{signature}",
    }
