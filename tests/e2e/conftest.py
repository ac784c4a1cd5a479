"""A house and a browser for the stories that need both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import find_chromium
from tests.e2e.house import House, put_up


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium; gone with its module, because Django refuses its database while Playwright's loop runs."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[House]:
    """An installation nobody has used yet."""
    house = put_up(tmp_path / "data", "--empty")
    yield house
    assert house.close() == 0
