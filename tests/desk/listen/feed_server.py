"""A newspaper's server for tests: what it answers is set from outside, what it was asked is written down."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.utils import timezone


@dataclass
class Paper:
    """What the server answers next, and the headers of what it was asked."""

    address: str = ""
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def newspaper() -> Iterator[Paper]:
    paper = Paper()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paper.asked.append({name.lower(): value for name, value in self.headers.items()})
            etag = paper.headers.get("ETag")
            same = etag is not None and self.headers.get("If-None-Match") == etag
            self.send_response(304 if same else paper.status)
            for name, value in paper.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0" if same else str(len(paper.body)))
            self.end_headers()
            if not same:
                self.wfile.write(paper.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: the test reads what was asked."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    paper.address = f"http://127.0.0.1:{server.server_address[1]}/feed"
    try:
        yield paper
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def rss(*titles: str, host: str = "paper.example") -> bytes:
    """A feed whose entries were published just now."""
    now = format_datetime(timezone.now())
    items = "".join(
        f"<item><title>{title}</title><link>https://{host}/{n}?utm_source=x&amp;id={n}</link>"
        f"<guid>{host}-{title}</guid><pubDate>{now}</pubDate></item>"
        for n, title in enumerate(titles)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()
