"""Asking an address for what is new: only if it changed, not too long, not too much, and never our own network."""

import http.client
import ipaddress
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

PATIENCE_SECONDS = 20
LARGEST = 4 * 1024 * 1024
LONGEST_WAIT = timedelta(days=7)
NAME = "Massline feed reader"


class Unreachable(Exception):
    """The address gave nothing; the message says why in words a person understands."""

    def __init__(self, why: str, *, again: timedelta | None = None, gone: bool = False) -> None:
        super().__init__(why)
        self.again = again
        self.gone = gone


@dataclass(frozen=True)
class Fetched:
    """What came: the bytes, or None where nothing changed since last time."""

    body: bytes | None
    etag: str = ""
    modified: str = ""


def fetch(url: str, *, etag: str = "", modified: str = "") -> Fetched:
    """Get an address over http or https.

    Raises
    ------
    Unreachable
        Where it does not answer in time, answers with an error, sends more than 4 MiB, or stands in our own
        network: a feed must not be a way to knock on doors that only this machine can reach.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Unreachable("Only addresses that begin with http or https can be followed.")
    asked = {"User-Agent": NAME, "Accept": "application/atom+xml, application/rss+xml, */*;q=.5"}
    asked |= {"If-None-Match": etag} if etag else {}
    asked |= {"If-Modified-Since": modified} if modified else {}
    try:
        with _opener().open(urllib.request.Request(url, headers=asked), timeout=PATIENCE_SECONDS) as answer:
            body: bytes = answer.read(LARGEST + 1)
            heads = answer.headers
    except urllib.error.HTTPError as problem:
        with problem:
            return _not_fine(problem)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Unreachable(f"It did not answer ({type(problem).__name__}).") from problem
    if len(body) > LARGEST:
        raise Unreachable("It sends more than 4 MiB; that is no feed of news.")
    return Fetched(body, heads.get("ETag", "")[:200], heads.get("Last-Modified", "")[:80])


def _not_fine(problem: urllib.error.HTTPError) -> Fetched:
    if problem.code == 304:
        return Fetched(None)
    if problem.code == 410:
        raise Unreachable("It says that it is gone for good.", gone=True)
    raise Unreachable(
        f"It answered with error {problem.code}.", again=_wait(problem.headers.get("Retry-After", ""))
    )


def _wait(said: str) -> timedelta | None:
    """Read Retry-After: seconds, or a moment."""
    if said.isdigit():
        return min(timedelta(seconds=int(said)), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(said) - timezone.now()
    except (ValueError, TypeError):
        return None
    return min(max(wait, timedelta()), LONGEST_WAIT)


def _connected(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
    """Connect, then look at whom we are really connected to: names can change their meaning in between."""
    found = socket.create_connection(address, *args, **kwargs)
    peer = ipaddress.ip_address(found.getpeername()[0].split("%")[0])
    if not (peer.is_global or settings.WATCH_OWN_NETWORK):
        found.close()
        raise Unreachable("This address stands in our own network; it is not followed.")
    return found


class _Plain(http.client.HTTPConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = _connected


class _Secure(http.client.HTTPSConnection):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = _connected


class _PlainHandler(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Plain, req)


class _SecureHandler(urllib.request.HTTPSHandler):
    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_Secure, req)


def handlers() -> tuple[urllib.request.BaseHandler, ...]:
    """Give what opens http and https outside of our own network, and nothing else."""
    return _PlainHandler(), _SecureHandler()


def _opener() -> urllib.request.OpenerDirector:
    """Open http and https and nothing else: no files, no ftp, no proxy of the environment."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        *handlers(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
