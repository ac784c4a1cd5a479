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


BLOCK = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}", re.DOTALL)
ATTRIBUTE = re.compile(r'="[^"<>]*\}\},[^"]*"')
COMMA = re.compile(r"(?:\}\}(?:</\w+>)?|(?:endif|endblocktranslate) %\}(?:</span>)?),\s+[{<]")


def test_facts_in_a_line_are_parted_by_the_comma_of_the_language() -> None:
    """Arabic, Persian and Urdu have a comma of their own; the tag `comma` writes it."""
    wrong = {
        path.name: found
        for path in PACKAGE.rglob("*.html")
        if (found := COMMA.findall(ATTRIBUTE.sub("", BLOCK.sub("{% endblocktranslate %}", path.read_text()))))
    }
    assert wrong == {}
