"""Themes on questions that people really asked, with the vectors of the default embedder."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, v_measure_score

from massline.embed.e5.model import E5
from massline.engine import themes
from massline.engine.themes import ThemeInput, Themes


@pytest.fixture
def questions(shared: Path) -> list[dict[str, str]]:
    """COVID-Q: questions that somebody sorted by hand into groups that ask the same."""
    with (shared / "data" / "themes" / "covidq" / "questions.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["question"].strip()]
    groups = Counter((row["category"], row["question_id"]) for row in rows)
    return [row for row in rows if groups[row["category"], row["question_id"]] > 1]


def _found_labels(found: Themes, ids: tuple[str, ...]) -> list[int]:
    of = {voice: number for number, theme in enumerate(found.at(found.depth)) for voice in theme.voices}
    return [of[voice] for voice in ids]


def test_hand_made_groups_of_questions_are_found_again(questions: list[dict[str, str]]) -> None:
    ids = tuple(f"q{number:04d}" for number in range(len(questions)))
    texts = ThemeInput(ids, tuple(row["question"] for row in questions), languages=("en",) * len(ids))
    vectors = E5().encode(texts.texts)
    found = themes.estimate(texts, vectors, seed=1, k=5)
    wanted = [row["category"] + row["question_id"] for row in questions]
    got = _found_labels(found, ids)
    assert v_measure_score(wanted, got) >= 0.804
    assert adjusted_rand_score(wanted, got) >= 0.373
    assert found.depth == 3
    asked = sum(len(theme.questions) for theme in found.at(3))
    assert asked > 0.7 * sum(theme.size for theme in found.at(3) if theme.quotes)
    again = themes.estimate(texts, np.round(vectors, 6), seed=2, k=5, previous=found)
    assert [theme.id for theme in again.themes] == [theme.id for theme in found.themes]
    assert not any(theme.new for theme in again.themes)
