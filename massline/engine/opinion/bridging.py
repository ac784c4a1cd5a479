"""Common ground without groups: what people would say to a statement once viewpoints are set aside.

As in Community Notes (Wojcik et al. 2022) votes are explained by levels and by viewpoints that attract and
repel; a statement's level is what is left when the viewpoint is the average one. It does not depend on how
people are cut into groups, nor on whether they can be. Here the factorisation is the logistic one of
`predict`, whose doubt about every level gives an interval.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.bayesian_logistic_model import LogisticModel, expit
from massline.engine.opinion.vote_prediction import Predictor

Floats = NDArray[np.float64]

Z_95 = 1.959963984540054


@dataclass(frozen=True, eq=False)
class CommonGround:
    """Chance that somebody of average viewpoint agrees with each statement, (M,) each, with a 95 % interval."""

    share: Floats
    low: Floats
    high: Floats


def common_ground(predictor: Predictor) -> CommonGround:
    """Read common ground off a fitted predictor; both questions, taking a side and agreeing, count."""
    takes, agrees = statement_levels(predictor.takes_side), statement_levels(predictor.agrees)
    return CommonGround(*(expit(a) * expit(b) for a, b in zip(takes, agrees, strict=True)))


def statement_levels(leaning: LogisticModel) -> tuple[Floats, Floats, Floats]:
    """Statement levels with the ends of their intervals, on the logistic scale."""
    level = leaning.statements.mean[:, 0]
    error = Z_95 * np.sqrt(leaning.statements.spread[:, 0, 0])
    return level, level - error, level + error
