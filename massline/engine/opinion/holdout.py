"""Prediction of unseen votes: one vote in ten is hidden from the model and then predicted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.vote_prediction import Predictor, fit_predictor, log_loss
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]

HIDDEN = 0.1


@dataclass(frozen=True)
class PredictionScore:
    """Mean negative log chance of hidden votes, in nats; lower is better.

    Attributes
    ----------
    log_loss : of the model
    shares_only : of guessing by each statement's shares
    hidden : votes hidden
    """

    log_loss: float
    shares_only: float
    hidden: int


def hide_votes(
    table: VoteTable, rng: np.random.Generator, share: float = HIDDEN
) -> tuple[VoteTable, NDArray[np.bool_]]:
    """Take a share of the votes out of a table; people and statements stay."""
    hidden = rng.random(table.votes) < share
    return table.keep(~hidden), hidden


def answer_shares(table: VoteTable) -> Floats:
    """Share of each answer per statement, (M, 3), drawn a little towards the overall shares."""
    overall = table.counts.sum(axis=0) + 0.5
    return np.asarray((table.counts + 2 * overall / overall.sum()) / (table.counts.sum(axis=1) + 2)[:, None])


def score_prediction(
    table: VoteTable, rng: np.random.Generator, *, near: Floats | None = None
) -> tuple[PredictionScore, Predictor] | None:
    """Hide one vote in ten and predict it, also giving the model; None where there is nothing to hide.

    `near` (d, M) are loadings of the whole table, which warm the search up.
    """
    seen, hidden = hide_votes(table, rng)
    if not hidden.any() or not seen.votes:
        return None
    who, which, value = table.voter[hidden], table.statement[hidden], table.value[hidden]
    predictor = fit_predictor(seen, near=near)
    return PredictionScore(
        log_loss(predictor.chances(who, which), value),
        log_loss(answer_shares(seen)[which], value),
        int(hidden.sum()),
    ), predictor
