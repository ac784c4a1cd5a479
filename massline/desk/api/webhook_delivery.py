"""Delivery of one webhook by HTTP: never into the server's own network, never along a redirect."""

import urllib.error

from django.conf import settings

from massline.core.connections.http import ResponseTooLarge, send_request
from massline.core.connections.patience import Patience
from massline.desk.listen.watches import feed_troubles
from massline.desk.listen.watches.http_fetch import (
    CONNECTION_PROBLEMS,
    AddressUnreachable,
    build_request,
    explain_failure,
)

USER_AGENT = "Massline"
DELIVERY_SECONDS = 15
HURRIED_SECONDS = 3
PATIENCE = Patience(DELIVERY_SECONDS, HURRIED_SECONDS)
LARGEST_ANSWER = 64 * 1024


def post_json(url: str, body: bytes, headers: dict[str, str]) -> None:
    """Send the body as JSON. A longer answer than LARGEST_ANSWER is not read, and counts as received.

    Raises
    ------
    Unreachable
        If it does not answer with 2xx in time, redirects, or is in the server's own network. `gone` is True if it
        answers 410.
    """
    sent = {"User-Agent": USER_AGENT, "Content-Type": "application/json", **headers}
    try:
        request = build_request(url, headers=sent, data=body)
        send_request(
            request,
            seconds=PATIENCE.seconds,
            most_bytes=LARGEST_ANSWER,
            inner=settings.WATCH_OWN_NETWORK,
        )
    except ResponseTooLarge:
        return
    except urllib.error.HTTPError as problem:
        with problem:
            status = f"{feed_troubles.ERROR_STATUS} {problem.code}"
            raise AddressUnreachable(status, gone=problem.code == 410) from problem
    except CONNECTION_PROBLEMS as problem:
        if isinstance(problem, TimeoutError):
            PATIENCE.record(in_time=False)
        raise explain_failure(problem) from problem
    PATIENCE.record(in_time=True)
