"""Another server may be slow, large, or somewhere we must not go: we hang up in time, and never knock inside."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request

import pytest

from massline.core.connections import public_addresses
from massline.core.connections.deadline import Deadline, DeadlineExceeded
from massline.core.connections.http import ResponseTooLarge, send_request
from massline.core.connections.patience import Patience
from massline.core.connections.public_addresses import PrivateAddress, is_public

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"


@contextmanager
def server(answer: bytes, *, a_byte_every: float = 0.0) -> Iterator[int]:
    """A server that sends an answer to everybody, slowly if it is told to."""
    ended = threading.Event()

    def talk(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            try:
                if not a_byte_every:
                    connection.sendall(answer)
                for byte in answer if a_byte_every else b"":
                    connection.sendall(bytes([byte]))
                    if ended.wait(a_byte_every):
                        return
            except OSError:
                return

    def accept(listening: socket.socket) -> None:
        while not ended.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=[connection], daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, args=[listening], daemon=True).start()
        yield int(listening.getsockname()[1])
        ended.set()


def get(address: str, *, seconds: float = 5, most_bytes: int = 100_000, **rest: Any) -> bytes:
    return send_request(Request(address), seconds=seconds, most_bytes=most_bytes, **rest).body


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_sends_a_byte_now_and_then_ends_at_the_deadline(part: str) -> None:
    head = HEAD if part == "headers" else b""
    answer = head + b"x" * 10_000 if part == "headers" else HEAD + b"x" * 10_000
    with server(answer, a_byte_every=0.02) as port, pytest.raises(DeadlineExceeded):
        get(f"http://127.0.0.1:{port}/", seconds=0.4, inner=True)


def test_an_answer_without_end_is_read_up_to_the_limit() -> None:
    with server(HEAD + b"x" * 1_000_000) as port, pytest.raises(ResponseTooLarge):
        get(f"http://127.0.0.1:{port}/", most_bytes=1000, inner=True)


def test_a_deadline_inside_another_ends_with_it() -> None:
    with Deadline(0.2) as outer, Deadline(50) as inner:
        assert inner.seconds_left <= 0.2
        assert outer.seconds_left <= 0.2


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "224.0.0.251",
        "239.1.1.1",
        "192.88.99.1",
        "168.63.129.16",
        "0.0.0.0",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:a00:1::",
        "2001:0:a00:1::",
        "2001:db8::1",
    ],
)
def test_what_is_inside_or_leads_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "193.99.144.80", "2a00:1450:4001::1"])
def test_what_is_outside_is_public(address: str) -> None:
    assert is_public(address)


def test_an_open_and_a_closed_inner_port_give_the_same_answer() -> None:
    said = []
    with server(HEAD) as port, socket.create_server(("127.0.0.1", 0)) as free:
        closed = free.getsockname()[1]
        free.close()
        for inner_port in (port, closed):
            with pytest.raises(PrivateAddress) as refused:
                get(f"http://127.0.0.1:{inner_port}/")
            said.append(str(refused.value))
    assert said[0] == said[1]


def test_a_name_that_changes_its_address_between_check_and_connection_gets_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """DNS rebinding: the second look-up would lead inside, so there is none."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    connected: list[tuple[str, int]] = []

    def look_up(host: str, port: int, **_rest: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(2, 1, 6, "", (address, port)) for address in next(answers)]

    def connect(address: tuple[str, int], *_rest: object) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(OSError, match="refused"):
        get("http://rebinding.example/")
    assert connected == [("8.8.8.8", 80)]


def test_a_name_with_one_inner_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(_host: str, port: int, **_rest: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [(2, 1, 6, "", (address, port)) for address in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(PrivateAddress):
        get("http://both.example/")


def test_a_redirect_is_checked_like_the_first_address(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"
    real = public_addresses.is_public
    monkeypatch.setattr(
        public_addresses, "is_public", lambda address: address == "127.0.0.1" or real(address)
    )
    with server(inside) as port, pytest.raises(PrivateAddress):
        get(f"http://127.0.0.1:{port}/", redirects=True)
    with server(inside) as port, pytest.raises(OSError, match="302"):
        get(f"http://127.0.0.1:{port}/")


def test_a_thousand_deadlines_need_one_thread_and_a_forked_process_has_its_own() -> None:
    before = threading.active_count()
    for _ in range(1000):
        with Deadline(50):
            assert threading.active_count() <= before + 1
    child = os.fork()
    if child == 0:
        with server(HEAD + b"x" * 10_000, a_byte_every=0.02) as port:
            try:
                get(f"http://127.0.0.1:{port}/", seconds=0.3, inner=True)
            except DeadlineExceeded:
                os._exit(7)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_after_a_server_that_was_too_slow_others_get_less_time_until_one_answers() -> None:
    patience = Patience(10.0, hurried=3.0)
    patience.record(in_time=False)
    assert patience.seconds == 3.0
    patience.record(in_time=True)
    assert patience.seconds == 10.0
