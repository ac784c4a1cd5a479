"""Every page of the organisers' site with the demonstration in it: one red act, no bare links, as narrow as any phone."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.desk_pages import find_desk_pages
from tests.e2e.walker import Walker

RULES = Path(__file__).with_name("desk_rules.js").read_text()
# Four screens of a phone, in px at 360 px of width.
LONGEST = 3300
# Pages with long lists in them: a few are shown, the rest is one press away.
LONG_ONCE = (
    "",
    "listen/2/",
    "listen/2/voices/",
    "listen/watches/1/",
    "sum-up/1/",
    "sum-up/2/",
    "sum-up/2/words/",
    "sum-up/2/claims/5/",
    "sum-up/2/left-out/",
    "decide/",
    "decide/line/",
    "decide/forces/",
    "decide/demands/1/",
    "decide/plans/1/",
    "decide/time/1/",
    "decide/unity/1/",
    "call/2/",
    "call/2/kit/",
    "act/2/sheet/",
    "act/legal/",
    "learn/events/1/",
    "people/",
)
NARROWEST = {"width": 320, "height": 640}


@pytest.mark.browser
def test_every_page_has_one_heading_one_act_at_most_and_the_width_of_the_phone(noor: Walker) -> None:
    pages = find_desk_pages(noor.page.request, noor.base, urlsplit(noor.page.url).path)
    assert len(pages) >= 115, "fewer pages are reached by links than there are"
    noor.page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    wrong = []
    for name, paths in pages.items():
        for number, path in enumerate(paths):
            # The second of a kind, such as a draft beside what was published, differs in what it offers.
            noor.judges = number == 0
            noor.go(path)
            page = noor.page.evaluate(RULES)
            if len(page["acts"]) > 1 or page["rows"] or len(page["headings"]) != 1 or page["wide"] > 0:
                wrong.append((name, path, page))
    noor.judges = True
    assert wrong == []


@pytest.mark.browser
def test_no_page_one_works_on_is_longer_than_four_screens_of_a_phone(noor: Walker) -> None:
    noor.page.set_viewport_size({"width": 360, "height": 800})
    noor.judges = False
    lengths = {}
    for path in LONG_ONCE:
        noor.go(f"/riverside/{path}")
        lengths[path] = noor.page.evaluate("document.documentElement.scrollHeight")
    noor.judges = True
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}
