"""Shares are written as each language writes them."""

import pytest
from django.utils import translation

from massline.core.percentages import percent_text


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "88%"),
        ("en-gb", "88%"),
        ("es", "88\u00a0%"),
        ("fr", "88\u202f%"),
        ("ar", "88%"),
        ("tr", "%88"),
        ("zh-hans", "88%"),
    ],
)
def test_percent_follows_the_language_of_the_page(language: str, written: str) -> None:
    with translation.override(language):
        assert percent_text(0.882) == written
    assert percent_text(0.882, language) == written
