"""Scores of predicted shares: log density, CRPS, error and cover, for the model and for simple rivals."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, expit, gammaln

from bench.mood_data import Readings
from massline.engine.mood.array_types import Floats, Ints
from massline.engine.mood.leap_bayes_factors import ODD_SHARE, ODD_VARIANCE
from massline.engine.mood.normal_mixture import NormalMixture
from massline.engine.mood.predictive_density import mixed_log_density

CAPS = (5.0, 20.0, 100.0, 300.0, 1e3, 1e9)


@dataclass(frozen=True, eq=False)
class Scores:
    """Per row: log predictive density, CRPS of the share, absolute error of the median, whether 90 % held."""

    density: Floats
    crps: Floats
    error: Floats
    held: Floats

    @classmethod
    def joined(cls, parts: list["Scores"]) -> "Scores":
        """Rows of several folds or origins."""
        names = ("density", "crps", "error", "held")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

    def table(self) -> dict[str, dict[str, float]]:
        """Means with standard errors over rows."""
        named = {"lpd": self.density, "crps": self.crps, "mae": self.error, "cover90": self.held}
        size = len(self.density) ** 0.5
        return {
            name: {"value": round(float(v.mean()), 4), "se": round(float(v.std(ddof=1)) / size, 4)}
            for name, v in named.items()
        }


def _score(share: Floats, yes: Floats, asked: Floats, density: Floats, rng: np.random.Generator) -> Scores:
    drawn = np.sort(
        rng.binomial(asked.astype(int)[:, None], np.clip(share, 1e-9, 1 - 1e-9)) / asked[:, None], axis=1
    )
    seen, size = yes / asked, share.shape[1]
    weights = 2 * np.arange(1, size + 1) - size - 1
    crps = np.abs(drawn - seen[:, None]).mean(axis=1) - (weights * drawn).sum(axis=1) / size**2
    low, high = np.quantile(drawn, [0.05, 0.95], axis=1)
    error = np.abs(np.median(share, axis=1) - seen)
    return Scores(density, crps, error, ((seen >= low - 1e-9) & (seen <= high + 1e-9)).astype(float))


def _ways(yes: Floats, asked: Floats) -> Floats:
    ways: Floats = gammaln(asked + 1) - gammaln(yes + 1) - gammaln(asked - yes + 1)
    return ways


def mixture_scores(mixture: NormalMixture, noise: float, rows: Readings, rng: np.random.Generator) -> Scores:
    """Scores of a binomial whose logit is a mixture of normals with the readings' noise, some readings odd."""
    counts, cuts = np.stack([rows.asked - rows.yes, rows.yes], axis=1), np.zeros((len(rows.yes), 1))
    parts = np.full(mixture.weight.shape, -np.inf)
    for part, weight, centre, spread in zip(
        parts, mixture.weight, mixture.centre, mixture.spread, strict=True
    ):
        some = np.flatnonzero(weight > 0)
        part[some] = np.log(weight[some]) + mixed_log_density(
            counts[some],
            cuts[some],
            centre[some],
            spread[some] + noise**2,
            share=ODD_SHARE,
            extra=ODD_VARIANCE,
        )
    share = expit(_draw_levels(mixture, noise, rng))
    return _score(share, rows.yes, rows.asked, np.logaddexp.reduce(parts, axis=0), rng)


def _draw_levels(mixture: NormalMixture, noise: float, rng: np.random.Generator) -> Floats:
    """200 levels of new readings at every question."""
    part = (rng.random((mixture.weight.shape[1], 200, 1)) > np.cumsum(mixture.weight, axis=0).T[:, None]).sum(
        axis=2
    )
    part = np.minimum(part, len(mixture.weight) - 1)
    question = np.arange(mixture.weight.shape[1])[:, None]
    odd = ODD_VARIANCE * (rng.random(part.shape) < ODD_SHARE)
    spread = np.sqrt(mixture.spread[part, question] + noise**2 + odd)
    drawn: Floats = mixture.centre[part, question] + spread * rng.normal(size=part.shape)
    return drawn


def simple_scores(
    train: Readings, test: Readings, window: float, *, ahead: bool, seed: int
) -> dict[str, Scores]:
    """Last reading, window mean and section mean, each with the prior weight that is best in hindsight."""
    grand = train.yes.sum() / train.asked.sum()
    found = {}
    for kind in ("last reading", "window mean", "section mean"):
        yes, asked = _pooled(kind, train, test, window, ahead=ahead)
        tried = []
        for cap in CAPS:
            scale = np.minimum(1, cap / np.maximum(asked, 1e-9))
            up, down = yes * scale + 2 * grand, (asked - yes) * scale + 2 * (1 - grand)
            rng = np.random.default_rng(seed)
            density = (
                _ways(test.yes, test.asked)
                + betaln(up + test.yes, down + test.asked - test.yes)
                - betaln(up, down)
            )
            share = rng.beta(up[:, None], down[:, None], (len(up), 200))
            tried.append(_score(share, test.yes, test.asked, density, rng))
        found[kind] = max(tried, key=lambda scores: float(scores.density.mean()))
    return found


def _pooled(
    kind: str, train: Readings, test: Readings, window: float, *, ahead: bool
) -> tuple[Floats, Floats]:
    yes, asked = np.zeros(len(test.yes)), np.zeros(len(test.yes))
    of: dict[int, Ints] = {int(s): np.flatnonzero(train.section == s) for s in np.unique(test.section)}
    for row, (section, time) in enumerate(zip(test.section, test.time, strict=True)):
        mine = of[int(section)]
        gap = np.abs(train.time[mine] - time)
        if kind == "last reading":
            mine = mine[train.time[mine] <= time] if ahead else mine
            gap = np.abs(train.time[mine] - time)
            mine = mine[[int(np.argmin(gap))]] if len(mine) else mine
        elif kind == "window mean":
            mine = mine[gap <= window]
        yes[row], asked[row] = train.yes[mine].sum(), train.asked[mine].sum()
    return yes, asked
