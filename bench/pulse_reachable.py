"""How well the chance of more could be foretold on the first days of a burst: ours, the plain rate, and a classifier.

The classifier has our chance, the last fortnight and the regimes for features, and was taught with the first days of waves told
in hindsight, which nobody can tell on the day. What even it does not reach on series of other sources is not there to be known.

Usage: python -m bench.pulse_reachable
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bench.held_out_series import (
    WARM,
    find_bursts,
    is_held_back,
    label_in_hindsight,
    read_further,
)
from bench.protest_series import Series, read_real_series
from bench.pulse_held_out import FIRST_DAYS, summarise_brier
from bench.results_store import store_results
from massline.engine.pulse.counts import Floats
from massline.engine.pulse.forecast import WeekForecast, forecast_week
from massline.engine.pulse.regimes import CALLED

SEED = 2026120305
"""Drawn for this comparison; it chose nothing."""
HELD_TO = 0.05
"""How weakly the classifier is held to no effect (inverse strength of a ridge penalty)."""


@dataclass(frozen=True, eq=False)
class FirstDay:
    """One of the first days of an episode: what was known, what we said, and what came."""

    kind: str
    episode: str
    source: str
    held_back: bool
    known: Floats
    said: float
    came: float


def run() -> dict[str, Any]:
    """All rows, written to bench/results/pulse_reachable.json."""
    chosen_by = [series for series in read_further() if not is_held_back(series.name)]
    held_back = [series for series in read_further() if is_held_back(series.name)]
    days = [
        day
        for held, several in ((False, read_real_series()), (False, chosen_by), (True, held_back))
        for series in several
        for day in list_first_days(series, held_back=held)
    ]
    taught = teach_by_other_sources(days)
    found: dict[str, Any] = {"seed": SEED}
    for kind in ("burst", "wave", "single"):
        judged = [
            (day, chance)
            for day, chance in zip(days, taught, strict=True)
            if day.kind == kind and day.held_back
        ]
        found[kind] = {
            "ours": summarise_brier([(day.episode, day.said, day.came) for day, _ in judged]),
            "classifier": summarise_brier([(day.episode, chance, day.came) for day, chance in judged]),
        }
    store_results("pulse_reachable", found)
    return found


def list_first_days(series: Series, *, held_back: bool) -> Iterator[FirstDay]:
    """The first days of every burst told from the past alone, and of waves and single tall days told in hindsight."""
    waves, single = label_in_hindsight(series.count)
    for kind, firsts in (("burst", find_bursts(series.count)), ("wave", waves), ("single", single)):
        for first in firsts:
            for origin in range(first + 1, first + 1 + FIRST_DAYS):
                if WARM <= origin <= len(series.count) - 7:
                    outlook = forecast_week(series.until(origin), np.random.default_rng([SEED, origin]))
                    last, after = (series.count[origin + at : origin + at + 7].sum() for at in (-7, 0))
                    yield FirstDay(
                        kind,
                        f"{series.name} {first}",
                        name_source(series.name),
                        held_back,
                        describe_day(series.count[:origin], outlook),
                        outlook.growing,
                        float(after > last) + 0.5 * float(after == last),
                    )


def name_source(series: str) -> str:
    """The source of a series: series of one source share waves."""
    if series.startswith("US"):
        return "US 2017-20" if series.endswith("2017-20") else "US 2012-16"
    return series.split()[0]


def describe_day(count: Floats, outlook: WeekForecast) -> Floats:
    """What is known on the evening of the last day, as features: (19,)."""
    usual = float(count[-98:-7].mean()) + 0.2
    week, before = count[-7:], count[-14:-7]
    said = float(np.clip(outlook.growing, 0.01, 0.99))
    return np.array(
        [
            *np.log((week + 0.5) / (usual + 0.5)),
            *(np.log((part.sum() + 1) / (7 * usual + 1)) for part in (week, before)),
            float((week >= max(1.0, 2 * usual)).sum()),
            np.log(usual),
            np.log((week[-1] + 1) / (week.max() + 1)),
            float(week.argmax()),
            week.max() / (week.sum() + 1),
            np.log((week[-3:].sum() + 0.5) / (week[:4].sum() + 0.5)),
            outlook.regimes.wave[-1],
            outlook.regimes.chance[-1, CALLED],
            np.log(said / (1 - said)),
            outlook.branching,
        ]
    )


def teach_by_other_sources(days: Sequence[FirstDay]) -> Floats:
    """The chance of more on each day by a classifier that saw other sources only: (n,)."""
    known, more = np.stack([day.known for day in days]), np.array([day.came > 0.5 for day in days])
    source = np.array([day.source for day in days])
    chance = np.zeros(len(days))
    for name in sorted(set(source.tolist())):
        mine = source == name
        model = make_pipeline(StandardScaler(), LogisticRegression(C=HELD_TO, max_iter=1000))
        chance[mine] = model.fit(known[~mine], more[~mine]).predict_proba(known[mine])[:, 1]
    return chance


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=1) + "\n")
