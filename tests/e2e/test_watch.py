"""Following an issue in the browser: a newspaper's feed, a table of events, a day on the calendar, and a wrong count set right."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from tests.desk.listen.feed_server import Paper, newspaper, rss
from tests.e2e.house import House
from tests.e2e.walker import Walker

TOLD = "Ten families evicted in the harbour"
OTHER = "Eviction of a bank from its own tower: a comedy opens"


@pytest.fixture
def paper() -> Iterator[Paper]:
    with newspaper() as paper:
        paper.body = rss(TOLD, OTHER, "Football: nil nil again")
        yield paper


@pytest.mark.browser
def test_an_issue_is_followed(demo_house: House, browser: Browser, paper: Paper) -> None:
    noor = Walker(browser, demo_house.desk, width=360, moves=True)
    noor.come_in(demo_house.way_in, "Noor")
    noor.go("/riverside/listen/watches/")
    noor.fill(name="Evictions", words="eviction, evicted")
    noor.press("Start tracking")
    follow_the_paper(noor, paper)
    take_a_table_in(noor)
    put_a_day_on_the_calendar(noor)
    set_a_count_right(noor)


def follow_the_paper(noor: Walker, paper: Paper) -> None:
    """The worker asks it; what speaks of something else is not counted."""
    noor.unfold("Add a news feed")
    noor.page.locator("main form[action$='/feed/'] [name=url]").fill(paper.address)
    noor.press("Add this feed")
    told = noor.page.get_by_text(TOLD)
    for _ in range(30):
        noor.page.reload()
        if told.count():
            break
        noor.page.wait_for_timeout(1000)
    noor.look(noor.page.reload())
    noor.reads("2 events since")
    assert "Football" not in noor.text


def take_a_table_in(noor: Walker) -> None:
    """A row that cannot be read is named and left out; the others are taken in."""
    noor.unfold("Import a table")
    table = f"event_date,location,notes\n{day(-1)},Mill Street,A family evicted from Mill Street 4\nsoon,Quay,Evicted\n"
    file = {"name": "events.csv", "mimeType": "text/csv", "buffer": table.encode()}
    noor.page.locator("main [name=table]").set_input_files(file)  # type: ignore[arg-type]
    noor.press("Import the table")
    noor.reads("row 2")
    noor.reads("3 events since")


def put_a_day_on_the_calendar(noor: Walker) -> None:
    noor.unfold("Add an announced date")
    form = noor.page.locator("main form[action$='/announce/']")
    form.locator("[name=title]").fill("The court hears Mill Street 4")
    form.locator("[name=day]").fill(day(9))
    noor.press("Add the date")
    noor.reads("The court hears Mill Street 4")


def set_a_count_right(noor: Walker) -> None:
    noor.page.locator("main li", has_text=OTHER).get_by_role("button", name="Not about this issue").click()
    noor.page.get_by_role("button", name="Count it after all").wait_for()
    noor.look(noor.page.reload())
    noor.reads("2 events since")


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%d")
