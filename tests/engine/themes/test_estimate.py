"""Themes end to end: what many people say becomes a tree that leads back to each of them."""

import json
from dataclasses import replace
from datetime import date
from importlib import import_module

import numpy as np
import pytest

from massline.engine import themes
from massline.engine.result_documents import canonical_bytes
from massline.engine.themes import ThemeInput
from massline.engine.themes.result import NOTICE
from tests.engine.themes.worlds import DIM, TROUBLES, direction, fine, neighbourhood, rows_of, unit


def test_four_troubles_become_four_themes_named_in_the_people_s_own_words() -> None:
    texts, vectors = neighbourhood()
    found = themes.estimate(texts, vectors, seed=1, k=5)
    assert {frozenset(voice[:2] for voice in theme.voices) for theme in fine(found)} == {
        frozenset({f"v{number}"}) for number in range(4)
    }
    for theme in fine(found):
        trouble = list(TROUBLES)[int(theme.voices[0][1])]
        assert trouble in theme.label
        assert (theme.size, theme.people) == (15, 15)
        assert "nobody" not in theme.label
    assert (found.voices, found.people, found.wordings) == (60, 60, 60)
    assert found.notice == NOTICE


def test_every_theme_leads_up_to_one_parent_and_down_to_its_voices() -> None:
    texts, vectors = neighbourhood()
    found = themes.estimate(texts, vectors, seed=1, k=5, resolution=6.0)
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


def test_searching_in_cells_finds_the_same_troubles(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, vectors = neighbourhood(each=150, spread=0.8)
    exact = themes.estimate(texts, vectors, seed=1, k=5, resolution=1.0)
    monkeypatch.setattr(import_module("massline.engine.themes.estimate"), "EXACT_UP_TO", 100)
    searched = themes.estimate(texts, vectors, seed=1, k=5, resolution=1.0)
    again = themes.estimate(texts, vectors, seed=1, k=5, resolution=1.0)
    assert canonical_bytes(themes.document(searched)) == canonical_bytes(themes.document(again))
    for found in (exact, searched):
        assert all(len({voice[:2] for voice in theme.voices}) == 1 for theme in fine(found))


def test_languages_do_not_split_a_theme_and_one_sidedness_is_told() -> None:
    texts, vectors = neighbourhood(each=60, troubles=["rent", "heating"])
    languages = tuple("de" if int(voice[3:]) % 2 else "en" for voice in texts.ids)
    accent = np.array([2 * direction(20 if code == "de" else 21) for code in languages])
    spoken = unit(np.asarray(vectors + accent, np.float32))
    mixed = themes.estimate(replace(texts, languages=languages), spoken, seed=1, k=5, resolution=1.0)
    assert {len({voice[:2] for voice in theme.voices}) for theme in fine(mixed)} == {1}
    assert all(min(people for _, people in theme.languages) > theme.people / 4 for theme in fine(mixed))
    assert all(len(theme.languages) == 2 for theme in fine(mixed))
    assert all(theme.one_language is None for theme in fine(mixed))


def test_a_theme_that_one_language_alone_speaks_of_says_so() -> None:
    everyone, directions = neighbourhood(each=60, troubles=["rent", "heating", "lift"])
    texts, vectors = rows_of(everyone, directions, list(range(132)))
    languages = tuple("de" if voice.startswith("v2") or int(voice[3:]) % 2 else "en" for voice in texts.ids)
    found = themes.estimate(replace(texts, languages=languages), vectors, seed=1, k=5, resolution=1.0)
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
    found = themes.estimate(replace(texts, texts=asked, kinds=kinds), vectors, seed=1, k=5, resolution=1.0)
    rent = next(theme for theme in fine(found) if "v0-00" in theme.voices)
    assert set(rent.questions) >= {"v0-00", "v0-01", "v0-02", "v0-03", "v0-04", "v0-19"} & set(rent.voices)
    assert not set(rent.quotes) & set(rent.questions)


def test_a_second_run_keeps_the_ids_and_tells_what_is_new_and_growing() -> None:
    texts, vectors = neighbourhood(each=15)
    old_rows = [row for row, voice in enumerate(texts.ids) if not voice.startswith("v3")]
    before_texts, before_vectors = rows_of(texts, vectors, old_rows)
    before = themes.estimate(before_texts, before_vectors, seed=1, k=5)
    late = replace(
        texts,
        days=tuple(date(2026, 4, 1) if voice.startswith("v3") else date(2026, 3, 1) for voice in texts.ids),
    )
    now = themes.estimate(late, vectors, seed=1, k=5, previous=before)
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
        replace(texts, ids=tuple(f"old-{voice}" for voice in texts.ids)), vectors, seed=1, k=5
    )
    now = themes.estimate(texts, vectors, seed=1, k=5, previous=before)
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

    found = themes.estimate(texts, vectors, seed=1, k=5, phrase_vectors=phrase_vectors)
    assert asked
    for theme in fine(found):
        assert list(TROUBLES)[int(theme.voices[0][1])] in theme.terms[0]


def test_a_stored_document_is_as_good_an_earlier_run_as_the_estimate_itself() -> None:
    texts, vectors = neighbourhood()
    found = themes.estimate(texts, vectors, seed=7, k=5, resolution=6.0)
    stored = json.loads(canonical_bytes(themes.document(found)))
    assert themes.estimate_of(themes.restore_themes(stored)) == found
    previous = themes.estimate_of(themes.restore_themes(stored))
    again = themes.estimate(texts, vectors, seed=7, k=5, resolution=6.0, previous=previous)
    assert [theme.id for theme in again.themes] == [theme.id for theme in found.themes]
    little = themes.estimate(ThemeInput((), ()), np.zeros((0, DIM)), seed=1, k=5)
    assert themes.estimate_of(themes.document(little)) == little
    with pytest.raises(ValueError, match=r"massline\.themes/1"):
        themes.restore_themes({**stored, "schema": "massline.mood/1"})
