"""Is a page open to everybody, no wider than its screen, light, and free of strangers?"""

import fcntl
import gzip
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

LIGHT_BYTES = 40 * 1024
AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What passes need not be told element by element.
    "resultTypes": ["violations"],
}
WIDER_BY = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LINKED = "[...document.querySelectorAll('link[rel=stylesheet],link[rel=icon],img,script[src]')].map(e => e.href || e.src)"
# Each element within its parent: what it is, what it is styled by, what it says about itself, and whether it is named.
KINDS = """() => {
  const times = new Map();
  for (const {id} of document.querySelectorAll('[id]')) times.set(id, (times.get(id) ?? 0) + 1);
  const leads = (ids) => ids?.split(/\\s+/).every((id) => times.has(id));
  const kind = (element) => [
    element.localName,
    ...['type', 'role', 'lang', 'dir'].map((name) => element.getAttribute(name)),
    [...element.classList].sort().join('.'),
    element.getAttributeNames().filter((name) => name !== 'value').sort().join(' '),
    ...['for', 'aria-labelledby', 'aria-describedby', 'aria-controls'].map((name) => leads(element.getAttribute(name))),
    times.get(element.id) > 1,
    element.labels ? element.labels.length > 0 : '',
    element.textContent.trim() !== '',
  ].join('|');
  const within = (element) => (element.parentElement ? kind(element.parentElement) : '') + ' > ' + kind(element);
  return [...new Set([...document.querySelectorAll('*')].map(within))];
}"""
DARK = "matchMedia('(prefers-color-scheme: dark)').matches"


class Judge:
    """Judges the pages of one browser, and passes over a page in which there is nothing that was not judged before.

    Nothing new: every element stood within the same kind of element, at the same width and in the same colours, on
    pages that were found good. Workers of a run share what they have judged. In full, every page is judged.
    """

    def __init__(self, browser: Browser, memory: Path, *, full: bool) -> None:
        self.browser, self.memory, self.full = browser, memory, full
        self._known: set[str] = set()
        self._read = 0
        self._readers: dict[int, Page] = {}

    def look_at(self, page: Page, *, scripts: bool) -> None:
        size = page.viewport_size
        assert size
        place = urlsplit(page.url).path
        new = self._new_on(page, f"{size['width']} {page.evaluate(DARK)}")
        if new or self.full:
            read = page if scripts else self._read_again(page, size["width"])
            found = AXE.run(read, options=RULES)
            assert found.violations_count == 0, f"{place}: {found.generate_report()}"
            self._remember(new)
        wide: int = page.evaluate(WIDER_BY)
        assert wide <= 0, f"{place} is {wide} px wider than the screen"
        if not scripts:
            weight = weigh(page)
            assert weight <= LIGHT_BYTES, f"{place} weighs {weight} bytes"

    def _new_on(self, page: Page, way: str) -> set[str]:
        """What is on this page that was on no page that was judged, by any worker."""
        with self.memory.open("a+") as written:
            written.seek(self._read)
            self._known.update(written.read().split())
            self._read = written.tell()
        kinds = {
            blake2b(f"{way} {kind}".encode(), digest_size=12).hexdigest() for kind in page.evaluate(KINDS)
        }
        return kinds - self._known

    def _remember(self, kinds: set[str]) -> None:
        with self.memory.open("a") as written:
            fcntl.flock(written, fcntl.LOCK_EX)
            written.write("".join(f"{kind}\n" for kind in kinds))

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


def weigh(page: Page) -> int:
    """Give the bytes of the page and all it loads, compressed."""
    linked: list[str] = page.evaluate(LINKED)
    return sum(len(gzip.compress(page.request.get(part).body(), 6)) for part in [page.url, *linked])
