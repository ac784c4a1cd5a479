"""An HTTP exchange with another server, within a stated time and size."""

import http.client
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from functools import partial
from typing import Any, Protocol

from massline.core.connections.deadline import Deadline
from massline.core.connections.public_addresses import connect_to_public_address


class ResponseTooLarge(Exception):
    """The answer is larger than the limit; reading stopped there."""


@dataclass(frozen=True)
class ServerResponse:
    """The headers and the whole body of an answer with a status of 2xx."""

    headers: Message
    body: bytes


class _Connect(Protocol):
    def __call__(
        self, address: tuple[str, int], timeout: Any = ..., source_address: tuple[str, int] | None = ...
    ) -> socket.socket: ...


def send_request(
    request: urllib.request.Request,
    *,
    seconds: float,
    most_bytes: int,
    inner: bool = False,
    redirects: bool = False,
) -> ServerResponse:
    """Send a request over http or https and read the answer.

    Parameters
    ----------
    seconds
        Time for everything: looking up the name, connecting, redirects, and reading to the end.
    most_bytes
        The largest body that is read.
    inner
        Whether the server may be in our own network. True only for servers that the installation itself names.
    redirects
        Whether redirects are followed; each of them is checked like the first address.

    Raises
    ------
    InnerAddress, TooLarge, urllib.error.HTTPError
    OSError, http.client.HTTPException, ValueError
        If no readable answer came. DeadlineOver is among them.
    """
    with Deadline(seconds), _opener(inner, redirects, seconds).open(request, timeout=seconds) as answer:
        body: bytes = answer.read(most_bytes + 1)
        if len(body) > most_bytes:
            raise ResponseTooLarge(f"more than {most_bytes} bytes")
        return ServerResponse(answer.headers, body)


def _opener(inner: bool, redirects: bool, seconds: float) -> urllib.request.OpenerDirector:
    """An opener for http and https only: no files, no ftp, no proxies from the environment."""

    def connect_checked(
        address: tuple[str, int], timeout: Any = None, source_address: tuple[str, int] | None = None
    ) -> socket.socket:
        return connect_to_public_address(*address, seconds=seconds, inner=inner, source=source_address)

    opener = urllib.request.OpenerDirector()
    handlers: list[urllib.request.BaseHandler] = [
        _PlainHandler(connect_checked),
        _SecureHandler(connect_checked),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ]
    if redirects:
        handlers.append(urllib.request.HTTPRedirectHandler())
    for handler in handlers:
        opener.add_handler(handler)
    return opener


class _Plain(http.client.HTTPConnection):
    def __init__(self, host: str, /, *, connect: _Connect, **kwargs: Any) -> None:
        super().__init__(host, **kwargs)
        self._create_connection = connect


class _Secure(http.client.HTTPSConnection):
    def __init__(self, host: str, /, *, connect: _Connect, **kwargs: Any) -> None:
        super().__init__(host, **kwargs)
        self._create_connection = connect


class _PlainHandler(urllib.request.HTTPHandler):
    def __init__(self, connect: _Connect) -> None:
        super().__init__()
        self.connection: Callable[..., http.client.HTTPConnection] = partial(_Plain, connect=connect)

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self.connection, req)


class _SecureHandler(urllib.request.HTTPSHandler):
    def __init__(self, connect: _Connect) -> None:
        super().__init__()
        self.connection: Callable[..., http.client.HTTPConnection] = partial(_Secure, connect=connect)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self.connection, req)
