"""Sending one telling to its address: never into our own network, never onward to where it redirects."""

import http.client
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from massline.desk.listen.watches.http_fetch import Unreachable, safe_handlers

NAME = "Massline"
PATIENCE_SECONDS = 15


def post(url: str, body: bytes, headers: dict[str, str]) -> None:
    """Send the body as JSON.

    Raises
    ------
    Unreachable
        Where it does not answer with 2xx in time, redirects, or stands in our own network. `gone` where it says
        that it will never want to know again (410).
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Unreachable("Only addresses that begin with http or https can be told.")
    opener = urllib.request.OpenerDirector()
    for handler in (
        *safe_handlers(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    sent = {"User-Agent": NAME, "Content-Type": "application/json", **headers}
    try:
        request = urllib.request.Request(url, data=body, headers=sent, method="POST")
        with opener.open(request, timeout=PATIENCE_SECONDS) as answer:
            answer.read(1)
    except urllib.error.HTTPError as problem:
        with problem:
            raise Unreachable(f"It answered {problem.code}.", gone=problem.code == 410) from problem
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Unreachable(f"It did not answer ({type(problem).__name__}).") from problem
