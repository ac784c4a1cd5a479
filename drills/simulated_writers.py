"""People at both doors who write without pause, over HTTP, and send again what was not answered."""

import html
import http.client
import re
import secrets
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from drills.acknowledgement_ledger import Ledger, ReportDeed, SignUpDeed, StatementDeed, VoteDeed

A_MOMENT = 0.02
CSRF = "csrfmiddlewaretoken"


class Browser:
    """Cookies and one connection."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies = dict(cookies or {})

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status, body and redirect address. Raises OSError or HTTPException without an answer."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request("GET" if body is None else "POST", path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except BaseException:
            self.connection.close()
            raise
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, text, answer.headers.get("Location", "")


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


class Person(ABC):
    """Fills in one form after the other. A form that got no answer is sent again, unchanged."""

    door = "square"

    def __init__(self, port: int, path: str, ledger: Ledger, cookies: dict[str, str] | None = None) -> None:
        self.browser = Browser(port, cookies)
        self.path, self.ledger = path, ledger
        self.pending: dict[str, str] | None = None
        self.unanswered = 0

    def live(self, stop: threading.Event) -> None:
        while not stop.is_set():
            try:
                self.step()
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                stop.wait(A_MOMENT)
            except Exception as problem:
                self.ledger.strange.append(f"{type(self).__name__} gave up: {problem!r}"[:300])
                raise

    def step(self) -> None:
        if self.pending is None:
            status, page, _ = self.browser.ask(self.path)
            self.ledger.answered(status, f"GET {self.path}")
            if status == 200:
                self.pending = self.fill_in(page)
            return
        status, page, leads = self.browser.ask(self.send_to(), self.pending)
        self.ledger.answered(status, f"POST {self.send_to()}")
        if status == 302:
            self.thanked(self.pending, leads)
        if status == 503:
            self.refused(html.unescape(page))
        elif status != 429:
            self.pending = None

    def refused(self, page: str) -> None:
        """Check that the page that refuses a form still has everything that was typed."""
        sent = self.pending or {}
        lost = [name for name, value in sent.items() if name != CSRF and value and value not in page]
        self.ledger.refused(not lost)
        if lost:
            self.ledger.strange.append(f"{type(self).__name__}: {', '.join(lost)} not kept on the page")

    def send_to(self) -> str:
        return self.path

    @abstractmethod
    def fill_in(self, page: str) -> dict[str, str] | None:
        """Return what is sent from the form on a page; None where there is nothing to answer."""

    @abstractmethod
    def thanked(self, sent: dict[str, str], leads: str) -> None:
        """Write down what was acknowledged."""


class Voter(Person):
    """Votes on statement after statement; becomes somebody else once everything is answered."""

    asked = ""

    def send_to(self) -> str:
        return f"{self.path}vote/"

    def fill_in(self, page: str) -> dict[str, str] | None:
        asked = re.search(r'class="statement exact"[^>]*>([^<]+)</p>', page)
        if asked is None:
            self.browser.cookies.clear()
            return None
        self.asked = html.unescape(asked[1])
        return {
            **hidden_fields(page[asked.start() :].split("</form>")[0]),
            "vote": str(secrets.choice((1, 0, -1))),
        }

    def thanked(self, sent: dict[str, str], leads: str) -> None:
        self.ledger.thank(VoteDeed(self.browser.cookies["voice"], self.asked, int(sent["vote"])))


class Speaker(Person):
    """Says it in her own words, each time as somebody new."""

    def fill_in(self, page: str) -> dict[str, str]:
        return {**hidden_fields(page), "website": "", "text": f"We want {secrets.token_hex(8)} mended first."}

    def thanked(self, sent: dict[str, str], leads: str) -> None:
        self.ledger.thank(StatementDeed(sent["text"]))
        self.browser.cookies.clear()


class Signer(Person):
    """Says "I'm coming"."""

    def fill_in(self, page: str) -> dict[str, str]:
        name = f"Bea {secrets.token_hex(8)}"
        return {**hidden_fields(page), "website": "", "name": name, "contact": "+49 30 123456"}

    def thanked(self, sent: dict[str, str], leads: str) -> None:
        self.ledger.thank(SignUpDeed(leads.split("/")[2], sent["name"]))


class Reporter(Person):
    """Writes field reports of two voices at the desk."""

    door = "desk"

    def fill_in(self, page: str) -> dict[str, str]:
        section = re.search(r'name="section".*?value="(\d+)"', page, re.DOTALL)
        assert section is not None, "no section to choose"
        said = {f"text_{n}": f"It has been cold since {secrets.token_hex(8)}." for n in range(2)}
        kinds = {f"kind_{n}": "said" for n in range(3)}
        return {**hidden_fields(page), **said, **kinds, "section": section[1], "channel": "door", "people": "1", "text_2": ""}  # fmt: skip

    def thanked(self, sent: dict[str, str], leads: str) -> None:
        self.ledger.thank(ReportDeed(sent["uuid"], sent["text_0"]))


@contextmanager
def keep_writing(people: list[Person]) -> Iterator[None]:
    """All of them write until the block ends."""
    stop = threading.Event()
    threads = [threading.Thread(target=person.live, args=[stop], daemon=True) for person in people]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
