"""Is a page open to everybody, no wider than its screen, light, and free of strangers?"""

import fcntl
import gzip
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

LIGHT_BYTES = 40 * 1024
AXE = Axe()
# What passes need not be told element by element.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# These two look at every element's surroundings and take two thirds of the time of all rules.
BY_ELEMENT = ["color-contrast", "target-size"]
OF_THE_PAGE = RULES | {"rules": {name: {"enabled": False} for name in BY_ELEMENT}}
OF_ELEMENTS = RULES | {"runOnly": {"type": "rule", "values": BY_ELEMENT}}
WIDER_BY = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LINKED = "[...document.querySelectorAll('link[rel=stylesheet],link[rel=icon],img,script[src]')].map(e => e.href || e.src)"
# Each element within its parent: what it is, what it is styled by, what it says about itself, and whether it is named.
WITHIN = """
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
  const all = [...document.querySelectorAll('*')];
"""
KINDS = f"() => {{{WITHIN} return [...new Set(all.map(within))]; }}"
# With each new element comes all that lies within it, since its colours are their background.
ONLY_NEW = f"""async ([kinds, options]) => {{{WITHIN}
  const wanted = new Set(kinds);
  const include = all.filter((element) => wanted.has(within(element)));
  return include.length ? await axe.run({{include}}, options) : null;
}}"""
DARK = "matchMedia('(prefers-color-scheme: dark)').matches"


class Judge:
    """Judges the pages of one browser, and passes over a page in which there is nothing that was not judged before.

    Nothing new: every element stood within the same kind of element, at the same width and in the same colours, on
    pages that were found good. On a page with something new, contrast and sizes are measured of that and of what lies
    within it, all else of the whole page. Workers of a run share what they have judged. In full, every page is judged whole.
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
        new = self._new_on(page, size["width"])
        if new or self.full:
            read = page if scripts else self._read_again(page, size["width"])
            for found in self._run_rules(read, size["width"]):
                assert found.violations_count == 0, f"{place}: {found.generate_report()}"
            self._remember(new.values())
        wide: int = page.evaluate(WIDER_BY)
        assert wide <= 0, f"{place} is {wide} px wider than the screen"
        if not scripts:
            weight = weigh(page)
            assert weight <= LIGHT_BYTES, f"{place} weighs {weight} bytes"

    def _run_rules(self, page: Page, width: int) -> Iterator[AxeResults]:
        yield AXE.run(page, options=RULES if self.full else OF_THE_PAGE)
        if not self.full:
            of_elements = page.evaluate(ONLY_NEW, [list(self._new_on(page, width)), OF_ELEMENTS])
            if of_elements is not None:
                yield AxeResults(of_elements)

    def _new_on(self, page: Page, width: int) -> dict[str, str]:
        """What is on this page that was on no page that was judged, by any worker: its kinds, and how each is remembered."""
        with self.memory.open("a+") as written:
            written.seek(self._read)
            self._known.update(written.read().split())
            self._read = written.tell()
        way = f"{width} {page.evaluate(DARK)}"
        kinds: list[str] = page.evaluate(KINDS)
        found = {kind: blake2b(f"{way} {kind}".encode(), digest_size=12).hexdigest() for kind in kinds}
        return {kind: digest for kind, digest in found.items() if digest not in self._known}

    def _remember(self, kinds: Iterable[str]) -> None:
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
