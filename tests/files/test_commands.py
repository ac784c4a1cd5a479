"""Bea asks the other estimates on files: mood, pulse, themes, coverage, the line."""

import csv
import gzip
import random
from datetime import date, timedelta
from pathlib import Path

import click
import pytest

from massline.engine.coverage.document import restore_coverage
from massline.engine.mood.document import restore_mood
from massline.engine.themes.document import restore_themes
from massline.files import COMMANDS, coverage_page, mood_page, themes_page
from tests.files.command import Cells, command, outcome, refused, run, write
from tests.parts import shows

FIRST = date(2026, 3, 2)


def test_every_command_loads_and_says_which_columns_it_reads() -> None:
    for name in COMMANDS.keys() - {"schema"}:  # which reads no table
        help_text = run(name, "--help").output
        assert "SOURCE" in help_text
        assert {"--json", "--html", "--seed", "--progress"} <= {
            option for p in command(name).params if isinstance(p, click.Option) for option in p.opts
        }


def test_coverage_names_who_was_not_heard(tmp_path: Path) -> None:
    rows = [("Block A", 120, 40, 60), ("Block B", 80, 12, 20), ("Block C", 60, "", 2)]
    source = write(tmp_path / "c.csv", "section,headcount,heard,came", rows)
    doc, page = outcome("coverage", source, tmp_path)
    assert doc["result"]["unheard"] == ["Block C"]
    assert coverage_page._title(restore_coverage(doc).result) in page
    assert {row["section"]: row["standing"] for row in doc["result"]["room"]}["Block C"] == "under"


def test_rounds_are_told_one_by_one_and_the_last_in_full(tmp_path: Path) -> None:
    rows = [
        ("A", 50, 5, "2026-10"),
        ("B", 50, "", "2026-10"),
        ("B", 60, 6, "2026-11"),
        ("A", 50, 9, "2026-11"),
    ]
    source = write(tmp_path / "c.csv", "section,headcount,heard,round", rows)
    doc, page = outcome("coverage", source, tmp_path)
    assert doc["rests_on"] == {"sections": 2, "headcount": 110, "people_heard": 15}
    assert [(r["round"], r["people_heard"], r["unheard"]) for r in doc["result"]["rounds"]] == [
        ("2026-10", 5, ["B"]),
        ("2026-11", 15, []),
    ]
    assert shows(page, "rounds")


def test_public_coverage_does_not_tell_the_few(tmp_path: Path) -> None:
    rows = [("Block A", 120, 40), ("Block B", 80, 12), ("Block C", 60, 3)]
    source = write(tmp_path / "c.csv", "section,headcount,heard", rows)
    doc, page = outcome("coverage", source, tmp_path, "--public")
    assert doc["result"]["next"] == []
    assert "3 of 60" not in page
    assert {"section": "Block C", "headcount": 60, "hidden": True} in doc["result"]["sections"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("A", 10, 11)], "row 1: 11 were heard in A of 10 people"),
        ([("A", 0, 0)], "accepted is 1 or more"),
        ([("A", 10, 1), ("A", 12, 1)], "row 2: section 'A' was there before"),
        ([("A", 10, -1)], "row 1: heard is '-1'; accepted is a whole number from 0"),
        ([("", 10, 1)], "row 1: section is empty"),
    ],
)
def test_coverage_refuses_what_cannot_be(tmp_path: Path, rows: list[Cells], sentence: str) -> None:
    assert sentence in refused("coverage", write(tmp_path / "c.csv", "section,headcount,heard", rows))


def test_a_section_that_turns_is_the_headline(tmp_path: Path) -> None:
    draw = random.Random(3)
    rows: list[Cells] = []
    for week in range(30):
        for name in ("Harbour", "Riverside", "Old Town"):
            agree = 0.25 if name == "Harbour" and week > 20 else 0.7
            yes = sum(draw.random() < agree for _ in range(40))
            day = FIRST + timedelta(weeks=week)
            rows += [(day, name, 1, yes), (day, name, 0, 40 - yes)]
    doc, page = outcome("mood", write(tmp_path / "m.csv", "day,section,category,count", rows), tmp_path)
    assert {s["section"] for s in doc["result"]["sections"] if s["breaks"]} == {"Harbour"}
    assert "<h1>The mood in Harbour has changed</h1>" in page


def test_too_few_moods_get_an_honest_answer(tmp_path: Path) -> None:
    source = write(tmp_path / "m.csv", "day,section,category,count", [(FIRST, "Harbour", 3, 2)])
    doc, page = outcome("mood", source, tmp_path)
    assert doc["result"]["not_enough"]["have"] < doc["result"]["not_enough"]["need"]
    assert mood_page._title(restore_mood(doc).result) in page


