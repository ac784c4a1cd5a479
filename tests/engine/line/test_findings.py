"""What a sum-up should find: nobody left out who need not be, and minorities kept."""

import numpy as np

from massline.engine.line.ballots import gather_ballots
from massline.engine.line.maximum_coverage import find_best_coverage
from massline.engine.line.minority_views import find_minority_views
from massline.engine.line.proposed_findings import propose_findings
from massline.engine.votes import VoteTable


def a_world(people: int = 200, few: int = 20, *, seed: int = 5) -> VoteTable:
    """Everybody answers alike but for a few who agree with statements 0 to 2, which hardly anybody else does."""
    rng = np.random.default_rng(seed)
    chance = np.tile(rng.uniform(0.2, 0.9, 24), (people, 1))
    chance[:, :3] = 0.08
    chance[:few, :3] = 0.9
    who, which = np.nonzero(rng.random((people, 24)) < 0.6)
    value = np.where(rng.random(len(who)) < chance[who, which], 1, -1)
    return VoteTable.from_arrays(who, which, value)


def test_a_minority_of_a_tenth_is_kept_by_one_of_its_own() -> None:
    for seed in range(5):
        views = find_minority_views(a_world(seed=seed), k=5)
        assert {view.statement for view in views[:2]} & {0, 1, 2}
        assert all(5 <= view.agree < view.seen / 2 for view in views)


def test_what_fewer_than_the_threshold_want_is_nobodys_view() -> None:
    assert not {view.statement for view in find_minority_views(a_world(few=3), k=45)} & {0, 1, 2}


def test_a_proposal_reaches_as_many_as_the_best_list() -> None:
    table = a_world()
    found = propose_findings(table, k=5, size=4)
    best = find_best_coverage(gather_ballots(table, table.statements.tolist()), 4)
    assert found.reach == best
    assert len(found.common) == 4
    assert not {view.statement for view in found.minority} & set(found.common)


def test_without_answers_nothing_is_proposed() -> None:
    found = propose_findings(VoteTable.from_rows([], statements=[1, 2]), k=5)
    assert (found.common, found.minority, found.voters) == ((), (), 0)
