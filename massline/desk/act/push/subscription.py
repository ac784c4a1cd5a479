"""What a browser gives when somebody asks to be told: an address at a push service, and two keys."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from massline.desk.act.push.server_identity import decode

SECRET_BYTES = 16


@dataclass(frozen=True)
class Subscription:
    """`key` (p256dh) and `secret` (auth) are base64 for addresses, as browsers write them."""

    endpoint: str = field(repr=False)
    key: str = field(repr=False)
    secret: str = field(repr=False)

    def is_usable(self) -> bool:
        """Whether a message can be encrypted with these keys."""
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(self.key))
            return len(decode(self.secret)) == SECRET_BYTES
        except ValueError:
            return False

    def digest(self) -> str:
        """Recognises the same browser; nobody without the server's secret can tell the address from it."""
        return hashlib.blake2b(self.endpoint.encode(), key=_key(b"push-digest"), digest_size=32).hexdigest()


def seal_subscription(subscription: Subscription) -> bytes:
    """Close it with the server's secret, which is not in the database, so that the worker alone can write to it."""
    return bytes(SecretBox(_key(b"push-device")).encrypt(json.dumps(asdict(subscription)).encode()))


def open_subscription(sealed: bytes) -> Subscription | None:
    """None where the server's secret has changed."""
    try:
        return Subscription(**json.loads(SecretBox(_key(b"push-device")).decrypt(sealed)))
    except (CryptoError, ValueError, TypeError):
        return None


def _key(purpose: bytes) -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=purpose).digest()
