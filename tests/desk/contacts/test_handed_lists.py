"""Lists that people had in hand and that went wrong once: chosen on the page, looked at, and read as they were meant."""

import re
from pathlib import Path
from typing import Any

import pytest

from massline.desk.people.models import Contact
from tests.conftest import DoorClient
from tests.desk.contacts.list_pages import bring, look
from tests.parts import shows

# Each list, the people who would be new with their first way to be reached, and what is left out and why.
READ: dict[str, tuple[list[tuple[str, str]], dict[str, int]]] = {
    "people-01-optout-crm.csv": ([("Fay Gold", "fay@example.org")], {"refusing": 2}),
    "people-02-yes-words.csv": ([(f"C{n}", f"c{n}@example.org") for n in range(1, 9)], {"refusing": 1}),
    "people-03-consent-us-days.csv": (
        [("Ann", "ann@example.org"), ("Joe", "joe@example.org"), ("Tom", "tom@example.org")],
        {"unanswered": 0},
    ),
    "people-04-phones-de.csv": ([("Xu Yi", "+493023125001"), ("Zoe A", "+493023125002")], {"duplicates": 4}),
    "people-05-two-in-a-cell.csv": (
        [("Di Ebert", "di@example.org"), ("Pat Oduya", "pat@example.org")],
        {"second_points": 2},
    ),
    "people-08-headings-de-latin1.csv": (
        [("Jörg Müßig", "joerg@example.org"), ("Zoë Ångström", "zoe@example.org")],
        {},
    ),
    "people-09-name-comma.csv": ([("Jürgen Müller", "jm@example.org"), ("Ayşe Öz", "ao@example.org")], {}),
    "people-10-sep-line.csv": ([("Rosa Schmidt", "rosa@example.org"), ("Sven Thal", "sven@example.org")], {}),
    "people-11-title-rows.csv": ([("Ida Lund", "ida@example.org"), ("Jon Moss", "jon@example.org")], {}),
    "people-12-sheet-a-block.xlsx": (
        [("Ada Berg", "+15550171"), ("Bo Chan", "+15550172"), ("Cy Dahl", "+15550173")],
        {},
    ),
    "people-13-unclosed-quote.csv": (
        [("Bob Vale", "bob2@example.org"), ("Cyd West", "cyd2@example.org")],
        {},
    ),
    "people-14-osdi-primary.json": ([("Edie Smith", "edie@example.org")], {"refusing": 1}),
    "people-15-language-names.csv": (
        [(f"Lang {n}", f"lang{i}@example.org") for i, n in enumerate(("One", "Two", "Three"), 1)],
        {},
    ),
    "people-17-quoted-heading.csv": ([("Ute Vogel", "ute@example.org")], {}),
}
# Lists that say of nobody that they agreed: somebody vouches for the whole list, and then they are kept.
VOUCHED_FOR = {
    "people-06-card.vcf": ["Ola Perez", "Qi Ren"],
    "people-07-phone-book.csv": ["Mia Nowak", "Ned Oduya"],
    "people-16-no-consent-column.csv": ["Kim Lund", "Lou Marsh"],
}


@pytest.fixture
def files(shared: Path) -> Path:
    return shared / "cases" / "files"


def _count(value: Any) -> int:
    return value if isinstance(value, int) else len(value)


@pytest.mark.parametrize("name", READ)
def test_a_list_is_read_as_it_was_meant(door: DoorClient, files: Path, name: str) -> None:
    new, beside = READ[name]
    page = look(door, (files / name).read_bytes())
    run = page.context["run"]
    assert [(one.name, one.point) for one in run.new] == new
    assert {what: _count(getattr(run, what)) for what in beside} == beside
    assert shows(page, "new-people", len(new))


@pytest.mark.parametrize("name", VOUCHED_FOR)
def test_a_list_that_says_nothing_of_consent_is_vouched_for(door: DoorClient, files: Path, name: str) -> None:
    content = (files / name).read_bytes()
    assert shows(look(door, content), "no-consent-column")
    bring(door, content)
    assert not Contact.objects.exists()
    answer = bring(door, content, vouched="on", vouched_on="2026-05-03")
    shown = door.get(answer.headers["Location"]).content.decode()
    assert [name in shown for name in VOUCHED_FOR[name]] == [True, True]
    assert Contact.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("people-11-title-rows.csv", [3]),
        ("people-12-sheet-a-block.xlsx", ["Block A", "Block B"]),
        ("people-13-unclosed-quote.csv", [1]),
    ],
)
def test_the_page_says_how_the_file_was_read(
    door: DoorClient, files: Path, name: str, said: list[object]
) -> None:
    assert shows(look(door, (files / name).read_bytes()), "rows-left-out", *said)


def test_languages_are_kept_however_they_are_named(door: DoorClient, files: Path) -> None:
    bring(door, (files / "people-15-language-names.csv").read_bytes())
    assert list(Contact.objects.order_by("pk").values_list("language", flat=True)) == ["es", "es", "en"]


def test_a_column_that_says_no_cannot_be_taken_for_consent(door: DoorClient, files: Path) -> None:
    content = (files / "people-01-optout-crm.csv").read_bytes()
    refused = bring(door, content, column_5="", column_7="consent")
    assert "column_7" in refused.context["form"].errors
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "name", ["people-04-phones-de.csv", "people-07-phone-book.csv", "people-02-yes-words.csv"]
)
def test_no_column_of_a_table_is_called_optional(files: Path, door: DoorClient, name: str) -> None:
    """Case Z8: every column may be left out, so that no word says so beside each."""
    page = look(door, (files / name).read_bytes()).content.decode()
    columns = re.findall(r'<label for="id_[^"]*">(.*?)</label>', page, re.DOTALL)
    assert len(columns) > 2
    assert [label for label in columns if "optional" in label] == []
