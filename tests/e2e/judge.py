"""Is a page open to everybody, no wider than its screen, light, and free of strangers?"""

import gzip
import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

LIGHT_BYTES = 40 * 1024
AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    # What passes need not be told element by element.
    "resultTypes": ["violations"],
}
WIDER_BY = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LINKED = "[...document.querySelectorAll('link[rel=stylesheet],link[rel=icon],img,script[src]')].map(e => e.href || e.src)"
# Drawn anew for each answer; two pages that differ in nothing else are the same page.
DRAWN = re.compile(r'(name="(?:csrfmiddlewaretoken|form_id)" value|nonce)="[^"]*"')


class Judge:
    """Judges the pages of one browser; what was judged at the same width to the last letter is not judged again."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._judged: set[tuple[str, ...]] = set()
        self._readers: dict[int, Page] = {}

    def look_at(self, page: Page, *, scripts: bool) -> None:
        size = page.viewport_size
        assert size
        dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        seen = (DRAWN.sub("", page.content()), page.url, str(size["width"]), str(dark), str(scripts))
        if seen in self._judged:
            return
        place = urlsplit(page.url).path
        read = page if scripts else self._read_again(page, size["width"])
        found = AXE.run(read, options=RULES)
        assert found.violations_count == 0, f"{place}: {found.generate_report()}"
        wide: int = read.evaluate(WIDER_BY)
        assert wide <= 0, f"{place} is {wide} px wider than the screen"
        if not scripts:
            weight = weigh(page, read)
            assert weight <= LIGHT_BYTES, f"{place} weighs {weight} bytes"
        self._judged.add(seen)

    def _read_again(self, page: Page, width: int) -> Page:
        """Where scripts are off the rules cannot run either: open the same address as the same person with scripts on."""
        reader = self._readers.get(width)
        if reader is None or reader.is_closed():
            viewport = {"width": width, "height": 800}
            reader = self.browser.new_context(viewport=viewport, reduced_motion="reduce").new_page()  # type: ignore[arg-type]
            self._readers[width] = reader
        reader.context.clear_cookies()
        reader.context.add_cookies([{**cookie} for cookie in page.context.cookies()])  # type: ignore[typeddict-item]
        reader.goto(page.url)
        return reader


def weigh(page: Page, read: Page) -> int:
    """Give the bytes of the page and all it loads, compressed."""
    linked: list[str] = read.evaluate(LINKED)
    return sum(len(gzip.compress(page.request.get(part).body(), 6)) for part in [page.url, *linked])
