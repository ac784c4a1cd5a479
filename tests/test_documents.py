"""What the documents promise to be tested is tested: every test they name exists."""

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.PACKAGE).parent
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
REQUIREMENT = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([12]) \|", re.MULTILINE)
REQUIREMENTS_OF_ASVS = "3765ed9541ee1523694f731f53d3201978aa23cf9cac70481d40476d8a2d1e27"


@pytest.mark.parametrize("name", ["architecture.md", "contributing.md", "glossary.md"])
def test_every_file_that_contributors_are_sent_to_exists(name: str) -> None:
    text = (ROOT / "docs" / name).read_text()
    for file in re.findall(r"`((?:massline|tests|bench|drills|docs)/[^`]*)`", text):
        assert (ROOT / file).exists(), file
    for link in re.findall(r"\]\(([\w./-]+\.md)\)", text):
        assert (ROOT / "docs" / link).is_file(), link


def test_every_recipe_names_files() -> None:
    recipes = (ROOT / "docs/contributing.md").read_text().split("\n### ")[1:]
    assert len(recipes) >= 8
    for recipe in recipes:
        assert re.search(r"`(?:massline|tests|docs)/[^`]+`|`views\.py`", recipe), recipe.splitlines()[0]


@pytest.mark.parametrize("name", ["asvs.md", "threat-model.md", "keyholders.md", "checklist.md"])
def test_every_test_a_document_names_exists(name: str) -> None:
    text = (ROOT / "docs" / name).read_text()
    for named in re.findall(r"`(tests\W[^`]*)`", text):
        assert (ROOT / named.partition("::")[0]).exists(), named
    for file, test in NAMED.findall(text):
        if test:
            assert re.search(rf"^def {test}\(", (ROOT / file).read_text(), re.MULTILINE), f"{file}::{test}"


def test_every_requirement_of_the_published_list_has_an_answer() -> None:
    """The digest is of the numbers and levels of `5.0.0_en.csv`, in their order."""
    text = (ROOT / "docs/asvs.md").read_text()
    rows = [line for line in text.splitlines() if REQUIREMENT.match(line)]
    listed = "\n".join(" ".join(found) for found in REQUIREMENT.findall(text))
    assert len(rows) == 253
    assert hashlib.sha256(listed.encode()).hexdigest() == REQUIREMENTS_OF_ASVS
    counts: Counter[str] = Counter({"test": 0, "reason": 0, "no": 0})
    for row in rows:
        _number, _level, asked, answer, why, test = (cell.strip() for cell in row.strip("|").split(" | "))
        assert asked, row
        assert why, row
        assert answer in {"test", "reason", "no"}, row
        assert NAMED.search(test) or answer != "test", row
        counts[answer] += 1
    assert [int(n) for n in re.findall(r"^- \*\*\w+\*\* \((\d+)\)", text, re.MULTILINE)] == [*counts.values()]


def test_every_adversary_has_a_test_and_something_that_remains() -> None:
    text = (ROOT / "docs/threat-model.md").read_text()
    table = text.split("|---|---|---|---|---|\n", 1)[1].split("\n\n", 1)[0].splitlines()
    assert len(table) >= 14
    for row in table:
        who, _wants, stops, test, remains = (cell.strip() for cell in row.strip("|").split(" | "))
        assert NAMED.search(test), who
        assert stops
        assert remains
