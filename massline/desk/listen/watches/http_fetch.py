"""Conditional HTTP requests with limits on time and size, and without access to the local network."""

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
    """An address that could not be fetched; the message is for the organiser."""

    def __init__(self, why: str, *, again: timedelta | None = None, gone: bool = False) -> None:
        super().__init__(why)
        self.again = again
        self.gone = gone


@dataclass(frozen=True)
class FetchResult:
    """A response; `body` is None if nothing has changed since the last request."""

    body: bytes | None
    etag: str = ""
    modified: str = ""


def fetch_url(url: str, *, etag: str = "", modified: str = "") -> FetchResult:
    """Fetch an address over http or https.

    Raises
    ------
    Unreachable
        If it does not answer in time, answers with an error, sends more than 4 MiB, or is in the local network:
        a feed must not give access to services that only this machine can reach.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Unreachable("Only addresses that begin with http or https can be followed.")
    request_headers = {"User-Agent": NAME, "Accept": "application/atom+xml, application/rss+xml, */*;q=.5"}
    request_headers |= {"If-None-Match": etag} if etag else {}
    request_headers |= {"If-Modified-Since": modified} if modified else {}
    try:
        with _opener().open(
            urllib.request.Request(url, headers=request_headers), timeout=PATIENCE_SECONDS
        ) as answer:
            body: bytes = answer.read(LARGEST + 1)
            headers = answer.headers
    except urllib.error.HTTPError as problem:
        with problem:
            return _handle_error(problem)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Unreachable(f"It did not answer ({type(problem).__name__}).") from problem
    if len(body) > LARGEST:
        raise Unreachable("It sends more than 4 MiB; that is no feed of news.")
    return FetchResult(body, headers.get("ETag", "")[:200], headers.get("Last-Modified", "")[:80])


def _handle_error(problem: urllib.error.HTTPError) -> FetchResult:
    if problem.code == 304:
        return FetchResult(None)
    if problem.code == 410:
        raise Unreachable("It says that it is gone for good.", gone=True)
    raise Unreachable(
        f"It answered with error {problem.code}.", again=_wait(problem.headers.get("Retry-After", ""))
    )


def _wait(header: str) -> timedelta | None:
    """Parse a Retry-After header: seconds or a date."""
    if header.isdigit():
        return min(timedelta(seconds=int(header)), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(header) - timezone.now()
    except (ValueError, TypeError):
        return None
    return min(max(wait, timedelta()), LONGEST_WAIT)


def _connected(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
    """Connect, then check the peer's address, since a name may resolve differently between check and connection."""
    connection = socket.create_connection(address, *args, **kwargs)
    peer = ipaddress.ip_address(connection.getpeername()[0].split("%")[0])
    if not (peer.is_global or settings.WATCH_OWN_NETWORK):
        connection.close()
        raise Unreachable("This address stands in our own network; it is not followed.")
    return connection


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


def safe_handlers() -> tuple[urllib.request.BaseHandler, ...]:
    """Handlers for http and https that refuse addresses in the local network."""
    return _PlainHandler(), _SecureHandler()


def _opener() -> urllib.request.OpenerDirector:
    """An opener for http and https only: no files, no ftp, no proxies from the environment."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        *safe_handlers(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
