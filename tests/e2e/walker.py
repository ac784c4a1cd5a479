"""Somebody with a browser, who presses, fills in and reads, and has every page judged."""

import re
import subprocess
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Response

from tests.e2e.judge import Judge
from tests.e2e.words import PASSPHRASE

# A slow machine that does other work as well is no reason to call a page broken.
PATIENCE_MS = 60_000
UNFOLD = (
    "addEventListener('load', () => document.querySelectorAll('details').forEach(one => one.open = true))"
)


def sheets_in(pdf: bytes) -> int:
    assert pdf.startswith(b"%PDF-"), "this is no PDF"
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


# The judge of each browser.
JUDGES: dict[Browser | None, Judge] = {}


class Walker:
    """A browser of its own. Every step ends with a look at the page it led to; one of a crowd need not judge it again."""

    def __init__(
        self,
        browser: Browser,
        base: str,
        *,
        scripts: bool = True,
        width: int = 1280,
        judges: bool = True,
        moves: bool = False,
    ) -> None:
        self.base = base
        self.scripts = scripts
        self.judges = judges
        # Pictures that melt into each other from page to page take longer to draw than the pages, where no card does it.
        self.context = browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": 800},
            accept_downloads=True,
            reduced_motion="no-preference" if moves else "reduce",
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self._meet(request.url))
        self.page.on("console", lambda said: self._hear(said.type, said.text))

    def _meet(self, url: str) -> None:
        if not url.startswith(("data:", "about:", self.base)):
            self.strangers.append(url)

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)

    def go(self, address: str) -> None:
        """Open an address of this door."""
        answer = self.page.goto(address if "://" in address else self.base + address)
        self.look(answer)

    def come_in(self, way_in: str, name: str) -> None:
        """Become an organiser by the link somebody was given."""
        self.go(way_in)
        self.fill(name=name, passphrase=PASSPHRASE, again=PASSPHRASE)
        self.press("Join")

    def unfold_every_page(self) -> None:
        """From the next page on, whatever can be unfolded stands open."""
        self.context.add_init_script(UNFOLD)

    def press(self, name: str, *, exact: bool = False, within: str = "main") -> None:
        """Press a button or follow a link by its words, and look at where it leads."""
        button = self.page.locator(within).get_by_role("button", name=name, exact=exact)
        thing = (
            button
            if button.count()
            else self.page.locator(within).get_by_role("link", name=name, exact=exact)
        )
        with self.page.expect_navigation() as arrival:
            thing.first.click()
        self.look(arrival.value)

    def press_part(self, name: str, within: str = "main") -> None:
        """Press what a page names so, whatever its words; look at where it leads."""
        thing = self.page.locator(f"{within} [data-part='{name}']:visible").first
        with self.page.expect_navigation() as arrival:
            thing.click()
        self.look(arrival.value)

    def enter(self, room: str) -> None:
        """Go to a room by the line at the top; on a phone the line is behind one button."""
        behind = self.page.locator(".loop-open")
        if behind.is_visible():
            behind.click()
        with self.page.expect_navigation() as arrival:
            self.page.locator(".mast .line a", has_text=room).first.click()
        self.look(arrival.value)

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.locator(f"main [name={name}]").first.fill(value)

    def unfold(self, words: str) -> None:
        self.page.locator("summary", has_text=words).first.click()

    def turn_to(self, moment: str) -> None:
        """Go to a part of an event's evening: before, door, hall or after."""
        self.go(f"{self.page.url.split('?')[0].split('#')[0]}?moment={moment}")

    def reads(self, words: str) -> None:
        """Check that the page says so."""
        assert words in self.text, f"“{words}” is not on {self.page.url}:\n{self.text[:1500]}"

    @property
    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def look(self, answer: Response | None, expect: int = 200) -> None:
        """Judge the page: status, accessibility, width, weight, strangers, complaints."""
        assert answer is not None
        assert answer.status == expect, f"{answer.status} at {answer.url}:\n{self.text[:1500]}"
        if not self.judges:
            return
        place = urlsplit(self.page.url).path
        JUDGES[self.context.browser].look_at(self.page, scripts=self.scripts)
        assert not self.strangers, f"{place} asked strangers: {self.strangers}"
        assert not self.complaints, f"{place}: {self.complaints}"

    def look_at_refusal(self, answer: Response | None) -> None:
        """Judge a page that refuses a form. Browsers count its status as a complaint."""
        self.complaints.clear()
        self.look(answer, expect=422)

    def download(self, press: Callable[[], Any]) -> bytes:
        with self.page.expect_download() as coming:
            press()
        path = coming.value.path()
        return path.read_bytes()

    def fetch(self, address: str) -> bytes:
        """Get a file as this browser would, with its cookies."""
        answer = self.page.request.get(address if "://" in address else self.base + address)
        assert answer.status == 200, f"{answer.status} at {address}"
        return answer.body()

    def prints_on(self) -> int:
        """How many sheets of A4 this page takes when it is printed."""
        return sheets_in(self.page.pdf(format="A4"))

    def reads_on_paper(self) -> str:
        """The text of this page when it is printed."""
        pdf = self.page.pdf(format="A4")
        return subprocess.run(
            ["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True
        ).stdout.decode()

    def href(self, words: str) -> str:
        found = self.page.get_by_role("link", name=words).first.get_attribute("href")
        assert found
        return found
