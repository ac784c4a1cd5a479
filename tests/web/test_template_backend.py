"""A page is written, and nothing of what it was written from stays behind."""

import gc
import weakref

import pytest
from django.template import TemplateDoesNotExist, engines


class Words(list[str]):
    """What a page is written from."""


def test_what_a_page_was_written_from_is_gone_with_it_before_any_garbage_is_collected() -> None:
    words = Words(["Heat", "<b>"])
    seen = weakref.ref(words)
    gc.disable()
    try:
        page = engines["django"].from_string("{{ words|join:', ' }}").render({"words": words})
        del words
        assert seen() is None
    finally:
        gc.enable()
    assert page == "Heat, &lt;b&gt;"


def test_a_part_that_is_missing_is_named() -> None:
    with pytest.raises(TemplateDoesNotExist, match=r"no/such\.html"):
        engines["django"].from_string("{% include 'no/such.html' %}").render({"words": []})
