"""A real mail server for stories, and somebody who says yes there with an address."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from typing import Any

from aiosmtpd.controller import Controller
from django.conf import settings as django_settings

from massline.desk.act import jobs
from massline.jobs.worker import do_all


class Post:
    """Keeps every letter that came; refuses whom it is told to, and falls silent when it is told to."""

    def __init__(self) -> None:
        self.raw: list[tuple[str, str, bytes]] = []
        self.refused: set[str] = set()
        self.fails_after: int | None = None

    @property
    def letters(self) -> list[EmailMessage]:
        return [_read(raw)[0] for _sender, _to, raw in self.raw]

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter, to in (_read(raw) for _sender, _to, raw in self.raw) if to == address]


@cache
def _read(raw: bytes) -> tuple[EmailMessage, str]:
    """Return the letter and whom its header names, read once however often a story asks for it."""
    letter = message_from_bytes(raw, policy=policy.default)
    return letter, str(letter["To"])


class Commands:
    """What the server does at a command. It has no other members: the server reads all of them at each connection."""

    def __init__(self, post: Post) -> None:
        self.post = post

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.post.refused:
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.post.fails_after is not None and len(self.post.raw) >= self.post.fails_after:
            return "451 4.3.0 try later"
        for to in envelope.rcpt_tos:
            self.post.raw.append((envelope.mail_from, to, envelope.original_content))
        return "250 taken"


@contextmanager
def post_office() -> Iterator[Post]:
    post = Post()
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # the server's own diary, not ours
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Commands(post), hostname="127.0.0.1", port=port)
    controller.start()
    saved = {name: getattr(django_settings, name) for name in ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_BACKEND")}
    django_settings.EMAIL_HOST, django_settings.EMAIL_PORT = "127.0.0.1", port
    django_settings.EMAIL_BACKEND = "massline.desk.act.messages.smtp_deadline.EmailBackend"
    try:
        yield post
    finally:
        for name, value in saved.items():
            setattr(django_settings, name, value)
        controller.stop()


def worker_looks() -> None:
    """One round of the worker, and everything it finds to do."""
    do_all("desk")
    jobs.begin_and_continue_mailings()
    do_all("desk")


def occasion_of(letter: EmailMessage) -> str:
    """Return the occasion of a letter, which its Message-ID names."""
    return str(letter["Message-ID"]).split(".")[1]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html_of(letter: EmailMessage) -> str:
    body = letter.get_body(("html",))
    assert body is not None
    return str(body.get_content())
