"""Documents go to JSON and come back as frozen dataclasses, whole or not at all."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from massline.engine import opinion, themes
from massline.engine.coverage.document import document as coverage_document
from massline.engine.coverage.document import restore_coverage
from massline.engine.coverage.estimate import estimate as estimate_coverage
from massline.engine.elections import Method, count_election, merge_ballots, restore_election
from massline.engine.elections import document as election_document
from massline.engine.line.document import document as line_document
from massline.engine.line.document import restore_line
from massline.engine.lot import Quota, gather_pool, leximin_probabilities, list_panels, restore_lot
from massline.engine.lot import document as lot_document
from massline.engine.mood.document import document as mood_document
from massline.engine.mood.document import restore_mood
from massline.engine.opinion.map_schema import restore_map
from massline.engine.opinion.robustness_schema import AlikeSet, FindingCounts, GuessRight, OutcomePair
from massline.engine.pulse.document import document as pulse_document
from massline.engine.pulse.document import restore_pulse
from massline.engine.result_documents import Document, canonical_bytes, omit_default, restore, to_json
from massline.engine.votes import VoteTable
from tests.engine.line.test_estimate import a_line
from tests.engine.mood.test_estimate import mood_of, quarters
from tests.engine.opinion.conversations import two_camps
from tests.engine.pulse.test_estimate import pulse_of, rows_of
from tests.engine.pulse.worlds import self_exciting
from tests.engine.themes.worlds import neighbourhood


@dataclass(frozen=True)
class Short:
    """What a part may be in place of a part."""

    have: int


@dataclass(frozen=True)
class Part:
    """A part with a key that is no name in Python, and fields that came later."""

    passed: int = field(metadata={"key": "pass"})
    pair: tuple[float, float]
    names: tuple[str, ...] = ()
    inner: "Part | Short | None" = None
    day: date | None = omit_default()
    found: tuple[int, ...] | str = omit_default(())


def test_a_part_is_read_with_its_keys_its_defaults_and_its_parts() -> None:
    written = {"pass": 3, "pair": [0.5, 1.0], "inner": {"pass": 1, "pair": [0, 0], "names": ["a"]}}
    assert restore(Part, written) == Part(3, (0.5, 1.0), (), Part(1, (0, 0), ("a",)))


def test_of_several_kinds_of_part_the_one_whose_keys_fit_is_read() -> None:
    part = Part(3, (0.5, 1.0), (), Short(2), date(2026, 11, 30), "spectrum")
    assert restore(Part, json.loads(canonical_bytes(part))) == part
    assert restore(Part, {"pass": 3, "pair": [0, 1], "found": [60, 40]}).found == (60, 40)
    with pytest.raises(ValueError, match="knows no other"):
        restore(Part, {"pass": 3, "pair": [0, 1], "inner": {"other": 1}})


def test_a_field_is_left_out_only_where_it_says_so() -> None:
    assert to_json(Part(3, (0.5, 1.0))) == {"pass": 3, "pair": [0.5, 1.0], "names": [], "inner": None}
    assert to_json(Part(3, (0.5, 1.0), day=date(2026, 11, 30)))["day"] == "2026-11-30"


def test_what_has_no_place_in_a_document_is_refused() -> None:
    with pytest.raises(TypeError, match="set has no place"):
        canonical_bytes({"names": {"amal"}})
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_bytes(Part(3, (float("nan"), 1.0)))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ({"pass": 3}, "lacks pair"),
        ({"pass": 3, "pair": [0, 1], "other": 1}, "knows no other"),
        ({"pass": 3, "pair": [0, 1, 2]}, "longer"),
    ],
)
def test_a_document_that_is_not_whole_is_refused(written: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        restore(Part, written)


MAPS = {
    "groups": two_camps(160, 40, seed=3),
    "spectrum": two_camps(60, 12, seed=1),
    "not_enough": two_camps(4, 5, seed=1),
}


@cache
def mapped(kind: str) -> opinion.Opinion:
    return opinion.estimate(VoteTable.from_rows(MAPS[kind]), seed=1)


@pytest.mark.parametrize("kind", MAPS)
@pytest.mark.parametrize("participants", [True, False])
def test_every_kind_of_map_is_read_back(kind: str, participants: bool) -> None:
    written = opinion.document(mapped(kind), texts={1: "first"}, participants=participants)
    assert written.result.result == kind
    assert restore_map(to_json(written)) == written


def coverage(*, public: bool) -> Document:
    people = {"Block A": 120, "Block B": 80, "Block C": 60}
    heard = {"Block A": 40, "Block B": 12, "Block C": 3}
    return coverage_document(estimate_coverage(people, heard), k=5, public=public)


@cache
def mood() -> Document:
    return mood_document(mood_of(quarters()))


def pulse() -> Document:
    rows = rows_of(self_exciting(4, 200))
    return pulse_document(
        pulse_of([*rows, (rows[-1][0], 3, "buses"), *rows_of(self_exciting(3, 30), "lifts")])
    )


def theme_tree() -> Document:
    texts, vectors = neighbourhood()
    return themes.document(themes.estimate(texts, vectors, seed=7, k=5, resolution=6.0))


def election(method: Method, rows: list[list[int]], seats: int = 1) -> Document:
    ballots = merge_ballots(["Anna", "Bo", "Cy"], rows, invalid={"unreadable_mark": 2}, equal_ranks=False)
    return election_document(count_election(ballots, method=method, seats=seats, seed=7), ballots, seed=7)


def lot(*, dice: str = "") -> Document:
    people = {f"P{n}": {"home": "boat" if n % 3 else "block"} for n in range(8)}
    quotas = [Quota(feature="home", value=value, least=1, most=2) for value in ("boat", "block")]
    pool = gather_pool(people, quotas, size=3)
    chances = leximin_probabilities(pool)
    return lot_document(pool, chances, list_panels(pool, chances), dice=dice)


RANKED = [[1, 2, 0], [1, 2, 0], [1, 0, 2], [0, 1, 0], [0, 0, 1]]
WRITTEN: dict[str, tuple[Callable[[], Document], Callable[[dict[str, Any]], Document]]] = {
    "coverage": (lambda: coverage(public=False), restore_coverage),
    "public coverage": (lambda: coverage(public=True), restore_coverage),
    "election by transferable vote": (lambda: election("stv", RANKED, 2), restore_election),
    "election by pairs": (lambda: election("schulze", RANKED), restore_election),
    "election without a ballot": (lambda: election("stv", [[0, 0, 0]]), restore_election),
    "line": (lambda: line_document(a_line()), restore_line),
    "line without slates": (lambda: line_document(a_line(votes=None)), restore_line),
    "lot": (lot, restore_lot),
    "lot with dice": (lambda: lot(dice="35216"), restore_lot),
    "mood": (mood, restore_mood),
    "pulse": (pulse, restore_pulse),
    "themes": (theme_tree, themes.restore_themes),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_document_is_read_back_and_another_schema_is_refused(name: str) -> None:
    write, read = WRITTEN[name]
    written = write()
    stored = to_json(written)
    assert canonical_bytes(read(stored)) == canonical_bytes(written)
    assert stored.keys() == {"schema", "engine_version", "seed", "rests_on", "left_out", "result"}
    with pytest.raises(ValueError, match=written.schema.replace(".", r"\.")):
        read(stored | {"schema": "massline.tide/1"})


def test_a_mood_of_an_earlier_engine_is_read() -> None:
    stored = to_json(mood())
    for key in ("breaks_together", "alarms", "too_noisy", "days_together"):
        del stored["result"][key]
    for section in stored["result"]["sections"]:
        for key in ("breaks", "newest", "smallest_visible_change", "could_not_have_seen"):
            del section[key]
    assert all(section.breaks == () and section.newest is None for section in restore_mood(stored).sections)


def test_a_set_that_answers_alike_is_read_back_and_leaves_out_what_was_not_looked_at() -> None:
    alike = AlikeSet(
        people=14,
        chance=GuessRight(by_set=0.82, by_rest=0.4),
        groups=OutcomePair(with_them=(60, 40), without_them="spectrum"),
        only_with=FindingCounts(agreed=1, opposed=0),
        only_without=FindingCounts(agreed=3, opposed=0),
        largest_move=0.12,
    )
    written = to_json(alike)
    assert written["groups"] == {"with": [60, 40], "without": "spectrum"}
    assert not {"half_came_within", "mostly_by"} & written.keys()
    looked_at = replace(alike, half_came_within=None, mostly_by=())
    assert {"half_came_within", "mostly_by"} <= to_json(looked_at).keys()
    assert [restore(AlikeSet, to_json(part)) for part in (alike, looked_at)] == [alike, looked_at]


def test_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match=r"massline\.opinion/1"):
        restore_map({"schema": "massline.mood/1"})
