"""Elections: cases worked by hand, a second plain count, and what each method promises."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from massline.engine.elections import (
    METHODS,
    Amount,
    Ballots,
    Election,
    Method,
    count_election,
    document,
    merge_ballots,
    order_by_lot,
)
from massline.engine.elections import single_transferable_vote as stv
from massline.engine.not_enough import NotEnough
from massline.engine.result_documents import canonical_bytes
from tests.engine.case_files import Case, cases
from tests.engine.elections import plain_counts as plain

NAMES = ("Amal", "Bea", "Chen", "Dina", "Eli")
Ranking = tuple[str, ...]
# Chen 10fb…, Bea 1ab1…, Amal 4842…, Dina b6c5…, Eli f1cd…
LOT_OF_SEVEN = ("Chen", "Bea", "Amal", "Dina", "Eli")
RANKED: tuple[Method, ...] = ("instant-runoff", "schulze", "stv")
few = settings(max_examples=60, deadline=None)


def ballots_of(rankings: Sequence[Ranking], names: Sequence[str] = NAMES, counts: Any = None) -> Ballots:
    ranks = [[r.index(name) + 1 if name in r else 0 for name in names] for r in rankings]
    return merge_ballots(names, ranks, counts, equal_ranks=False)


def count(ballots: Ballots, method: Method, seats: int = 1, seed: int = 7) -> Election:
    counted = count_election(ballots, method=method, seats=seats, seed=seed)
    assert isinstance(counted, Election)
    return counted


def has_ties(election: Election) -> bool:
    return bool(election.ties or any(each.ties for each in election.rounds))


def exact(number: Amount) -> Fraction:
    return Fraction(number.exact) if number.exact else Fraction(int(number.value))


names_of = st.integers(2, 5).map(lambda size: NAMES[:size])


@st.composite
def profiles(draw: st.DrawFn) -> tuple[tuple[str, ...], list[Ranking]]:
    """Candidates, and up to a dozen ballots that rank some of them."""
    names = draw(names_of)
    one = st.permutations(names).flatmap(
        lambda order: st.integers(1, len(order)).map(lambda size: tuple(order[:size]))
    )
    return names, draw(st.lists(one, min_size=1, max_size=12))


@cases("elections")
def test_a_case_worked_by_hand(case: Case) -> None:
    rankings = [tuple(order.split()) for _count, order in case["ballots"]]
    names = sorted({name for ranking in rankings for name in ranking})
    ballots = ballots_of(rankings, names, [number for number, _order in case["ballots"]])
    found = count(ballots, case["method"], case["seats"])
    assert sorted(found.winners) == sorted(case["winners"])
    assert has_ties(found) or list(found.winners) == case["winners"]
    assert found.quota == case.get("quota")
    for each, table in zip(found.rounds, case.get("tables", found.rounds), strict=True):
        if isinstance(table, dict):
            assert {row.candidate: exact(row.amount) for row in each.rows} == {
                name: Fraction(number) for name, number in table.items()
            }
    for kind in ("preferred", "paths"):
        for pair, number in case.get(kind, {}).items():
            assert found.duels is not None
            a, b = (found.candidates.index(name) for name in pair.split())
            assert getattr(found.duels, kind)[a][b] == number, pair
    if "ranking" in case:
        assert found.duels is not None
        assert list(found.duels.ranking) == case["ranking"]


@few
@given(profiles(), st.integers(1, 4), st.integers(0, 99))
def test_a_second_plain_count_elects_the_same(
    profile: tuple[Ranking, list[Ranking]], seats: int, seed: int
) -> None:
    names, rankings = profile
    ballots, lot = ballots_of(rankings, names), order_by_lot(names, seed)
    one = [plain.plain_runoff(rankings, names, lot)]
    assert list(count(ballots, "instant-runoff", seed=seed).winners) == one
    for method, again in (
        ("approval", plain.plain_approval),
        ("stv", plain.plain_stv),
        ("equal-shares", plain.plain_equal_shares),
    ):
        assert list(count(ballots, method, seats, seed).winners) == again(rankings, names, seats, lot)  # type: ignore[arg-type]


@few
@given(st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=1, max_size=9))
def test_every_path_is_the_strongest_of_all_that_can_be_tried(rows: list[list[int]]) -> None:
    names = NAMES[:4]
    ballots = merge_ballots(names, rows)
    assume(ballots.valid)
    levels = [
        [{name for name, rank in zip(names, row, strict=True) if rank == level} for level in (1, 2, 3, 4)]
        for row in rows
        if any(row)
    ]
    duels = count(ballots, "schulze").duels
    assert duels is not None
    preferred = plain.plain_preferences(levels, names)
    paths = plain.plain_paths(preferred, names)
    for a, b in permutations(range(4), 2):
        assert duels.preferred[a][b] == preferred[names[a], names[b]]
        assert duels.paths[a][b] == paths[names[a], names[b]]
    best = duels.ranking[0]
    assert all(paths[best, name] >= paths[name, best] for name in names if name != best)


@few
@given(profiles(), st.sampled_from(METHODS), st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_columns_changes_no_byte(
    profile: tuple[Ranking, list[Ranking]], method: Method, chance: Any
) -> None:
    names, rankings = profile
    mixed, columns = list(rankings), list(names)
    chance.shuffle(mixed)
    chance.shuffle(columns)
    first, second = ballots_of(rankings, names), ballots_of(mixed, columns)
    assert canonical_bytes(document(count(first, method), first, seed=7)) == canonical_bytes(
        document(count(second, method), second, seed=7)
    )


@few
@given(profiles(), st.sampled_from(METHODS), st.integers(0, 119))
def test_no_candidate_is_favoured_for_a_name(
    profile: tuple[Ranking, list[Ranking]], method: Method, turn: int
) -> None:
    names, rankings = profile
    everyway = list(permutations(names))
    other = dict(zip(names, everyway[turn % len(everyway)], strict=True))
    renamed = [tuple(other[name] for name in ranking) for ranking in rankings]
    first, second = (count(ballots_of(each, names), method) for each in (rankings, renamed))
    assume(not has_ties(first) and not has_ties(second))
    assert {other[name] for name in first.winners} == set(second.winners)


@few
@given(profiles(), st.sampled_from(RANKED))
def test_whom_more_than_half_rank_first_is_elected(
    profile: tuple[Ranking, list[Ranking]], method: Method
) -> None:
    names, rankings = profile
    majority = [*rankings, *[(names[-1], names[0])] * (len(rankings) + 1)]
    assert count(ballots_of(majority, names), method).winners == (names[-1],)


@few
@given(profiles())
def test_who_beats_everybody_one_by_one_wins_by_schulze(profile: tuple[Ranking, list[Ranking]]) -> None:
    names, rankings = profile
    preferred = plain.plain_preferences([[{name} for name in r] for r in rankings], names)
    best = [a for a in names if all(preferred[a, b] > preferred[b, a] for b in names if b != a)]
    won = count(ballots_of(rankings, names), "schulze").winners
    assert not best or list(won) == best


@few
@given(profiles(), st.sampled_from(("instant-runoff", "schulze")))
def test_a_double_takes_nothing_from_anybody(profile: tuple[Ranking, list[Ranking]], method: Method) -> None:
    names, rankings = profile
    doubled = [
        tuple(n for name in r for n in ((name, "Zoe") if name == "Amal" else (name,))) for r in rankings
    ]
    before = count(ballots_of(rankings, names), method)
    after = count(ballots_of(doubled, (*names, "Zoe")), method)
    assume(
        not has_ties(before) and not any("Zoe" not in t.between or len(t.between) > 2 for t in _ties(after))
    )
    assert {"Amal" if name == "Zoe" else name for name in after.winners} == set(before.winners)


def _ties(election: Election) -> list[Any]:
    return [*election.ties, *(tie for each in election.rounds for tie in each.ties)]


@few
@given(profiles(), st.integers(1, 4))
def test_people_who_rank_the_same_first_get_the_seats_of_their_quotas(
    profile: tuple[Ranking, list[Ranking]], seats: int
) -> None:
    """Proportionality for solid coalitions: k quotas that put the same candidates first elect k of them, or all."""
    names, rankings = profile
    election = count(ballots_of(rankings, names), "stv", seats)
    quota = len(rankings) // (seats + 1) + 1
    for size in range(1, len(names) + 1):
        for group in combinations(names, size):
            solid = sum(set(ranking[:size]) == set(group) for ranking in rankings)
            due = min(solid // quota, size, seats)
            assert len(set(group) & set(election.winners)) >= due, (group, solid)


@few
@given(profiles(), st.integers(1, 4))
def test_no_vote_is_lost_between_two_tables(profile: tuple[Ranking, list[Ranking]], seats: int) -> None:
    names, rankings = profile
    for each in count(ballots_of(rankings, names), "stv", seats).rounds:
        assert each.exhausted is not None
        whole = sum((exact(row.amount) for row in each.rows), exact(each.exhausted))
        assert whole == len(rankings)
        assert not each.rounded_away


@few
@given(profiles(), st.integers(1, 4))
def test_who_agree_on_enough_have_the_candidates_they_are_due(
    profile: tuple[Ranking, list[Ranking]], seats: int
) -> None:
    """Extended justified representation: of l/k of the voters who agree on l candidates, somebody has l winners."""
    names, rankings = profile
    winners = set(count(ballots_of(rankings, names), "equal-shares", seats).winners)
    for due in range(1, seats + 1):
        for wanted in combinations(names, due):
            agree = [ranking for ranking in rankings if set(wanted) <= set(ranking)]
            if len(agree) * seats >= due * len(rankings):
                assert max(len(winners & set(ranking)) for ranking in agree) >= due


def test_a_tie_falls_by_the_lot_that_was_said_before() -> None:
    ballots = ballots_of([("Amal",), ("Bea",), ("Chen", "Amal")])
    seen = set()
    for seed in range(20):
        lot = order_by_lot(NAMES, seed)
        first = min(("Amal", "Bea"), key=lot.index)
        found = count(merge_ballots(NAMES[:2], [[1, 0], [0, 1]]), "approval", seed=seed)
        assert found.winners == (first,)
        assert found.rounds[0].ties[0].between == tuple(sorted(("Amal", "Bea"), key=lot.index))
        seen.add(first)
    assert seen == {"Amal", "Bea"}
    assert count(ballots, "approval").winners == ("Amal",)
    assert not has_ties(count(ballots, "approval"))


def test_the_lot_is_what_sha256sum_says() -> None:
    """`printf '7\\nAmal' | sha256sum` and the same for the others, sorted by hand."""
    assert order_by_lot(NAMES, 7) == LOT_OF_SEVEN


def test_invalid_ballots_are_counted_by_reason() -> None:
    rows = [[1, 2], [0, 0], [1, 1], [3, 7], [0, 0]]
    strict = merge_ballots(["Amal", "Bea"], rows, invalid={"unreadable_mark": 2}, equal_ranks=False)
    assert strict.invalid == {"empty": 2, "two_at_one_rank": 1, "unreadable_mark": 2}
    assert (strict.ranks.tolist(), strict.counts.tolist()) == ([[1, 2]], [2])
    assert (strict.cast, strict.valid) == (7, 2)
    assert merge_ballots(["Amal", "Bea"], rows).invalid == {"empty": 2}


@pytest.mark.parametrize(
    ("method", "seats", "rows", "why"),
    [
        ("schulze", 2, [[1, 2]], "cannot fill 2 seats"),
        ("stv", 0, [[1, 2]], "cannot fill 0 seats"),
        ("stv", 1, [[1, 1]], "equal ranks"),
    ],
)
def test_what_a_method_has_no_place_for_is_refused(
    method: Method, seats: int, rows: list[list[int]], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        count_election(merge_ballots(["Amal", "Bea"], rows), method=method, seats=seats)


@pytest.mark.parametrize(
    ("names", "rows", "counts"), [(["A", "A"], [], None), (["A"], [[-1]], None), (["A"], [[1]], [1, 2])]
)
def test_ballots_that_cannot_be_are_refused(names: list[str], rows: Any, counts: Any) -> None:
    with pytest.raises(ValueError, match=r"each candidate|ballots are rows"):
        merge_ballots(names, rows, counts)


@pytest.mark.parametrize("method", METHODS)
def test_no_ballot_one_candidate_and_more_seats_than_candidates(method: Method) -> None:
    none = merge_ballots(["Amal"], [[0]])
    assert count_election(none, method=method) == NotEnough(0, 1, "valid ballots")
    alone = ballots_of([("Amal",)] * 3, ("Amal",))
    assert count(alone, method).winners == ("Amal",)
    if method not in ("instant-runoff", "schulze"):
        many = count(alone, method, 3)
        assert (many.winners, many.unfilled) == (("Amal",), 2)


def test_fractions_that_grow_too_long_are_cut_off_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    rankings = [("Amal", "Bea", "Chen", "Dina")] * 29 + [("Dina", "Eli")] * 7 + [("Eli", "Chen")] * 5
    ballots = ballots_of(rankings)
    before = count(ballots, "stv", 4)
    monkeypatch.setattr(stv, "FINEST", 10)
    after = count(ballots, "stv", 4)
    assert before.winners == after.winners
    assert any(each.rounded_away for each in after.rounds)
    assert not any(each.rounded_away for each in before.rounds)


def test_a_large_count_takes_no_time() -> None:
    """A hundred thousand ballots, twenty candidates, twelve seats: exact fractions with their bound."""
    chance = np.random.default_rng(3)
    kinds = np.argsort(chance.random((300, 20)) + np.linspace(0, 0.8, 20), axis=1).argsort(axis=1) + 1
    ballots = merge_ballots([f"C{n:02}" for n in range(20)], kinds, chance.integers(1, 600, 300))
    found = count(ballots, "stv", 12)
    assert len(set(found.winners)) == 12
    for each in found.rounds:
        assert each.exhausted is not None
        whole = sum(row.amount.value for row in each.rows) + each.exhausted.value
        assert whole == pytest.approx(ballots.valid, rel=1e-8)
