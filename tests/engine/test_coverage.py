"""Bea asks: whom have we heard, whom not, and where should the next twenty conversations be held?"""

import json
from itertools import combinations_with_replacement

import numpy as np
import pytest

from massline.engine.coverage.document import document
from massline.engine.coverage.estimate import compare_room_shares, estimate, margin_of_error
from massline.engine.result_documents import canonical_bytes, to_json

PEOPLE = {"Block A": 120, "Block B": 80, "Block C": 60}


def test_a_section_nobody_spoke_to_is_named_and_comes_first() -> None:
    found = estimate(PEOPLE, {"Block A": 40, "Block B": 12})
    assert found.unheard == ("Block C",)
    assert found.next[0].section == "Block C"
    assert sum(step.conversations for step in found.next) == 20


def test_the_share_heard_stands_in_its_interval() -> None:
    found = estimate(PEOPLE, {"Block A": 40, "Block B": 12})
    for section in found.sections:
        assert section.low <= section.share <= section.high
    assert found.sections[0].share == pytest.approx(1 / 3)


def test_a_margin_shrinks_with_every_voice_and_is_gone_when_all_are_heard() -> None:
    margins = [margin_of_error(n, 50) for n in range(51)]
    assert margins == sorted(margins, reverse=True)
    assert margins[0] == 0.5
    assert margins[-1] == 0


def test_no_other_way_to_place_the_conversations_lowers_the_widest_margin_more() -> None:
    people = {"a": 30, "b": 60, "c": 200}
    heard = {"a": 4, "b": 9, "c": 15}
    best = min(
        max(margin_of_error(heard[n] + choice.count(n), people[n]) for n in people)
        for choice in combinations_with_replacement("abc", 8)
    )
    assert estimate(people, heard, conversations=8).widest_after == pytest.approx(best)


def test_evenness_is_one_when_every_section_was_heard_in_proportion() -> None:
    assert estimate({"a": 100, "b": 50}, {"a": 20, "b": 10}).evenness == pytest.approx(1)
    assert estimate({"a": 50, "b": 50}, {"a": 20}).evenness == pytest.approx(0.5)
    assert estimate({"a": 50}, {}).evenness is None


def test_a_section_heard_whole_needs_no_more_conversations() -> None:
    found = estimate({"a": 3, "b": 2}, {"a": 3}, conversations=20)
    assert [(s.section, s.conversations) for s in found.next] == [("b", 2)]
    assert found.widest_after == 0


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="no headcount"):
        estimate(PEOPLE, {"Block Z": 1})
    with pytest.raises(ValueError, match="121 people heard of 120"):
        estimate(PEOPLE, {"Block A": 121})
    with pytest.raises(ValueError, match="accepted is 1 or more"):
        estimate({"x": 0}, {})
    with pytest.raises(ValueError, match="0 or more"):
        estimate(PEOPLE, {}, conversations=-1)


def test_the_room_is_compared_with_those_who_live_there() -> None:
    shares = {s.section: s for s in compare_room_shares(PEOPLE, {"Block A": 60, "Block B": 20, "Block C": 2})}
    assert shares["Block A"].standing == "over"
    assert shares["Block C"].standing == "under"
    assert shares["Block B"].standing == "as expected"
    assert all(s.standing == "as expected" for s in compare_room_shares(PEOPLE, {}))


def test_the_public_document_hides_the_few_and_what_gives_them_away() -> None:
    found = estimate(PEOPLE, {"Block A": 40, "Block B": 12, "Block C": 3}, seed=7)
    open_rows = {r["section"]: r for r in to_json(document(found, k=5))["result"]["sections"]}
    assert open_rows["Block C"]["heard"] == 3
    public = to_json(document(found, k=5, public=True))
    rows = {r["section"]: r for r in public["result"]["sections"]}
    assert rows["Block C"] == {"section": "Block C", "headcount": 60, "hidden": True}
    hidden = sum("hidden" in row for row in rows.values())
    assert hidden >= 2 or "people_heard" not in public["rests_on"]
    assert public["result"]["next"] == []
    assert json.loads(canonical_bytes(public))["seed"] == 7


def test_the_same_counts_give_the_same_bytes_in_any_order() -> None:
    names = [f"s{i:02d}" for i in range(50)]
    draw = np.random.default_rng(2)
    people = {n: int(draw.integers(5, 300)) for n in names}
    heard = {n: int(draw.integers(0, people[n] + 1)) for n in names}
    backwards = estimate(dict(reversed(people.items())), dict(reversed(heard.items())))
    assert canonical_bytes(document(estimate(people, heard), k=5)) == canonical_bytes(
        document(backwards, k=5)
    )
