"""The address of a question fits into a text message and on a poster, and says what it is about."""

from typing import Any

import pytest

from massline.square.conversations.actions import open_conversation
from massline.square.organisations.page_slugs import MOST_LETTERS, shorten_to_slug


@pytest.mark.parametrize(
    ("words", "language", "slug"),
    [
        ("What is cold in your flat, and what should change?", "en", "cold-flat-change"),
        ("What first?", "en", "what-first"),
        ("¿Qué debería cambiar en la calefacción del bloque A?", "es", "deberia-cambiar-calefaccion"),
        ("Was soll sich an der Heizung ändern?", "de", "heizung-andern"),
        ("What now?", "tlh", "what-now"),
        ("x" * 80, "en", "x" * MOST_LETTERS),
        ("ماذا يجب أن يتغير؟", "ar", ""),
        ("供暖应该怎么改?", "zh-hans", ""),
        ("", "en", ""),
    ],
)
def test_the_words_that_tell_a_question_from_others_are_its_address(
    words: str, language: str, slug: str
) -> None:
    assert shorten_to_slug(words, language) == slug


def test_the_same_question_again_has_an_address_of_its_own(face: Any) -> None:
    question = "What should change about the heating?"
    assert [open_conversation(organisation=face, question=question, seeds=[]).slug for _ in range(3)] == [
        "change-heating",
        "change-heating-2",
        "change-heating-3",
    ]
