"""Whose words are shown, and how often they count: quotes, copies, campaigns and the threshold."""

from dataclasses import replace

import numpy as np

from massline.engine import themes
from massline.engine.result_documents import canonical_bytes, to_json
from massline.engine.themes import ThemeInput
from tests.engine.themes.worlds import direction, fine, neighbourhood, rows_of, unit


def test_quotes_are_by_different_people_and_in_different_languages() -> None:
    texts, vectors = neighbourhood(troubles=["rent", "lift"])
    people = tuple(
        "amal" if voice.endswith(("00", "01", "02", "03")) else who
        for voice, who in zip(texts.ids, texts.people or (), strict=True)
    )
    languages = tuple("de" if int(voice[3:]) % 2 else "en" for voice in texts.ids)
    texts = replace(texts, people=people, languages=languages)
    found = themes.estimate(texts, vectors, seed=1, k=5)
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
    found = themes.estimate(few, theirs, seed=1, k=5)
    small = next(theme for theme in fine(found) if theme.voices[0].startswith("v3"))
    assert small.people == 4
    assert (small.quotes, small.questions) == ((), ())
    assert "mould" not in small.label
    open_handed = themes.estimate(few, theirs, seed=1, k=4)
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
    found = themes.estimate(extra, np.vstack([vectors, vectors[[0, 0, 0]]]), seed=1, k=5)
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
    found = themes.estimate(both, np.vstack([vectors, same]), seed=1, k=5)
    assert ids in found.near_copies
    campaign = next(theme for theme in fine(found) if "x0" in theme.voices)
    assert set(ids) <= set(campaign.voices)


def test_the_opposite_demand_in_other_words_is_no_near_copy() -> None:
    texts, vectors = neighbourhood()
    pair = ("Ban all advertising for meat", "Keep meat ads, forbid the vegan ones")
    both = ThemeInput((*texts.ids, "y1", "y2"), (*texts.texts, *pair))
    same = np.repeat(unit(np.array([direction(9)], np.float32)), 2, axis=0)
    found = themes.estimate(both, np.vstack([vectors, same]), seed=1, k=5)
    assert not any("y1" in group for group in found.near_copies)


def test_the_document_names_voices_by_id_and_never_by_their_words() -> None:
    texts, vectors = neighbourhood()
    document = to_json(themes.document(themes.estimate(texts, vectors, seed=7, k=5)))
    assert document["schema"] == "massline.themes/1"
    assert document["seed"] == 7
    assert document["rests_on"] == {"voices": 60, "people": 60, "wordings": 60}
    assert {"id", "parent", "label", "size", "quotes", "new"} <= set(document["result"]["themes"][0])
    written = canonical_bytes(document).decode()
    assert not any(text in written for text in texts.texts)
