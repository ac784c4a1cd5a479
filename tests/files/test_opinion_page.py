"""What the page of an opinion map says: how far to trust it, which knots are no groups, and how near its verdict is to a border."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from massline.engine import opinion
from massline.engine.opinion.evidence_schema import SeedVerdict, SpectrumVerdict
from massline.engine.opinion.map_schema import Knot, MapDocument, OpinionGroup
from massline.engine.privacy.threshold import Threshold
from massline.engine.votes import VoteTable
from massline.files.opinion_page import opinion_page
from massline.files.opinion_verdict_sentences import spectrum_heading, verdict
from tests.engine.opinion.conversations import two_camps
from tests.files.command import write
from tests.files.opinion_votes import document, two_sides
from tests.parts import holds, shows


def test_the_page_says_how_far_to_trust_it(tmp_path: Path) -> None:
    page = tmp_path / "out.html"
    document(write(tmp_path / "v.csv", "participant,statement,value", two_sides()), tmp_path, "--html", page)
    html = page.read_text()
    assert shows(html, "trust")
    assert "shuffled versions of the votes" in html
    assert "We hid one vote in ten and predicted it" in html


def a_map(**changes: Any) -> MapDocument:
    """A map of two camps whose verdict is changed."""
    drawn = opinion.document(opinion.estimate(VoteTable.from_rows(two_camps(60, 12, seed=2)), seed=1))
    return replace(drawn, result=replace(drawn.result, **changes))


def test_the_page_says_when_it_is_too_close_to_call() -> None:
    plain, close = (
        a_map(result="spectrum", groups=(), spectrum=SpectrumVerdict(reason="degrees", too_close=too_close))
        for too_close in (False, True)
    )
    least = Threshold(5)
    asked = (SeedVerdict(groups=1, seeds=2), SeedVerdict(groups=2, seeds=3))
    close = replace(close, result=replace(close.result, verdicts=asked))
    page = opinion_page(close, threshold=least)
    assert verdict(close.result, least) != verdict(plain.result, least)
    assert spectrum_heading(close.result) in page
    assert spectrum_heading(close.result) not in opinion_page(plain, threshold=least)
    assert shows(page, "trust", 5, 3)
    assert not shows(opinion_page(plain, threshold=least), "trust", 5, 3)


def test_the_page_tells_of_knots_and_does_not_count_them_as_groups() -> None:
    knotted = a_map(
        result="spectrum",
        groups=(),
        spectrum=SpectrumVerdict(reason="degrees"),
        knots=(Knot(people=14),),
    )
    (_verdict, told) = verdict(knotted.result, Threshold(5))
    assert holds(told, 14)
    assert told in opinion_page(knotted, threshold=Threshold(5))
    assert not holds(verdict(knotted.result, Threshold(20))[1], 14)
    for hidden in (Knot(people=None), Knot(people=14)), (Knot(people=None),):
        assert not holds(verdict(replace(knotted.result, knots=hidden), Threshold(5))[1], 14)
    large, small = (OpinionGroup(id=n, size=30, share=0.5, representative=()) for n in range(2))
    two = replace(knotted.result, result="groups", spectrum=None, groups=(large, small), knots=())
    assert holds(verdict(two, Threshold(5))[0], 2)
    assert holds(verdict(replace(two, groups=(large, replace(small, knot=True))), Threshold(5))[0], 1)


def test_the_document_on_disk_holds_knots_and_the_verdict_near_its_border(tmp_path: Path) -> None:
    source = write(tmp_path / "v.csv", "participant,statement,value", two_camps(60, 12, seed=2))
    result = document(source, tmp_path)["result"]
    assert result["knots"] == []
    assert all(set(row) == {"groups", "seeds"} for row in result["verdicts"])
