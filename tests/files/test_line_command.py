"""Bea asks for the line among demands, from documents of opinion maps."""

import json
import math
import random
from pathlib import Path

from massline.engine.line.document import restore_line
from massline.files import line_slates
from tests.files.command import outcome, refused, run, write


def line_files(folder: Path, shared: Path) -> tuple[Path, Path, Path, Path]:
    """An opinion document of a real conversation, with principles and comparisons beside it."""
    votes, opinion = shared / "data/polis/brexit-consensus", folder / "opinion.json"
    assert run("opinion", votes, "--json", opinion).exit_code == 0
    ids = [row["id"] for row in json.loads(opinion.read_bytes())["result"]["statements"]]
    draw = random.Random(1)
    marks = [(i, "in the open", "breaks" if i == ids[3] else "keeps", "amal") for i in ids]
    pairs = [draw.sample(ids, 2) for _ in range(200)]
    told = [(a, b) if draw.random() < 1 / (1 + math.exp((a - b) / 10)) else (b, a) for a, b in pairs]
    principles = write(folder / "principles.csv", "statement,principle,mark,member", marks)
    return votes, opinion, principles, write(folder / "comparisons.csv", "further,less", told)


def test_the_line_is_drawn_from_documents(tmp_path: Path, shared: Path) -> None:
    votes, opinion, principles, comparisons = line_files(tmp_path, shared)
    options = ("--principles", principles, "--comparisons", comparisons)
    doc, page = outcome("line", opinion, tmp_path, *options, "--votes", votes)
    barred = [d for d in doc["result"]["demands"] if not d["offered"]]
    assert [w["reason"] for d in barred for w in d["why"]] == ["breaks"]
    assert {slate["size"] for slate in doc["result"]["slates"]} == {1, 2, 3, 4, 5}
    assert all(slate["justified"] for slate in doc["result"]["slates"])
    assert all(barred[0]["id"] not in slate["demands"] for slate in doc["result"]["slates"])
    assert "chart-frontier" in page
    assert "“in the open”" in page
    without, page = outcome("line", opinion, tmp_path, *options)
    assert without["result"]["not_enough"]["have"] == 0
    assert line_slates.slates_note(restore_line(without).result) in page


def test_the_line_refuses_what_it_cannot_place(tmp_path: Path, shared: Path) -> None:
    _, opinion, principles, comparisons = line_files(tmp_path, shared)
    assert "is massline.mood/1; accepted is massline.opinion/1" in refused("line", _mood_document(tmp_path))
    assert "is not a document" in refused("line", principles)
    wrong = write(tmp_path / "w.csv", "statement,principle,mark", [(1, "p", "likes")])
    assert "row 1: mark is 'likes'; accepted is keeps, touches or breaks" in refused(
        "line", opinion, "--principles", wrong
    )
    unknown = write(tmp_path / "u.csv", "further,less", [(999, 1)])
    assert "further is '999'; accepted is the id of a statement" in refused(
        "line", opinion, "--comparisons", unknown
    )
    same = write(tmp_path / "s.csv", "further,less", [(1, 1)])
    assert "accepted is another statement than further" in refused("line", opinion, "--comparisons", same)
    assert comparisons.exists()


def _mood_document(folder: Path) -> Path:
    path = folder / "mood.json"
    path.write_text('{"schema": "massline.mood/1", "result": {"statements": []}}')
    return path
