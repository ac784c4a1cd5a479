"""Themes end to end: what many people say becomes a tree that leads back to each of them."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from massline.engine import themes
from massline.engine.answers import NotEnough
from massline.engine.documents import canonical
from massline.engine.themes import ThemeInput, Themes
from tests.engine.theme_worlds import DIM, TROUBLES, direction, neighbourhood, rows_of, unit


def fine(found: Themes) -> tuple[themes.Theme, ...]:
    return found.at(found.depth)


def test_four_troubles_become_four_themes_named_in_the_people_s_own_words() -> None:
    texts, vectors = neighbourhood()
    found = themes.estimate(texts, vectors, seed=1)
    assert {frozenset(voice[:2] for voice in theme.voices) for theme in fine(found)} == {
        frozenset({f"v{number}"}) for number in range(4)
    }
    for theme in fine(found):
        trouble = list(TROUBLES)[int(theme.voices[0][1])]
        assert trouble in theme.label
        assert (theme.size, theme.people) == (15, 15)
        assert "nobody" not in theme.label
    assert (found.voices, found.people, found.wordings) == (60, 60, 60)
    assert found.notice == "These are the voices that reached us, not a poll."


def test_every_theme_leads_up_to_one_parent_and_down_to_its_voices() -> None:
    texts, vectors = neighbourhood()
    found = themes.estimate(texts, vectors, seed=1, resolution=6.0)
    assert found.depth == 3
    by_id = {theme.id: theme for theme in found.themes}
    assert len(by_id) == len(found.themes)
    for level in (1, 2, 3):
        voices = [voice for theme in found.at(level) for voice in theme.voices]
        assert sorted(voices) == sorted(texts.ids)
    for theme in found.themes:
        assert (theme.parent is None) == (theme.level == 1)
        if theme.parent is not None:
            assert by_id[theme.parent].level == theme.level - 1
            assert set(theme.voices) <= set(by_id[theme.parent].voices)


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(60)))
def test_the_order_of_the_rows_changes_no_byte(order: list[int]) -> None:
    texts, vectors = neighbourhood(spread=1.2)
    shuffled, moved = rows_of(texts, vectors, order)
    first = themes.document(themes.estimate(texts, vectors, seed=1))
    second = themes.document(themes.estimate(shuffled, moved, seed=1))
    assert canonical(first) == canonical(second)


def test_the_number_of_threads_changes_no_byte() -> None:
    texts, vectors = neighbourhood(each=120, spread=1.2)
    answers = set()
    for threads in (1, 2):
        with threadpool_limits(threads):
            answers.add(canonical(themes.document(themes.estimate(texts, vectors, seed=1))))
    assert len(answers) == 1


def test_a_restart_changes_no_byte() -> None:
    story = (
        "import hashlib; from massline.engine import themes, documents; "
        "from tests.engine.theme_worlds import neighbourhood; "
        "found = themes.estimate(*neighbourhood(spread=1.2), seed=1); "
        "print(hashlib.sha256(documents.canonical(themes.document(found))).hexdigest())"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", story],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(answers) == 1


def test_searching_in_cells_finds_the_same_troubles(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, vectors = neighbourhood(each=150, spread=0.8)
    exact = themes.estimate(texts, vectors, seed=1, resolution=1.0)
    monkeypatch.setattr(import_module("massline.engine.themes.estimate"), "EXACT_UP_TO", 100)
    searched = themes.estimate(texts, vectors, seed=1, resolution=1.0)
    again = themes.estimate(texts, vectors, seed=1, resolution=1.0)
    assert canonical(themes.document(searched)) == canonical(themes.document(again))
    for found in (exact, searched):
        assert all(len({voice[:2] for voice in theme.voices}) == 1 for theme in fine(found))


def test_quotes_are_by_different_people_and_in_different_languages() -> None:
    texts, vectors = neighbourhood(troubles=["rent", "lift"])
    people = tuple(
        "amal" if voice.endswith(("00", "01", "02", "03")) else who
        for voice, who in zip(texts.ids, texts.people or (), strict=True)
    )
    languages = tuple("de" if int(voice[3:]) % 2 else "en" for voice in texts.ids)
    texts = replace(texts, people=people, languages=languages)
    found = themes.estimate(texts, vectors, seed=1)
    who, spoken = dict(zip(texts.ids, people, strict=True)), dict(zip(texts.ids, languages, strict=True))
    for theme in fine(found):
        assert len(theme.quotes) == 3
        assert len({who[voice] for voice in theme.quotes}) == 3
        assert {spoken[voice] for voice in theme.quotes} == {"de", "en"}
        assert theme.people == 12


def test_a_theme_of_four_people_shows_no_quote_and_no_phrase_of_theirs_alone() -> None:
    texts, vectors = neighbourhood(each=15)
    keep = [row for row, voice in enumerate(texts.ids) if voice < "v3-04"]
    few, theirs = rows_of(texts, vectors, keep)
    found = themes.estimate(few, theirs, seed=1)
    small = next(theme for theme in fine(found) if theme.voices[0].startswith("v3"))
    assert small.people == 4
    assert (small.quotes, small.questions) == ((), ())
    assert "mould" not in small.label
    open_handed = themes.estimate(few, theirs, seed=1, least_people=4)
    small = next(theme for theme in fine(open_handed) if theme.voices[0].startswith("v3"))
    assert len(small.quotes) == 3
    assert "mould" in small.label


def test_copies_count_once_a_person_and_are_listed() -> None:
    texts, vectors = neighbourhood()
    extra = ThemeInput(
        (*texts.ids, "w1", "w2", "w3"),
        (*texts.texts, texts.texts[0].upper() + "!!", texts.texts[0], texts.texts[0]),
        people=(*(texts.people or ()), "p0-00", "p0-00", "chen"),
    )
    found = themes.estimate(extra, np.vstack([vectors, vectors[[0, 0, 0]]]), seed=1)
    assert found.duplicates == (("v0-00", "w1", "w2", "w3"),)
    rent = next(theme for theme in fine(found) if "v0-00" in theme.voices)
    assert (rent.size, rent.people) == (18, 16)
    assert (found.voices, found.people, found.wordings) == (63, 61, 60)


def test_the_letters_of_a_campaign_are_grouped_and_every_voice_is_kept() -> None:
    texts, vectors = neighbourhood()
    letters = [
        f"We the undersigned ask the council to lower the rents in our street now, name {n}" for n in "abcdef"
    ]
    ids = tuple(f"x{n}" for n in range(6))
    same = np.repeat(unit(np.array([direction(9)], np.float32)), 6, axis=0)
    both = ThemeInput((*texts.ids, *ids), (*texts.texts, *letters))
    found = themes.estimate(both, np.vstack([vectors, same]), seed=1)
    assert ids in found.near_copies
    campaign = next(theme for theme in fine(found) if "x0" in theme.voices)
    assert set(ids) <= set(campaign.voices)


def test_the_opposite_demand_in_other_words_is_no_near_copy() -> None:
    texts, vectors = neighbourhood()
    pair = ("Ban all advertising for meat", "Keep meat ads, forbid the vegan ones")
    both = ThemeInput((*texts.ids, "y1", "y2"), (*texts.texts, *pair))
    same = np.repeat(unit(np.array([direction(9)], np.float32)), 2, axis=0)
    found = themes.estimate(both, np.vstack([vectors, same]), seed=1)
    assert not any("y1" in group for group in found.near_copies)


def test_languages_do_not_split_a_theme_and_one_sidedness_is_told() -> None:
    texts, vectors = neighbourhood(each=60, troubles=["rent", "heating"])
    languages = tuple("de" if int(voice[3:]) % 2 else "en" for voice in texts.ids)
    accent = np.array([2 * direction(20 if code == "de" else 21) for code in languages])
    spoken = unit(np.asarray(vectors + accent, np.float32))
    mixed = themes.estimate(replace(texts, languages=languages), spoken, seed=1, resolution=1.0)
    assert {len({voice[:2] for voice in theme.voices}) for theme in fine(mixed)} == {1}
    assert all(min(people for _, people in theme.languages) > theme.people / 4 for theme in fine(mixed))
    assert all(len(theme.languages) == 2 for theme in fine(mixed))
    assert all(theme.one_language is None for theme in fine(mixed))


def test_a_theme_that_one_language_alone_speaks_of_says_so() -> None:
    everyone, directions = neighbourhood(each=60, troubles=["rent", "heating", "lift"])
    texts, vectors = rows_of(everyone, directions, list(range(132)))
    languages = tuple("de" if voice.startswith("v2") or int(voice[3:]) % 2 else "en" for voice in texts.ids)
    found = themes.estimate(replace(texts, languages=languages), vectors, seed=1, resolution=1.0)
    assert {(theme.voices[0][:2], theme.one_language) for theme in fine(found)} == {
        ("v0", None),
        ("v1", None),
        ("v2", "de"),
    }


def test_questions_stand_apart_from_what_is_said() -> None:
    texts, vectors = neighbourhood(troubles=["rent", "lift"], each=20)
    asked = tuple(
        f"When does the {voice[:2]} trouble in number {voice[3:]} end?" if int(voice[3:]) < 5 else text
        for voice, text in zip(texts.ids, texts.texts, strict=True)
    )
    kinds = tuple("question" if voice == "v0-19" else "" for voice in texts.ids)
    found = themes.estimate(replace(texts, texts=asked, kinds=kinds), vectors, seed=1, resolution=1.0)
    rent = next(theme for theme in fine(found) if "v0-00" in theme.voices)
    assert set(rent.questions) >= {"v0-00", "v0-01", "v0-02", "v0-03", "v0-04", "v0-19"} & set(rent.voices)
    assert not set(rent.quotes) & set(rent.questions)


def test_a_second_run_keeps_the_ids_and_tells_what_is_new_and_growing() -> None:
    texts, vectors = neighbourhood(each=15)
    old_rows = [row for row, voice in enumerate(texts.ids) if not voice.startswith("v3")]
    before_texts, before_vectors = rows_of(texts, vectors, old_rows)
    before = themes.estimate(before_texts, before_vectors, seed=1)
    late = replace(
        texts,
        days=tuple(date(2026, 4, 1) if voice.startswith("v3") else date(2026, 3, 1) for voice in texts.ids),
    )
    now = themes.estimate(late, vectors, seed=1, previous=before)
    was = {theme.id: theme.voices[0][:2] for theme in fine(before)}
    for theme in fine(now):
        if theme.voices[0].startswith("v3"):
            assert theme.new is True
            assert theme.id not in was
            assert theme.growth is not None
            assert theme.growth.growing
            assert (theme.growth.now, theme.growth.before) == (15, 0)
        else:
            assert theme.new is False
            assert was[theme.id] == theme.voices[0][:2]
            assert theme.growth is not None
            assert not theme.growth.growing
    assert now.compared_with == 45
    assert {theme.new for theme in before.themes} == {None}


def test_a_run_without_the_earlier_voices_has_nothing_to_compare() -> None:
    texts, vectors = neighbourhood()
    before = themes.estimate(
        replace(texts, ids=tuple(f"old-{voice}" for voice in texts.ids)), vectors, seed=1
    )
    now = themes.estimate(texts, vectors, seed=1, previous=before)
    assert now.compared_with == 0
    assert {theme.new for theme in now.themes} == {None}


def test_phrases_near_the_middle_of_a_theme_name_it() -> None:
    texts, vectors = neighbourhood()
    asked: list[str] = []

    def phrase_vectors(phrases: object) -> np.ndarray:
        assert isinstance(phrases, list)
        asked.extend(phrases)
        known = list(TROUBLES)
        return np.array(
            [
                sum((direction(n) for n, t in enumerate(known) if t in phrase), np.zeros(DIM))
                for phrase in phrases
            ],
            np.float32,
        )

    found = themes.estimate(texts, vectors, seed=1, phrase_vectors=phrase_vectors)
    assert asked
    for theme in fine(found):
        assert list(TROUBLES)[int(theme.voices[0][1])] in theme.terms[0]


def test_too_little_is_an_answer() -> None:
    texts, vectors = neighbourhood(each=3)
    one = themes.estimate(replace(texts, people=("amal",) * 12), vectors, seed=1)
    assert one.not_enough == NotEnough(have=1, need=5, what="people")
    nobody = themes.estimate(ThemeInput((), ()), np.zeros((0, DIM)), seed=1)
    assert nobody.not_enough == NotEnough(have=0, need=5, what="people")
    many = 20_000
    same = ThemeInput(tuple(f"{n:05d}" for n in range(many)), ("Lower the rents!",) * many)
    agreed = themes.estimate(same, np.ones((many, 4), np.float32), seed=1)
    assert agreed.not_enough == NotEnough(have=1, need=12, what="different texts")
    assert themes.document(agreed)["result"]["not_enough"] == {
        "have": 1,
        "need": 12,
        "what": "different texts",
    }


def test_what_says_nothing_is_left_out_and_counted() -> None:
    texts, vectors = neighbourhood()
    more = ThemeInput((*texts.ids, "e1", "e2"), (*texts.texts, "   ", "hm"))
    found = themes.estimate(more, np.vstack([vectors, vectors[:1], np.zeros((1, DIM), np.float32)]), seed=1)
    assert found.left_out == {"empty": 1, "no_vector": 1}
    assert found.voices == 60


def test_texts_that_all_mean_the_same_are_one_theme_or_few_but_never_an_error() -> None:
    texts, _ = neighbourhood()
    found = themes.estimate(texts, np.ones((60, DIM), np.float32), seed=1)
    assert sum(theme.size for theme in fine(found)) == 60


def test_bad_input_is_refused_with_a_reason() -> None:
    texts, vectors = neighbourhood()
    with pytest.raises(ValueError, match="not a finite number"):
        themes.estimate(texts, np.where(np.arange(DIM) == 3, np.nan, vectors), seed=1)
    with pytest.raises(ValueError, match="shape"):
        themes.estimate(texts, vectors[:5], seed=1)
    with pytest.raises(ValueError, match="twice"):
        ThemeInput(("a", "a"), ("x", "y"))
    with pytest.raises(ValueError, match="days has 1"):
        ThemeInput(("a", "b"), ("x", "y"), days=(None,))
    with pytest.raises(ValueError, match="resolution"):
        themes.estimate(texts, vectors, seed=1, resolution=0)
    with pytest.raises(ValueError, match="at least 1"):
        themes.estimate(texts, vectors, seed=1, least_people=0)
    with pytest.raises(ValueError, match="phrase_vectors"):
        themes.estimate(texts, vectors, seed=1, phrase_vectors=lambda phrases: np.zeros((len(phrases), 2)))


def test_the_document_names_voices_by_id_and_never_by_their_words() -> None:
    texts, vectors = neighbourhood()
    document = themes.document(themes.estimate(texts, vectors, seed=7))
    assert document["schema"] == "massline.themes/1"
    assert document["seed"] == 7
    assert document["rests_on"] == {"voices": 60, "people": 60, "wordings": 60}
    assert {"id", "parent", "label", "size", "quotes", "new"} <= set(document["result"]["themes"][0])
    written = canonical(document).decode()
    assert not any(text in written for text in texts.texts)


def test_a_stored_document_is_as_good_an_earlier_run_as_the_estimate_itself() -> None:
    texts, vectors = neighbourhood()
    found = themes.estimate(texts, vectors, seed=7, resolution=6.0)
    stored = json.loads(canonical(themes.document(found)))
    assert themes.restored(stored) == found
    again = themes.estimate(texts, vectors, seed=7, resolution=6.0, previous=themes.restored(stored))
    assert [theme.id for theme in again.themes] == [theme.id for theme in found.themes]
    little = themes.estimate(ThemeInput((), ()), np.zeros((0, DIM)), seed=1)
    assert themes.restored(themes.document(little)) == little
    with pytest.raises(ValueError, match=r"massline\.themes/1"):
        themes.restored({**stored, "schema": "massline.mood/1"})
