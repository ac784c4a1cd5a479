"""Bea has a table of votes, or a folder exported from Polis, and wants to know what unites people."""

import json
import random
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from massline.engine import opinion
from massline.engine.privacy.threshold import Threshold
from massline.engine.votes import VoteTable
from massline.files.votes_table import read_votes
from tests.engine.opinion.conversations import two_camps
from tests.files.command import run, write
from tests.files.opinion_votes import document, two_sides


class Page(HTMLParser):
    """What a browser would fetch or run, and what a reader would read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "link", "img", "iframe"} or any(
            k in {"src", "href"} or k.startswith("on") for k, _ in attrs
        ):
            self.outside.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_votes_become_a_document_and_a_page_that_needs_nothing_else(tmp_path: Path) -> None:
    source = write(tmp_path / "votes.csv", "participant,statement,value", two_sides())
    page = tmp_path / "out.html"
    doc = document(source, tmp_path, "--html", page)
    assert doc["schema"] == "massline.opinion/1"
    assert doc["rests_on"]["participants"] == 60
    read = Page(page.read_text())
    assert read.outside == []
    assert "not a poll" in " ".join(read.words)


def test_the_order_of_rows_changes_no_byte(tmp_path: Path) -> None:
    rows = two_sides()
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    run("opinion", write(tmp_path / "a.csv", "participant,statement,value", rows), "--json", first)
    shuffled = random.Random(5).sample(rows, len(rows))
    run("opinion", write(tmp_path / "b.csv", "participant,statement,value", shuffled), "--json", second)
    assert first.read_bytes() == second.read_bytes()


def test_sections_weights_and_texts_are_read(tmp_path: Path) -> None:
    rows = [
        ("amal", 1, "agree", "North", 2, "Fix the heat"),
        ("bea", 1, "disagree", "", "", ""),
        ("bea", 2, "", "", "", ""),
    ]
    votes = read_votes(write(tmp_path / "v.csv", "participant,statement,value,section,weight,text", rows))
    assert votes.texts == {1: "Fix the heat"}
    assert votes.table.sections == ("North",)
    assert votes.table.weight is not None
    assert votes.left_out == {"rows_without_a_vote": 1}


def test_nobody_and_one_person_get_an_honest_answer(tmp_path: Path) -> None:
    for rows in ([], [("amal", 1, 1)]):
        page = tmp_path / "out.html"
        doc = document(
            write(tmp_path / "v.csv", "participant,statement,value", rows), tmp_path, "--html", page
        )
        assert doc["result"]["not_enough"]["need"] >= 10
        assert "We can’t say yet whether there are groups" in page.read_text()


def test_a_million_identical_votes_are_answered(tmp_path: Path) -> None:
    source, size = tmp_path / "v.parquet", 1_000_000
    columns = {"participant": [i % 1000 for i in range(size)], "statement": [1] * size, "value": [1] * size}
    pq.write_table(pa.table(columns), source)
    doc = document(source, tmp_path)
    assert doc["rests_on"]["votes"] == 1000
    assert doc["left_out"]["votes_replaced_by_a_later_vote"] == size - 1000
    assert doc["result"]["statements"][0]["agree"] == 1000


def test_emoji_arabic_and_a_statement_of_two_megabytes_lose_nothing(tmp_path: Path) -> None:
    long = "Wir wollen Wärme. " * 120_000
    texts = ["أصلحوا التدفئة 🔥", 'line one\nline two, "quoted" <b>', long]
    rows = [(f"p{p}", s, 1 if p % 3 else -1, texts[s]) for p in range(12) for s in range(3)]
    page = tmp_path / "out.html"
    source = write(tmp_path / "v.csv", "participant,statement,value,text", rows)
    doc = document(source, tmp_path, "--html", page)
    assert [row["text"] for row in doc["result"]["statements"]] == texts
    html = page.read_text()
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert long in html


def test_a_small_group_cannot_be_had_back_by_subtraction() -> None:
    from massline.files.opinion_statements import bar_rows

    drawn = opinion.document(opinion.estimate(VoteTable.from_rows(two_camps(160, 40, seed=3)), seed=1))
    row = drawn.result.statements[0]
    assert len(bar_rows(row, Threshold(5))) == 1 + len(row.by_group) == 3
    large, small = row.by_group
    row = replace(row, by_group=(large, replace(small, seen=4)))
    assert [bar.label for bar in bar_rows(row, Threshold(5))] == ["All of us"]


def test_a_document_can_be_printed_for_the_next_program(tmp_path: Path) -> None:
    source = write(tmp_path / "v.csv", "participant,statement,value", two_sides(12))
    result = run("opinion", source, "--json", "-", "--participants")
    doc = json.loads(result.stdout)
    assert len(doc["result"]["participants"]) == 12
