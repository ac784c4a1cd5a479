"""People who sign up by the dozen at once: each keeps a connection, sends form after form, and sends again what broke off."""

import asyncio
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

PATIENCE_SECONDS = 60.0
RETRY_SECONDS = 0.05
_SECRET = re.compile(r"^location: /\w+/([a-z2-7]{26})/", re.MULTILINE)
_FORM = re.compile(r'name="form_id" value="([^"]+)"')


@dataclass
class CrowdCounts:
    """The crowd's results: seconds until each thanks, answers by status, and the secrets that were given out."""

    seconds: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    thanked: list[str] = field(default_factory=list)
    took: float = 0.0

    @property
    def wrong(self) -> int:
        """Everything that is neither a thanks, nor an honest 'later', nor a connection that was killed."""
        return sum(n for answer, n in self.answers.items() if answer not in {"302", "503", "broke off"})

    @property
    def a_second(self) -> float:
        return len(self.thanked) / self.took

    def percentile(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")

    def describe(self) -> str:
        return (
            f"{len(self.thanked):,} kept in {self.took:.1f} s; p50 {self.percentile(0.5) * 1000:.0f} ms, "
            f"p95 {self.percentile(0.95) * 1000:.0f} ms, p99 {self.percentile(0.99) * 1000:.0f} ms; "
            f"answers {dict(self.answers)}"
        )


def request_bytes(port: int, method: str, path: str, address: str, body: bytes = b"") -> bytes:
    """A request as a browser behind our proxy would send it, from an address of its own."""
    token = "f" * 32
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: https://localhost:{port}\r\n"
        f"X-Forwarded-Proto: https\r\nX-Forwarded-For: {address}\r\n"
        f"Cookie: __Host-massline-square-csrf={token}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def sign_up_bytes(port: int, path: str, form_id: str) -> bytes:
    """The form as one newcomer sends it."""
    number = secrets.token_hex(6)
    body = (
        f"csrfmiddlewaretoken={'f' * 32}&form_id={quote(form_id)}&name=N{number}"
        f"&contact={number}%40post.example&people=1&slot=&language=&needs=&website="
    )
    return request_bytes(port, "POST", path, draw_address(), body.encode())


def draw_address() -> str:
    return f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}"


@dataclass
class Connection:
    """A connection that is opened again when the server was killed."""

    port: int
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, sent: bytes) -> tuple[str, str, bytes]:
        """Return status, head in lower case and body; raises OSError or IncompleteReadError where it broke off."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        writer.write(sent)
        head = (
            (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE_SECONDS))
            .decode("latin-1")
            .lower()
        )
        length = next(
            (int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0
        )
        return head[9:12], head, await reader.readexactly(length) if length else b""

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def _person(port: int, make: Callable[[], bytes], until: float, counts: CrowdCounts) -> None:
    connection, sent = Connection(port), b""
    while time.monotonic() < until:
        sent, began = sent or make(), time.monotonic()
        try:
            status, head, _body = await connection.ask(sent)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            counts.answers["broke off"] += 1
            connection.close()
            await asyncio.sleep(RETRY_SECONDS)
            continue  # the same form again, as somebody would
        counts.answers[status] += 1
        if status == "302":
            counts.seconds.append(time.monotonic() - began)
            found = _SECRET.search(head)
            counts.thanked.append(found[1] if found else "")
            sent = b""
        elif status == "503":
            await asyncio.sleep(RETRY_SECONDS)
        else:
            sent = b""
    connection.close()


async def _reader(port: int, path: str, until: float, counts: CrowdCounts) -> None:
    """Read the form, send it and read the thanks, as a person's browser does; counted once all three are answered."""
    connection = Connection(port)
    while time.monotonic() < until:
        address, began = draw_address(), time.monotonic()
        status, _head, page = await connection.ask(request_bytes(port, "GET", path, address))
        found = _FORM.search(page.decode())
        if status != "200" or found is None:
            counts.answers[status] += 1
            continue
        status, head, _body = await connection.ask(sign_up_bytes(port, path, found[1]))
        counts.answers[status] += 1
        secret = _SECRET.search(head)
        if status == "302" and secret is not None:
            thanks = head.split("location: ")[1].split("\r\n")[0]
            await connection.ask(request_bytes(port, "GET", thanks, address))
            counts.seconds.append(time.monotonic() - began)
            counts.thanked.append(secret[1])
    connection.close()


def send_all_at_once(port: int, make: Callable[[], bytes], *, people: int, seconds: float) -> CrowdCounts:
    """Let so many people send what `make` gives, one after the other, for so long."""
    return _gather(lambda until, counts: _person(port, make, until, counts), people, seconds)


def sign_up_as_browsers(port: int, path: str, *, people: int, seconds: float) -> CrowdCounts:
    """Let so many people read the form, send it and read the thanks, for so long."""
    return _gather(lambda until, counts: _reader(port, path, until, counts), people, seconds)


def _gather(person: Callable[..., object], people: int, seconds: float) -> CrowdCounts:
    counts, began = CrowdCounts(), time.monotonic()

    async def everybody() -> None:
        await asyncio.gather(*(person(began + seconds, counts) for _ in range(people)))  # type: ignore[call-overload]

    asyncio.run(everybody())
    counts.took = time.monotonic() - began
    return counts
