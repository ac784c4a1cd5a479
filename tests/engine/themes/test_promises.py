"""What themes promise whatever comes in: the same bytes, and answers or reasons instead of guesses."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from massline.engine import themes
from massline.engine.not_enough import NotEnough
from massline.engine.result_documents import canonical_bytes
from massline.engine.themes import ThemeInput
from tests.engine.themes.worlds import DIM, fine, neighbourhood, rows_of


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(60)))
def test_the_order_of_the_rows_changes_no_byte(order: list[int]) -> None:
    texts, vectors = neighbourhood(spread=1.2)
    shuffled, moved = rows_of(texts, vectors, order)
    first = themes.document(themes.estimate(texts, vectors, seed=1, k=5))
    second = themes.document(themes.estimate(shuffled, moved, seed=1, k=5))
    assert canonical_bytes(first) == canonical_bytes(second)


def test_the_number_of_threads_changes_no_byte() -> None:
    texts, vectors = neighbourhood(each=120, spread=1.2)
    answers = set()
    for threads in (1, 2):
        with threadpool_limits(threads):
            answers.add(canonical_bytes(themes.document(themes.estimate(texts, vectors, seed=1, k=5))))
    assert len(answers) == 1


def test_a_restart_changes_no_byte() -> None:
    story = (
        "import hashlib; from massline.engine import themes, result_documents; "
        "from tests.engine.themes.worlds import neighbourhood; "
        "found = themes.estimate(*neighbourhood(spread=1.2), seed=1, k=5); "
        "print(hashlib.sha256(result_documents.canonical_bytes(themes.document(found))).hexdigest())"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", story],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(answers) == 1


def test_too_little_is_an_answer() -> None:
    texts, vectors = neighbourhood(each=3)
    one = themes.estimate(replace(texts, people=("amal",) * 12), vectors, seed=1, k=5)
    assert one.not_enough == NotEnough(have=1, need=5, what="people")
    nobody = themes.estimate(ThemeInput((), ()), np.zeros((0, DIM)), seed=1, k=5)
    assert nobody.not_enough == NotEnough(have=0, need=5, what="people")
    many = 20_000
    same = ThemeInput(tuple(f"{n:05d}" for n in range(many)), ("Lower the rents!",) * many)
    agreed = themes.estimate(same, np.ones((many, 4), np.float32), seed=1, k=5)
    assert agreed.not_enough == NotEnough(have=1, need=12, what="different texts")
    assert themes.document(agreed).result.not_enough == agreed.not_enough


def test_what_says_nothing_is_left_out_and_counted() -> None:
    texts, vectors = neighbourhood()
    more = ThemeInput((*texts.ids, "e1", "e2"), (*texts.texts, "   ", "hm"))
    found = themes.estimate(
        more, np.vstack([vectors, vectors[:1], np.zeros((1, DIM), np.float32)]), seed=1, k=5
    )
    assert found.left_out == {"empty": 1, "no_vector": 1}
    assert found.voices == 60


def test_texts_that_all_mean_the_same_are_one_theme_or_few_but_never_an_error() -> None:
    texts, _ = neighbourhood()
    found = themes.estimate(texts, np.ones((60, DIM), np.float32), seed=1, k=5)
    assert sum(theme.size for theme in fine(found)) == 60


def test_bad_input_is_refused_with_a_reason() -> None:
    texts, vectors = neighbourhood()
    with pytest.raises(ValueError, match="not a finite number"):
        themes.estimate(texts, np.where(np.arange(DIM) == 3, np.nan, vectors), seed=1, k=5)
    with pytest.raises(ValueError, match="shape"):
        themes.estimate(texts, vectors[:5], seed=1, k=5)
    with pytest.raises(ValueError, match="twice"):
        ThemeInput(("a", "a"), ("x", "y"))
    with pytest.raises(ValueError, match="days has 1"):
        ThemeInput(("a", "b"), ("x", "y"), days=(None,))
    with pytest.raises(ValueError, match="resolution"):
        themes.estimate(texts, vectors, seed=1, k=5, resolution=0)
    with pytest.raises(ValueError, match="at least 1"):
        themes.estimate(texts, vectors, seed=1, k=0)
    with pytest.raises(ValueError, match="phrase_vectors"):
        themes.estimate(
            texts, vectors, seed=1, k=5, phrase_vectors=lambda phrases: np.zeros((len(phrases), 2))
        )
