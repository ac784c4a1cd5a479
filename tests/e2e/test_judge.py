"""A page is judged by what is new on it: faint words and small targets among what was judged before are found."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.judge import Judge

PAGE = (
    "<!doctype html><html lang=en><title>Heat</title><style>body{color:#111;background:#fff} .faint{color:#ccc} .dark{background:#222}"
    ".small{display:inline-block;width:9px;height:9px;font-size:8px}</style><main><h1>Heat</h1><p>We are cold.</p>%s</main></html>"
)
FAINT = "<p class=faint>Nobody can read this.</p>"
SMALL = "<div><button class=small>a</button><button class=small>b</button></div>"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_context(viewport={"width": 360, "height": 640}).new_page()
    yield page
    page.context.close()


def look(judge: Judge, page: Page, more: str) -> None:
    page.goto("data:text/html," + quote(PAGE % more))
    judge.look_at(page, scripts=True)


@pytest.mark.browser
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("rule", [FAINT, SMALL, "<p><img src=data:,></p>", "<h3>Too low</h3>"])
def test_what_is_wrong_is_found_where_all_else_is_known(
    browser: Browser, page: Page, tmp_path: Path, rule: str, full: bool
) -> None:
    judge = Judge(browser, tmp_path / "judged", full=full)
    look(judge, page, "<p>It is November.</p>")
    for _time in range(2):
        with pytest.raises(AssertionError, match="violation"):
            look(judge, page, rule)
    look(judge, page, "<p>Come on Friday.</p>")


@pytest.mark.browser
def test_known_words_on_a_new_ground_are_measured_again(browser: Browser, page: Page, tmp_path: Path) -> None:
    judge = Judge(browser, tmp_path / "judged", full=False)
    look(judge, page, "<section><div><p>It is November.</p></div></section>")
    with pytest.raises(AssertionError, match="contrast"):
        look(judge, page, "<section class=dark><div><p>It is November.</p></div></section>")
