"""A house and a browser for the stories that need both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import find_chromium
from tests.e2e.house import House, put_up
from tests.e2e.walker import Walker


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


@pytest.fixture(scope="module")
def demo_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The house of the demonstration, one for the stories of a file: each keeps to its own rooms."""
    house = put_up(tmp_path_factory.mktemp("house") / "data")
    yield house
    assert house.close() == 0


@pytest.fixture(scope="module")
def noor(demo_house: House, browser: Browser) -> Walker:
    """The key-holder of the demonstration, on a phone; she has come in."""
    walker = Walker(browser, demo_house.desk, width=360)
    walker.come_in(demo_house.way_in, "Noor")
    return walker
