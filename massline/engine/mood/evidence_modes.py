"""Summits of the evidence: a leap in a calm world, or a world so noisy that nothing is known.

Once a section leaps, the evidence has both. A search from one start finds the second; the first is reached from where
noise, sources and drift are no stronger than usual.
"""

from typing import NamedTuple

import numpy as np
import scipy

from massline.engine.mood.array_types import Floats
from massline.engine.mood.hyperparameter_priors import HALF_NORMAL
from massline.engine.mood.leap_search import log_prior_odds, search_leaps
from massline.engine.mood.model_problem import Problem
from massline.engine.mood.penalised_evidence import EvidenceSearch

ROUNDS = 2


class EvidenceMode(NamedTuple):
    """A summit: its place, its leaps, and its height, the prior of the leaps included."""

    problem: Problem
    vector: Floats
    height: float

    @property
    def theta(self) -> Floats:
        """Log hyper-parameters."""
        return self.vector[: len(self.problem.field.names)]

    @property
    def gaps(self) -> Floats:
        """Log distances between cuts."""
        return self.vector[len(self.problem.field.names) :]


def find_evidence_modes(
    evidence: EvidenceSearch, start: Floats, *, most: int, leaps: bool
) -> list[EvidenceMode]:
    """All summits found, the highest first."""
    plain = evidence.problem
    first = _climb(evidence, start, most)
    if not leaps:
        return [first]
    found = {plain.terms: first}
    vector, eta = _sober(evidence, first.vector), None
    for _ in range(ROUNDS):
        turned = search_leaps(evidence.fit_of(evidence.problem, vector, start=eta)).fit
        if turned.problem.terms in found:
            break
        evidence.problem, evidence.eta = turned.problem, turned.eta
        summit = _climb(evidence, vector, most)
        height = summit.height + log_prior_odds(evidence.fit(summit.vector))
        found[turned.problem.terms] = summit._replace(height=height)
        vector, eta = summit.vector, evidence.eta
    return sorted(found.values(), key=lambda summit: -summit.height)


def _sober(evidence: EvidenceSearch, vector: Floats) -> Floats:
    """The same with noise, sources and drift no stronger than the scales of their priors."""
    sober = vector.copy()
    for place, name in enumerate(evidence.problem.field.names):
        if name in HALF_NORMAL:
            sober[place] = min(sober[place], np.log(HALF_NORMAL[name]))
    return sober


def _climb(evidence: EvidenceSearch, vector: Floats, most: int) -> EvidenceMode:
    found = scipy.optimize.minimize(
        evidence.loss,
        vector,
        jac=True,
        method="L-BFGS-B",
        bounds=evidence.bounds(),
        options={"maxiter": most, "ftol": 1e-7, "gtol": 1e-3, "maxfun": 2 * most},
    )
    return EvidenceMode(evidence.problem, found.x, -float(found.fun))
