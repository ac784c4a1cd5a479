"""Words, labels, questions and near copies among texts, by small cases."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from massline.engine.themes import (
    duplicates,
    labels,
    neighbours,
)
from massline.engine.themes.inputs import Wording, wording_key
from massline.engine.themes.phrases import Phrases, count_phrases
from massline.engine.themes.questions import is_question
from massline.engine.themes.stemming import stem_word
from massline.engine.themes.tf_idf import weigh_terms
from massline.engine.themes.tokens import join_pairs, split_words, word_similarity, wording_matrix


def test_words_keep_their_vowel_signs_and_unspaced_scripts_come_in_pairs() -> None:
    assert split_words("किराया बहुत ज़्यादा है") == ["किराया", "बहुत", "ज़्यादा", "है"]
    assert split_words("L'eau n’est pas là, rent-strike!") == ["l'eau", "n’est", "pas", "là", "rent-strike"]
    assert split_words("房租太高Uber了") == ["房租", "租太", "太高", "uber", "了"]
    assert join_pairs(["共享", "享經", "經濟", "rent"]) == "共享經濟 rent"
    assert wording_key("ＲＥＮＴ  up!") == wording_key("rent up")
    assert wording_key("किराया") != wording_key("करया")


def test_words_weigh_as_scikit_learn_weighs_them() -> None:
    texts = ["rent up up", "rent down", "lift stuck again", "the lift, the lift", "…", "rent lift"]
    terms = [split_words(text) for text in texts]
    theirs = TfidfVectorizer(analyzer=list, min_df=2, max_df=3, sublinear_tf=True).fit_transform(terms)
    assert weigh_terms(terms, least=2, most=3).toarray() == pytest.approx(theirs.toarray(), abs=1e-6)


def test_texts_without_a_shared_word_are_not_alike() -> None:
    matrix = wording_matrix(["rent up", "rent up", "lift down"] + ["other words entirely"] * 9)
    alike = word_similarity(matrix, np.array([[1, 2]] * 12, np.int32))
    assert alike[0, 0] == pytest.approx(1)
    assert alike[0, 1] == 0
    assert word_similarity(wording_matrix(["", ""]), np.array([[1], [0]], np.int32)).tolist() == [[0], [0]]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["payment", "payments"]),
        ("en", ["pay", "paying", "pays"]),
        ("en", ["landlord", "landlords", "landlord's", "landlord’s"]),
        ("en", ["cancel", "cancelled", "cancelling"]),
        ("de", ["Wohnung".lower(), "wohnungen"]),
        ("es", ["alquiler", "alquileres"]),
        ("fr", ["loyer", "loyers"]),
        ("ru", ["квартира", "квартиры", "квартире"]),
        ("ar", ["العمال", "عمال"]),
        ("pl", ["mieszkanie", "mieszkania"]),
        ("tr", ["kira", "kiralar"]),
        ("yo", ["owó"]),
    ],
)
def test_forms_of_a_word_share_their_key(language: str, forms: list[str]) -> None:
    assert len({stem_word(form, language) for form in forms}) == 1


def test_a_person_who_says_it_ten_ways_counts_once() -> None:
    loud = [Wording(f"rent strike {n}", "en", (f"a{n}",), frozenset({"amal"})) for n in range(10)]
    heard = [*loud, Wording("rent strike", "en", ("b",), frozenset({"bea", "chen"}))]
    phrases = count_phrases(heard, [["rent", "strike"]] * 11, frozenset())
    (key,) = (key for key in phrases.people if " " in key)
    assert phrases.people[key] == 3
    assert phrases.shown(key) == "rent strike"


def test_a_chinese_phrase_neither_begins_nor_ends_with_a_function_sign() -> None:
    node = Wording("我的共享經濟", "zh", ("a",), frozenset({"amal"}))
    said = count_phrases([node], [split_words(node.text)], frozenset())
    assert {said.shown(key) for key in said.people} == {
        "共享",
        "享經",
        "經濟",
        "共享經",
        "享經濟",
        "共享經濟",
    }


def test_a_label_takes_what_this_theme_says_and_others_do_not() -> None:
    here, there = Phrases(), Phrases()
    for theme, own in ((here, "mould"), (there, "lift")):
        theme.add(own, own, 8)
        theme.add("house", "house", 9)
    first, second = labels.rank_phrases([here, there], [10, 10], least_people=5)
    assert (first[0][0], second[0][0]) == ("mould", "lift")
    assert labels.choose_terms([("rent strike", 2.0), ("rent", 1.9), ("strike", 1.0)], None) == [
        "rent strike"
    ]
    assert labels.choose_terms([], None) == []


def test_letters_in_common_make_a_near_copy_and_meaning_alone_does_not() -> None:
    said = [
        "Lower the rents in Elm Street now",
        "Lower the rents in Elm Street, now please",
        "Rents are too high",
    ]
    nodes = [Wording(text, "en", (f"v{n}",), frozenset({f"p{n}"})) for n, text in enumerate(said)]
    near = np.full((3, 2), 0.95 * neighbours.GRID**2, np.float32)
    found = duplicates.find_near_copies(nodes, np.array([[1, 2], [0, 2], [0, 1]], np.int32), near)
    assert found == (("v0", "v1"),)


@pytest.mark.parametrize(
    ("text", "language", "asks"),
    [
        ("When will the lift work?", "en", True),
        ("متى يعود الماء؟", "ar", True),
        ("电梯什么时候修好？", "zh", True),
        ("Wann kommt der Strom wieder", "de", True),
        ("How sad.", "en", False),
        ("What a mess!", "en", False),
        ("The lift is stuck", "en", False),
        ("Who?", "en", True),
        ("is it", "en", False),
        ("We wait; we pay;", "en", False),
        ("Πότε θα έρθει το νερό;", "el", True),
    ],
)
def test_what_is_asked_is_told_from_what_is_said(text: str, language: str, asks: bool) -> None:
    assert is_question(text, language) is asks
