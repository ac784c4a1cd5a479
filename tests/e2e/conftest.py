"""A house and a browser for the stories that need both: one of each for a worker, a window for each story."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import find_chromium
from tests.desk.sumup.draft_server import Machine, serving_drafts
from tests.e2e.house import House
from tests.e2e.judge import Judge
from tests.e2e.kept_houses import KeptHouses, OpenHouse
from tests.e2e.walker import JUDGES, Walker
from tests.trials import Trials

# What Playwright switches off itself, since the last switch of a name is the one that counts.
SWITCHED_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch"
)
# Pages of Chromium's own address bar and a process in reserve: two processes for each window, which nobody sees.
UNSEEN = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-background-networking",
    f"--disable-features={SWITCHED_OFF},{UNSEEN}",
]


@pytest.fixture(scope="package")
def browser(kept_houses: KeptHouses, trials: Trials) -> Iterator[Browser]:
    """One Chromium; gone with the last story, because Django refuses its database while Playwright's loop runs."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        JUDGES[chromium] = Judge(chromium, kept_houses.judged, full=trials.full)
        yield chromium
        del JUDGES[chromium]
        chromium.close()


@pytest.fixture(scope="module", autouse=True)
def _windows_are_closed(browser: Browser) -> Iterator[None]:
    """What a story left open is closed after it."""
    yield
    for context in browser.contexts:
        context.close()


@pytest.fixture(scope="session")
def kept_houses(tmp_path_factory: pytest.TempPathFactory) -> KeptHouses:
    """What stories begin from; all workers of a run share it."""
    own = tmp_path_factory.getbasetemp()
    return KeptHouses((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "kept-houses")


@pytest.fixture(scope="package")
def draft_server() -> Iterator[Machine]:
    """The machine that may be asked for a first draft."""
    with serving_drafts() as machine:
        yield machine


@pytest.fixture(scope="package")
def setup_django(
    kept_houses: KeptHouses, draft_server: Machine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenHouse]:
    """The worker's one house, which may ask a machine and a newspaper of this network; it must close politely."""
    opened = OpenHouse(
        kept_houses,
        tmp_path_factory.mktemp("house"),
        MASSLINE_DRAFT_URL=draft_server.address,
        MASSLINE_DRAFT_MODEL="small-model",
        MASSLINE_WATCH_OWN_NETWORK="yes",
    )
    yield opened
    assert opened.house.close() == 0


@pytest.fixture
def empty_house(setup_django: OpenHouse) -> House:
    """An installation nobody has used yet."""
    return setup_django.empty()


@pytest.fixture(scope="module")
def demo_house(setup_django: OpenHouse) -> House:
    """The house of the demonstration, one for the stories of a file: each keeps to its own rooms."""
    return setup_django.demonstration()


@pytest.fixture(scope="module")
def noor(demo_house: House, browser: Browser) -> Walker:
    """The key-holder of the demonstration, on a phone; she has come in."""
    walker = Walker(browser, demo_house.desk, width=360)
    walker.come_in(demo_house.way_in, "Noor")
    return walker