def test_mood_refuses_what_cannot_be_read(tmp_path: Path) -> None:
    header = "day,section,category,count"
    assert "row 1: day is '2026-13-01'; accepted is a day like" in refused(
        "mood", write(tmp_path / "m.csv", header, [("2026-13-01", "A", 1, 1)])
    )
    assert "row 1: category is 'good'" in refused(
        "mood", write(tmp_path / "m.csv", header, [(FIRST, "A", "good", 1)])
    )
    assert "row 1: count is '-2'" in refused("mood", write(tmp_path / "m.csv", header, [(FIRST, "A", 1, -2)]))


def test_an_issue_that_breaks_out_is_the_headline(tmp_path: Path) -> None:
    rows: list[Cells] = []
    for day in range(120):
        rows.append((FIRST + timedelta(days=day), 1 + day % 2 + (12 if day > 113 else 0), "evictions"))
        rows.append((FIRST + timedelta(days=day), 1 + day % 3, "lifts"))
    doc, page = outcome("pulse", write(tmp_path / "p.csv", "day,count,issue", rows), tmp_path)
    found = {issue["issue"]: issue for issue in doc["result"]["issues"]}
    assert found["evictions"]["alarm_since"]
    assert found["lifts"]["alarm_since"] is None
    assert "<h1>evictions is rising</h1>" in page
    assert 'class="alarm"' in page


def test_an_issue_watched_for_days_only_is_not_forecast(tmp_path: Path) -> None:
    rows = [(FIRST + timedelta(days=d), 2) for d in range(5)]
    doc, page = outcome("pulse", write(tmp_path / "p.csv", "day,count", rows), tmp_path)
    assert doc["result"]["issues"][0]["status"] == "not enough yet"
    assert "There is not enough yet: 5 of the 7" in page
    empty, _ = outcome("pulse", write(tmp_path / "e.csv", "day,count", []), tmp_path)
    assert empty["result"]["not_enough"]["have"] == 0


def test_pulse_refuses_what_cannot_be_read(tmp_path: Path) -> None:
    assert "row 1: count is 'many'" in refused(
        "pulse", write(tmp_path / "p.csv", "day,count", [(FIRST, "many")])
    )
    header, early = "day,count,first_seen_at", FIRST - timedelta(days=1)
    assert "before it happened" in refused("pulse", write(tmp_path / "p.csv", header, [(FIRST, 1, early)]))


def test_a_real_year_of_events_is_read(tmp_path: Path, shared: Path) -> None:
    with gzip.open(shared / "data/events/brazil_nepac/daily_issue.csv.gz", "rt") as file:
        rows = [(row["date"], row["n_events"], row["issue"]) for row in csv.DictReader(file)]
    doc, _ = outcome("pulse", write(tmp_path / "p.csv", "day,count,issue", rows), tmp_path)
    assert doc["rests_on"]["issues"] == len({row[2] for row in rows})


def voices() -> list[Cells]:
    about = ["the rent is too high", "the lift is broken again", "the heating is cold all winter"]
    ends = ["in house", "since last week in", "and nobody answers in", "for the old people of"]
    rows: list[Cells] = [(f"v{i:03d}", f"{about[i % 3]} {ends[i // 3 % 4]} number {i}") for i in range(72)]
    return [*rows, ("v900", "the rent is too high, call me: 0151 2345678"), ("v901", "")]


def test_themes_are_told_in_the_words_people_used(tmp_path: Path) -> None:
    source = write(tmp_path / "t.csv", "id,text", voices())
    doc, page = outcome("themes", source, tmp_path, "--embedder", "letters")
    words = {str(row[0]): str(row[1]) for row in voices()}
    quoted = [words[voice] for theme in doc["result"]["themes"] for voice in theme["quotes"]]
    assert quoted
    assert any(quote in page for quote in quoted)
    assert "0151 2345678" not in page, "a voice with a phone number is not quoted"
    assert doc["left_out"]["empty"] == 1


def test_few_voices_give_no_themes(tmp_path: Path) -> None:
    source = write(tmp_path / "t.csv", "id,text", voices()[:3])
    doc, page = outcome("themes", source, tmp_path, "--embedder", "letters")
    assert doc["result"]["not_enough"]["have"] == 3
    assert themes_page._title(restore_themes(doc).result) in page


def test_two_voices_of_one_name_are_refused(tmp_path: Path) -> None:
    rows = [("a", "one"), ("a", "two")]
    said = refused("themes", write(tmp_path / "t.csv", "id,text", rows), "--embedder", "letters")
    assert "row 2: id 'a' was there in row 1" in said
