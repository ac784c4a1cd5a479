"""Voters by the hundred: each keeps a connection of its own, sends signed ballots as fast as it is thanked, and counts.

Nothing is spared: real HTTP, the form's token, a signed ballot, an address of one's own as the proxy would name it.
"""

import asyncio
import hashlib
import os
import secrets
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from massline.cli.django_setup import setup_django

PATIENCE_SECONDS = 60.0
OPEN_A_CONVERSATION = """
import django
django.setup()
from massline.cli.first_start import prepare_databases
prepare_databases(lambda _: None)
from massline.square.conversations.actions import open_conversation
from massline.square.organisations.models import PublicOrganisation
riverside, _ = PublicOrganisation.objects.get_or_create(
    slug="riverside", defaults={"name": "Riverside", "sentence": "Tenants."})
open_conversation(organisation=riverside, question="What first?", seeds=[f"Mend {n}" for n in range(40)])
"""


@dataclass
class VoterCounts:
    """The voters' results: seconds until each thanks, answers by status, and the votes that were acknowledged."""

    seconds: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    thanked: list[tuple[str, int, int]] = field(default_factory=list)
    took: float = 0.0

    @property
    def wrong(self) -> int:
        """Everything that is neither a thanks nor an honest 'later'."""
        return sum(n for answer, n in self.answers.items() if answer not in {"302", "503 later"})

    @property
    def a_second(self) -> float:
        return len(self.thanked) / self.took

    def percentile(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def load_secret(folder: Path) -> str:
    """Load Massline in this process and return the secret with which the square will sign."""
    before = os.environ.get("MASSLINE_DATA")
    os.environ["MASSLINE_DATA"] = str(folder)
    setup_django("square")
    from django.conf import settings

    found: str = settings.SECRET_KEY
    del os.environ["MASSLINE_DATA"]
    if before is not None:
        os.environ["MASSLINE_DATA"] = before
    return found


@dataclass(frozen=True)
class PreparedVote:
    """A vote ready to be sent, and what it says."""

    sent: bytes
    vote: tuple[str, int, int]


def prepare_votes(port: int, path: str, conversation: int, statements: int) -> Iterator[PreparedVote]:
    """Return one newcomer's votes on every statement, in the bytes a browser would send."""
    from massline.square.conversations.voting.forms import Ballot

    token, form = secrets.token_urlsafe(24), secrets.token_hex(16)
    address = f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(256)}"
    for number in range(statements):
        value = secrets.choice((1, -1, 0))
        newcomer = number == statements - 1  # the last is sent first
        ballot = Ballot(conversation, token, number, 1 / (statements - number), newcomer=newcomer).sign()
        body = f"csrfmiddlewaretoken={form}&ballot={quote(ballot)}&vote={value}".encode()
        head = (
            f"POST {path}vote/ HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: https://localhost:{port}\r\n"
            f"X-Forwarded-Proto: https\r\nX-Forwarded-For: {address}\r\n"
            f"Cookie: __Host-massline-square-csrf={form}; __Host-voice={token}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield PreparedVote(head.encode() + body, (token, number, value))


async def voter(port: int, ready: list[PreparedVote], until: float, counted: VoterCounts) -> None:
    """Send what is ready, one after the other, until there is nothing left or the time is over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while ready and time.monotonic() < until:
            ask = ready.pop()
            began = time.monotonic()
            writer.write(ask.sent)
            answer = await asyncio.wait_for(_answer(reader), PATIENCE_SECONDS)
            counted.answers[answer] += 1
            if answer == "302":
                counted.seconds.append(time.monotonic() - began)
                counted.thanked.append(ask.vote)
    except (OSError, asyncio.IncompleteReadError, TimeoutError) as problem:
        counted.answers[type(problem).__name__] += 1
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> str:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = head[9:12]
    length = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
    if length:
        await reader.readexactly(length)
    if status == "302" and "#statement" not in head:
        return "302 elsewhere"
    return "503 later" if status == "503" and "retry-after:" in head else status


def vote_all_at_once(port: int, crowd: list[list[PreparedVote]], *, seconds: float) -> VoterCounts:
    """Let every voter of the crowd send at once; give what came of it."""
    counted = VoterCounts()

    async def everybody() -> None:
        until = time.monotonic() + seconds
        await asyncio.gather(*(voter(port, ready, until, counted) for ready in crowd))

    began = time.monotonic()
    asyncio.run(everybody())
    counted.took = time.monotonic() - began
    return counted


def count_lost(database: Path, conversation: int, thanked: list[tuple[str, int, int]]) -> int:
    """Count the votes that were thanked for and are not in the database as they were sent."""
    with closing(sqlite3.connect(database)) as opened:
        (key,) = opened.execute(
            "SELECT key FROM conversations_conversation WHERE id = ?", [conversation]
        ).fetchone()
        kept = set(
            opened.execute(
                "SELECT p.key, s.number, v.value FROM conversations_vote v "
                "JOIN conversations_participant p ON p.id = v.participant_id "
                "JOIN conversations_statement s ON s.id = v.statement_id WHERE s.conversation_id = ?",
                [conversation],
            )
        )
    names: dict[str, str] = {}
    for token, _number, _value in thanked:
        if token not in names:
            names[token] = hashlib.blake2b(token.encode(), key=key, digest_size=20).hexdigest()
    return sum((names[token], number, value) not in kept for token, number, value in thanked)
