"""The key by which push services know this server (VAPID, RFC 8292). It is derived from the server's secret."""

import base64
import hashlib
import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings

from massline.desk.act.push.message_encryption import public_point

VALID = timedelta(hours=12)  # RFC 8292 allows 24
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def server_key() -> ec.EllipticCurvePrivateKey:
    """The key pair that goes with the server's secret; another secret makes every subscription useless."""
    drawn = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=64, person=b"push-identity").digest()
    return ec.derive_private_key(int.from_bytes(drawn) % (ORDER - 1) + 1, ec.SECP256R1())


def public_key() -> str:
    """What a browser is given when somebody asks to be told."""
    return encode(public_point(server_key()))


def authorization(endpoint: str, *, now: datetime) -> str:
    """The header by which the push service knows that we are who the subscription was made for."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + VALID).timestamp())}
    if settings.SQUARE_URL.startswith("https://"):  # some services ask for an address of ours
        claims["sub"] = settings.SQUARE_URL
    signed = ".".join(encode(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(server_key().sign(signed.encode(), ec.ECDSA(SHA256())))
    token = f"{signed}.{encode(r.to_bytes(32) + s.to_bytes(32))}"
    return f"vapid t={token}, k={public_key()}"


def encode(data: bytes) -> str:
    """Base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decode(text: str) -> bytes:
    """Raises ValueError for what is no such text."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
