"""The parts of the themes against cases worked by hand."""

from datetime import date

import numpy as np
import pytest
from scipy import sparse

from massline.engine.themes import growth, louvain, neighbour_graph, tf_idf
from tests.engine.case_files import Case, cases


@cases("themes", "shared neighbours")
def test_shared_neighbours(case: Case) -> None:
    found = neighbour_graph.link_shared_neighbours(np.array(case["neighbours"], np.int32))
    assert found.toarray().tolist() == case["weights"]


@cases("themes", "communities")
def test_communities(case: Case) -> None:
    size = len(case["labels"])
    joined = np.zeros((size, size), np.int64)
    for one, other in case["edges"]:
        joined[one, other] = joined[other, one] = 1
    found = louvain.find_communities(sparse.csr_array(joined), resolution=case["resolution"])
    assert found.tolist() == case["labels"]


@cases("themes", "growth")
def test_growth(case: Case) -> None:
    now = [f"now {n}" for n in range(case["all_now"])]
    before = [f"before {n}" for n in range(case["all_before"])]
    days = dict.fromkeys(now, date(2026, 3, 20)) | dict.fromkeys(before, date(2026, 3, 1))
    theme = now[: case["now"]] + before[: case["before"]]
    (found,) = growth.estimate_growth(
        [theme], day_of=days, person_of={voice: voice for voice in days}, window_days=7
    )
    assert found is not None
    assert (found.log_odds, found.low90, found.high90) == pytest.approx(
        (case["log_odds"], case["low90"], case["high90"]), abs=2e-6
    )


@cases("themes", "weights")
def test_weights_of_words(case: Case) -> None:
    assert tf_idf.weigh_terms(case["terms"]).toarray() == pytest.approx(np.array(case["weights"]), abs=1e-6)
