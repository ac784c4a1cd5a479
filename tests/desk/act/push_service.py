"""A push service on this machine, and browsers that are subscribed to it and open what it was handed."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()


def to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def to_bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Handed:
    """One request that the service took."""

    path: str
    headers: dict[str, str]
    body: bytes


class PushService(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.handed: list[Handed] = []
        self.status: dict[str, int] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.handed.append(
            Handed(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        )
        self.send_response(self.server.status.get(self.path, 201))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Silence: a test reads what was handed over."""


@dataclass
class Browser:
    """A browser subscribed under a path of the service."""

    service: PushService
    path: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    secret: bytes = bytes(range(16))

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def form(self, *kinds: str) -> dict[str, object]:
        """What the script puts into the form."""
        return {
            "kinds": kinds,
            "endpoint": f"{self.service.url}{self.path}",
            "key": to_text(self.point),
            "secret": to_text(self.secret),
        }

    def read(self, body: bytes) -> str:
        """Open a message as RFC 8291 says, from the receiver's side, without its padding."""
        salt, length = body[:16], body[20]
        sender, closed = body[21 : 21 + length], body[21 + length :]
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        mixed = _derive(self.secret, shared, b"WebPush: info\x00" + self.point + sender, 32)
        key = _derive(salt, mixed, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = _derive(salt, mixed, b"Content-Encoding: nonce\x00", 12)
        text, end, _padding = AESGCM(key).decrypt(nonce, closed, None).rpartition(b"\x02")
        assert end, "the last record has no delimiter"
        return text.decode()


def _derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


@contextmanager
def push_service() -> Iterator[PushService]:
    with PushService() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()
