"""Sentences of the interface are quoted only by tests of the wording itself, so that anybody may reword them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interface_texts import interface_texts
from tests.parts import holds, parts, reason_names, shows

TESTS = Path(__file__).parent
SENTENCE = 4
# Stories in a browser press and read by words; this number only falls.
QUOTED_BY_STORIES = 167
# They ask how a text reads: in another language, or in the language of a call.
OF_WORDING = {"web/test_translations.py", "web/test_required_messages.py", "desk/call/test_vague_phrases.py"}
# Why the engine finds no groups, as its documents write it.
OF_DOCUMENTS = {"too close to call"}
# What people of our stories say is now and then also the example under a field.
OWN_WORDS = {
    "Cold rooms, and nobody says why",
    "My girl does her homework in her coat.",
    "The landlord should publish the bill.",
    "What should change about the heating?",
}


def sentences() -> frozenset[str]:
    """Every text of the interface that has at least four words."""
    texts = {" ".join(form.split()) for _context, forms in interface_texts() for form in forms}
    return frozenset(text for text in texts if len(text.split()) >= SENTENCE) - OWN_WORDS - OF_DOCUMENTS


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Every text in the code of a test, with its line; docstrings are none."""
    for node in ast.walk(ast.parse(source)):
        for child in ast.iter_child_nodes(node):
            if isinstance(node, ast.Expr) or not isinstance(child, ast.Constant):
                continue
            if isinstance(child.value, str):
                yield child.lineno, " ".join(child.value.split())


def quoted(source: str, known: frozenset[str]) -> list[tuple[int, str]]:
    return [(line, text) for line, text in literals(source) if text in known]


def quotations(folder: Path) -> dict[str, str]:
    """Every sentence of the interface that a test in this folder quotes, by file and line."""
    known = sentences()
    return {
        f"{file.relative_to(TESTS)}:{line}": text
        for file in sorted(folder.rglob("*.py"))
        if str(file.relative_to(TESTS)) not in OF_WORDING | {Path(__file__).name}
        for line, text in quoted(file.read_text(), known)
    }


def test_no_test_quotes_a_sentence_of_the_interface() -> None:
    found = {place: text for place, text in quotations(TESTS).items() if not place.startswith("e2e/")}
    assert found == {}, "ask for the name of the part: docs/contributing.md, “Tests ask for meaning”"


def test_browser_stories_quote_no_more_sentences_than_they_did() -> None:
    assert len(quotations(TESTS / "e2e")) <= QUOTED_BY_STORIES


def test_a_quoted_sentence_is_found_wherever_it_stands() -> None:
    known = frozenset({"Contacts are unlocked."})
    assert quoted('assert "Contacts are unlocked." in page', known) == [(1, "Contacts are unlocked.")]
    assert quoted('for words in ("Contacts\\n are unlocked.", x): pass', known) == [
        (1, "Contacts are unlocked.")
    ]
    assert quoted('"""Contacts are unlocked."""', known) == []
    assert any(text.startswith("Contacts") for text in sentences())


def test_a_part_is_found_by_its_name_and_its_values() -> None:
    page = '<p data-part="rows-kept">12 rows <b>of 30</b> are kept.</p><p data-part="past late">Over<br>.</p>'
    assert shows(page, "rows-kept", 12, 30)
    assert not shows(page, "rows-kept", 30, 12)
    assert not shows(page, "rows-kept", 2)
    assert shows(page, "past")
    assert not shows(page, "no-owner")
    assert parts(page, "rows-kept") == ["12 rows of 30 are kept."]
    assert holds("3.5 of 10", 10)
    assert not holds("3.5 of 10", 5)


def test_a_name_no_page_knows_is_an_error_and_not_an_absence() -> None:
    with pytest.raises(AssertionError, match="such-part-nowhere"):
        shows("<p></p>", "such-part-" + "nowhere")


def test_reasons_are_named_by_code_by_what_is_missing_or_by_class() -> None:
    from massline.core.refusal import CodedError, Refused
    from massline.desk.call.publication_checks import CallProblem
    from massline.desk.decide.decisions.refusal_reasons import NoOwner

    assert reason_names(Refused([NoOwner(), CallProblem("one ask", "…")])) == ["no-owner", "one-ask"]
    assert reason_names(CodedError("…", code="held")) == ["held"]
