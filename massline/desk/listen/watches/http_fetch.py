"""Conditional HTTP requests with limits on time and size, and without access to the local network."""

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from massline.core.connections.http import ResponseTooLarge, send_request
from massline.core.connections.patience import Patience
from massline.core.connections.public_addresses import PrivateAddress
from massline.desk.listen.watches import feed_troubles

FETCH_SECONDS = 10
HURRIED_SECONDS = 3
PATIENCE = Patience(FETCH_SECONDS, HURRIED_SECONDS)
LARGEST = 4 * 1024 * 1024
LONGEST_WAIT = timedelta(days=7)
NAME = "Massline feed reader"


class AddressUnreachable(Exception):
    """An address that could not be fetched; `feed_troubles.explain_trouble` writes its message out for the organiser."""

    def __init__(self, trouble: str, *, again: timedelta | None = None, gone: bool = False) -> None:
        super().__init__(trouble)
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
        If the whole answer is not there after FETCH_SECONDS, is an error, has more than 4 MiB, or would come from the
        local network: a feed must not give access to services that only this machine can reach.
    """
    request_headers = {"User-Agent": NAME, "Accept": "application/atom+xml, application/rss+xml, */*;q=.5"}
    request_headers |= {"If-None-Match": etag} if etag else {}
    request_headers |= {"If-Modified-Since": modified} if modified else {}
    try:
        request = build_request(url, headers=request_headers)
        answer = send_request(
            request,
            seconds=PATIENCE.seconds,
            most_bytes=LARGEST,
            inner=settings.WATCH_OWN_NETWORK,
            redirects=True,
        )
    except urllib.error.HTTPError as problem:
        with problem:
            return _handle_error(problem)
    except ResponseTooLarge as problem:
        raise AddressUnreachable(feed_troubles.TOO_LARGE) from problem
    except CONNECTION_PROBLEMS as problem:
        if isinstance(problem, TimeoutError):
            PATIENCE.record(in_time=False)
        raise explain_failure(problem) from problem
    PATIENCE.record(in_time=True)
    headers = answer.headers
    return FetchResult(answer.body, headers.get("ETag", "")[:200], headers.get("Last-Modified", "")[:80])


CONNECTION_PROBLEMS = (PrivateAddress, OSError, http.client.HTTPException, ValueError)


def build_request(url: str, *, headers: dict[str, str], data: bytes | None = None) -> urllib.request.Request:
    """A request to an address that somebody typed in. Raises Unreachable unless it is http or https."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise AddressUnreachable(feed_troubles.NOT_HTTP)
    return urllib.request.Request(url, data=data, headers=headers, method="GET" if data is None else "POST")


def explain_failure(problem: Exception) -> AddressUnreachable:
    """Name what went wrong; the same for everything in our own network, whether a port is open or closed."""
    if isinstance(problem, AddressUnreachable):
        return problem
    if isinstance(problem, PrivateAddress):
        return AddressUnreachable(feed_troubles.PRIVATE_ADDRESS)
    return AddressUnreachable(feed_troubles.NO_ANSWER)


def _handle_error(problem: urllib.error.HTTPError) -> FetchResult:
    if problem.code == 304:
        return FetchResult(None)
    if problem.code == 410:
        raise AddressUnreachable(feed_troubles.GONE, gone=True)
    raise AddressUnreachable(
        f"{feed_troubles.ERROR_STATUS} {problem.code}", again=_wait(problem.headers.get("Retry-After", ""))
    )


def _wait(header: str) -> timedelta | None:
    """Parse a Retry-After header: seconds or a date."""
    if header.isdecimal():
        return min(timedelta(seconds=min(int(header[:12]), 10**9)), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(header) - timezone.now()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta()), LONGEST_WAIT)
