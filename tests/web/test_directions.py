"""People's own words stand in their own direction, whatever the direction of the page is."""

import re

from tests.interface_texts import PACKAGE

# A heading that is nothing but words somebody wrote: a question, a slogan, a text, the name of what is tracked.
WORDS = re.compile(r"<h[1-3]([^>]*)>\s*\{\{ [\w.]*?(?:question|slogan|\.text|watch\.name)\b")


def test_a_heading_of_somebodys_words_says_its_direction() -> None:
    headings = [
        (path.name, match[0])
        for path in PACKAGE.rglob("*.html")
        for match in WORDS.finditer(path.read_text())
    ]
    assert len(headings) >= 10, "the rule finds headings"
    assert [heading for heading in headings if "dir=" not in heading[1]] == []
