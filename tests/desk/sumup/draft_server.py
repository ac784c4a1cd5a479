"""A machine that answers as drafting endpoints do, and remembers what reached it."""

import contextlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ANSWER = "1. “Children do their homework in coats.”\n- Some are warm enough\n\n«Nadie dice qué cuesta»\n"


class Machine(ThreadingHTTPServer):
    """A real server that speaks the protocol, on this machine; it remembers what reached it."""

    daemon_threads = True

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.keys: list[str | None] = []
        self.status, self.content, self.wait = 200, ANSWER, threading.Event()
        self.wait.set()
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextlib.contextmanager
def serving_drafts() -> Iterator[Machine]:
    """A machine that answers until the end of the story."""
    with Machine() as machine:
        threading.Thread(target=machine.serve_forever, daemon=True).start()
        yield machine
        machine.shutdown()


class Handler(BaseHTTPRequestHandler):
    server: Machine

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.keys.append(self.headers["Authorization"])
        self.server.wait.wait(5)
        with contextlib.suppress(BrokenPipeError):
            self._tell()

    def _tell(self) -> None:
        told = json.dumps({"choices": [{"message": {"content": self.server.content}}]}).encode()
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""
