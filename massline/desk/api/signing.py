"""How what we tell is signed: HMAC-SHA256 over id, timestamp and body, as standardwebhooks.com describes."""

import base64
import hashlib
import hmac
from uuid import UUID

from django.conf import settings


def secret_of(webhook: UUID) -> bytes:
    """Give the 32 bytes that sign for one address; they follow from our own secret, so no table holds them."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"massline webhook " + webhook.bytes, hashlib.sha256)


def shown(webhook: UUID) -> str:
    """Write the secret as its receiver keeps it."""
    return "whsec_" + base64.b64encode(secret_of(webhook)).decode()


def headers(webhook: UUID, telling: UUID, *, seconds: int, body: bytes) -> dict[str, str]:
    """Give the headers that let a receiver know it is us, when we said it (seconds since 1970), and once only."""
    content = f"{telling}.{seconds}.".encode() + body
    signature = base64.b64encode(hmac.digest(secret_of(webhook), content, hashlib.sha256)).decode()
    return {
        "webhook-id": str(telling),
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{signature}",
    }
