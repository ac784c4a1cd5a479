"""The penalised evidence as a function of one vector: log hyper-parameters, then log distances between cuts."""

import numpy as np

from massline.engine.mood.array_types import Floats
from massline.engine.mood.cumulative_logit import initial_cut_gaps
from massline.engine.mood.evidence_gradient import evidence_gradient
from massline.engine.mood.laplace import ModeFit, fit_mode
from massline.engine.mood.model_problem import Problem

GAP_SD = 0.2
"""How far the log distances between cuts may move from the pooled shares: unanimity must not stretch the ladder."""
LOOSE = 1e-3


class EvidenceSearch:
    """The evidence plus priors, remembering the last mode to start from."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.names = len(problem.field.names)
        self.first_gaps = initial_cut_gaps(problem.counts, problem.item, problem.steps)
        self.eta: Floats | None = None
        self.free = np.array([name not in problem.field.fixed for name in problem.field.names])
        self.fits = 0

    def start(self, before: ModeFit | None) -> Floats:
        """The start of the search: an earlier fit's strengths, or the usual ones."""
        theta = self.problem.field.start() if before is None else before.theta
        fits_in = before is not None and len(before.gaps) == len(self.first_gaps)
        return np.concatenate([theta, before.gaps if before is not None and fits_in else self.first_gaps])

    def bounds(self) -> list[tuple[float, float]]:
        """Limits of the search."""
        return self.problem.field.bounds() + [(-4.0, 3.0)] * len(self.first_gaps)

    def fit(self, vector: Floats, tolerance: float = LOOSE, start: Floats | None = None) -> ModeFit:
        """Fit at a vector, from the last mode unless told where to start."""
        found = self.fit_of(
            self.problem, vector, start=self.eta if start is None else start, tolerance=tolerance
        )
        self.eta = found.eta
        return found

    def fit_of(
        self, problem: Problem, vector: Floats, *, start: Floats | None = None, tolerance: float = LOOSE
    ) -> ModeFit:
        """Fit other readings at a vector."""
        self.fits += 1
        return fit_mode(problem, vector[: self.names], vector[self.names :], start=start, tolerance=tolerance)

    def log_prior(self, vector: Floats) -> tuple[float, Floats]:
        """Log prior density with its gradient."""
        value, slope = self.problem.field.log_prior(vector[: self.names])
        gaps = (vector[self.names :] - self.first_gaps) / GAP_SD
        return value - 0.5 * float(gaps @ gaps), np.concatenate([slope, -gaps / GAP_SD])

    def slope(self, vector: Floats) -> tuple[float, Floats]:
        """Height with its gradient."""
        found = self.fit(vector)
        value, slope = self.log_prior(vector)
        theta, gaps = evidence_gradient(found)
        whole = np.concatenate([theta, gaps]) + slope
        whole[: self.names] *= self.free
        return found.evidence + value, whole

    def loss(self, vector: Floats) -> tuple[float, Floats]:
        """Depth with its gradient, for a minimiser."""
        try:
            value, slope = self.slope(vector)
        except np.linalg.LinAlgError:
            # a step into nonsense: tell the line search to come back, and forget the mode it led to
            self.eta = None
            return 1e10, np.zeros(len(vector))
        return -value, -slope
