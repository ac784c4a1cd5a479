"""How alike two plans are, worked by hand: with three texts a word in two of them weighs ln 2.5, in one of them ln 4."""

import pytest

from massline.desk.learn.similar.past_actions import PastAction, PlannedAction, _weigh, explain_similarity
from massline.desk.learn.similar.text_similarity import WordOverlap, find_content_words, measure_overlap

TEXTS = ["Picket at the laundry gate", "Pickets at the bakery gates", "Tea in the yard"]


def test_rare_words_weigh_more_and_endings_do_not_count() -> None:
    # ln 4 + ln 2.5 = ln 10, so the second has ln 2.5 / ln 10 = 0.398 of what was asked.
    first, second, third = measure_overlap("A picket at the laundry", TEXTS, "en")
    assert first == WordOverlap(1.0, ("laundry", "picket"))
    assert second.share == pytest.approx(0.39794, abs=1e-5)
    assert second.words == ("picket",)
    assert third == WordOverlap(0.0, ())


def test_what_nobody_ever_said_lowers_every_share_alike() -> None:
    # A word of no text weighs as one of a single text: ln 4. Asked: ln 4 + ln 4 + ln 2.5 = ln 40.
    first, second, _third = measure_overlap("A picket with lanterns at the laundry", TEXTS, "en")
    assert first.share == pytest.approx(0.62420, abs=1e-5)  # ln 10 / ln 40
    assert second.share == pytest.approx(0.24839, abs=1e-5)  # ln 2.5 / ln 40


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Die Wohnungen sind kalt", "eine kalte Wohnung"),
        ("es", "Las calderas rotas", "la caldera rota"),
        ("zh", "停水六天", "停水"),
    ],
)
def test_words_meet_in_other_languages(language: str, one: str, other: str) -> None:
    assert set(find_content_words(other, language)) <= set(find_content_words(one, language))


def test_only_what_was_filled_in_counts() -> None:
    past = PastAction(title="Picket", text="", kind="action", size=60, whose="", where="Gate, Block C")
    half, none = WordOverlap(0.5, ("picket",)), WordOverlap(0.0, ())
    assert _weigh(PlannedAction("picket"), past, half, none).likeness == pytest.approx(0.5)
    # (0.5 × 0.5 + 0.2) / 0.7
    assert _weigh(PlannedAction("picket", kind="action"), past, half, none).likeness == pytest.approx(
        0.64286, abs=1e-5
    )
    # 30 against 60: 1 - 1/3; (0.5 × 0.5 + 0.15 × 2/3) / 0.65
    found = _weigh(PlannedAction("picket", size=30), past, half, none)
    assert found.likeness == pytest.approx(0.53846, abs=1e-5)
    assert found.why == explain_similarity(words="picket", size=True)
    # (0.5 × 0.5 + 0.15 × 1) / 0.65
    at_the_gate = _weigh(
        PlannedAction("picket", place="Block C"), past, half, WordOverlap(1.0, ("block", "c"))
    )
    assert at_the_gate.likeness == pytest.approx(0.61538, abs=1e-5)


def test_a_text_without_words_is_like_nothing() -> None:
    assert measure_overlap("the and again", TEXTS, "en") == [WordOverlap(0.0, ())] * 3
    assert measure_overlap("laundry", [], "en") == []
