"""Amal and Bea look for the line: what unites the broadest number without giving up a principle."""

import json
from typing import Any

import pytest

from massline.engine.line import Comparison, Line, Mark, demand_answers, document, estimate
from massline.engine.line.frontier import find_dominated, frontier_ends
from massline.engine.line.interval_estimate import IntervalEstimate
from massline.engine.not_enough import NotEnough
from massline.engine.opinion import document as opinion_document
from massline.engine.opinion import estimate as estimate_opinion
from massline.engine.result_documents import canonical_bytes
from massline.engine.votes import VoteTable

TEXTS = {
    1: "A repair date for every boiler",
    2: "Open the books",
    3: "Rent strike until it is warm",
    4: "Evict others",
}
PRINCIPLES = ("nobody against their neighbour", "in the open")


def votes() -> VoteTable:
    """Two blocks: all want repairs, most the books, Block B the strike, some of A what breaks a principle."""
    rows, sections = [], {}
    for p in range(80):
        block = "Block A" if p < 50 else "Block B"
        sections[p] = block
        rows += [
            (p, 1, 1 if p % 10 else -1),
            (p, 2, 1 if p % 4 else -1),
            (p, 3, 1 if block == "Block B" and p % 5 else -1),
            (p, 4, 1 if block == "Block A" and p % 2 else -1),
        ]
    return VoteTable.from_rows(rows, sections=sections)


def marks() -> list[Mark]:
    found = [Mark(d, p, "keeps", m) for d in (1, 2, 3) for p in PRINCIPLES for m in ("amal", "bea")]
    return [*found, Mark(4, PRINCIPLES[0], "breaks", "amal"), Mark(4, PRINCIPLES[1], "keeps", "amal")]


def comparisons() -> list[Comparison]:
    return [Comparison(3, 2), Comparison(3, 1), Comparison(2, 1), Comparison(4, 1)] * 6


def a_line(table: VoteTable | None = None, **options: Any) -> Line:
    cast = table or votes()
    opinion = opinion_document(estimate_opinion(cast, seed=1), texts=TEXTS)
    given: dict[str, Any] = {"marks": marks(), "comparisons": comparisons(), "votes": cast} | options
    return estimate(demand_answers(opinion), k=5, **given)


def test_a_demand_is_as_broad_as_it_is_where_it_is_weakest() -> None:
    demands = {d.id: d for d in a_line().demands}
    strike = demands[3].breadth
    assert strike is not None
    assert strike.value == 0
    assert strike.part in ("section Block A", "group 0", "group 1")
    heat = demands[1].breadth
    assert heat is not None
    assert heat.low > 0.6


def test_what_breaks_a_principle_is_never_offered_and_says_which() -> None:
    line = a_line()
    evict = next(d for d in line.demands if d.id == 4)
    assert not evict.offered
    assert [(w.reason, w.principle) for w in evict.why] == [("breaks", "nobody against their neighbour")]
    assert 4 not in line.frontier
    assert isinstance(line.slates, tuple)
    assert all(4 not in slate.demands for slate in line.slates)
    assert all(4 not in change.demands for slate in line.slates for change in slate.without)


def test_an_unchecked_demand_waits() -> None:
    line = a_line(marks=[m for m in marks() if m.demand != 2])
    books = next(d for d in line.demands if d.id == 2)
    assert {w.reason for w in books.why} == {"unchecked"}
    assert all(d.offered for d in a_line(marks=[]).demands), "no principles, nothing to wait for"


def test_a_lone_objection_is_shown_but_does_not_decide() -> None:
    told = [*marks(), Mark(2, PRINCIPLES[0], "breaks", "chen")]
    books = next(d for d in a_line(marks=told).demands if d.id == 2)
    assert books.offered
    assert [v.contested for v in books.verdicts if v.principle == PRINCIPLES[0]] == [True]
    tie = [*marks(), Mark(2, PRINCIPLES[0], "breaks", "chen"), Mark(2, PRINCIPLES[0], "breaks", "dina")]
    assert not next(d for d in a_line(marks=tie).demands if d.id == 2).offered


def test_a_member_who_marks_again_has_changed_their_mind() -> None:
    told = [*marks(), Mark(4, PRINCIPLES[0], "keeps", "amal")]
    assert next(d for d in a_line(marks=told).demands if d.id == 4).offered


def test_the_two_ends_of_the_frontier_are_named() -> None:
    line = a_line()
    assert line.ends == (1, 3)
    assert line.frontier == (1, 2, 3)


def test_a_demand_that_another_beats_in_both_is_greyed() -> None:
    one, two = IntervalEstimate(0.7, 0.8, 0.9), IntervalEstimate(0.1, 0.2, 0.3)
    found = find_dominated({"a": (one, one), "b": (two, two), "c": (two, IntervalEstimate(0.8, 0.9, 0.95))})
    assert set(found) == {"b"}
    assert found["b"].surely
    assert frontier_ends([], {}) is None
    assert find_dominated({"a": (one, one), "b": (one, one)}) == {}, "equals do not beat each other"


def test_support_weighs_sections_by_their_people() -> None:
    line = a_line(headcount={"Block A": 50, "Block B": 450})
    strike = next(d for d in line.demands if d.id == 3).support
    assert strike is not None
    assert 0.6 < strike.value < 0.8, "Block B is nine tenths of the people"
    silent = a_line(headcount={"Block A": 50, "Block B": 50, "Block C": 100})
    wide = next(d for d in silent.demands if d.id == 1).support
    assert wide is not None
    assert wide.low < 0.5 < 0.9 < wide.high, "half the people were never heard"


def test_without_votes_there_is_no_slate_but_an_honest_answer() -> None:
    line = a_line(votes=None)
    assert isinstance(line.slates, NotEnough)
    doc = document(line)
    assert doc.result.slates == ()
    assert doc.result.not_enough == NotEnough(0, 1, "tables of votes")


def test_few_answers_are_not_offered() -> None:
    table = VoteTable.from_rows([(p, 1, 1) for p in range(30)] + [(p, 2, 1) for p in range(3)])
    line = a_line(table, marks=[], comparisons=[])
    assert [(d.id, [w.reason for w in d.why]) for d in line.demands] == [(1, []), (2, ["few answers"])]
    assert line.demands[1].breadth is None


def test_names_the_document_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match="no statement 99"):
        a_line(marks=[Mark(99, "p", "keeps")])
    with pytest.raises(ValueError, match="no statement 98"):
        a_line(comparisons=[Comparison(98, 1)])
    with pytest.raises(ValueError, match="keeps, touches or breaks"):
        Mark(1, "p", "perhaps")


def test_the_same_input_gives_the_same_bytes_in_any_order() -> None:
    first = canonical_bytes(document(a_line()))
    assert first == canonical_bytes(document(a_line(marks=marks()[::-1], comparisons=comparisons()[::-1])))
    assert json.loads(first)["schema"] == "massline.line/1"
