"""What an estimate of the mood is, and the document it leaves in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from massline.engine.documents import document as wrap
from massline.engine.mood.arrays import Floats
from massline.engine.mood.scale import Scale

SCHEMA = "massline.mood/1"


@dataclass(frozen=True)
class Hyper:
    """What was learned about movement, enough to update without learning it again.

    `theta` and `gaps` are on the log scale, in units of a span of `span_days`; `widening` is how much wider
    an interval's half-width becomes when hyper-parameters are integrated.
    """

    names: tuple[str, ...]
    theta: tuple[float, ...]
    gaps: tuple[float, ...]
    span_days: int
    widening: float

    def values(self) -> dict[str, float]:
        """Hyper-parameters on their own scale: standard deviations in logits, `length_days` in days."""
        plain = {name: float(np.exp(x)) for name, x in zip(self.names, self.theta, strict=True)}
        plain["length_days"] = plain.pop("length") * self.span_days
        return plain


@dataclass(frozen=True)
class SourceBias:
    """How far one source reads above (+) or below the average source, in logits, with its 90 % interval."""

    source: str
    mean: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Mood:
    """Where every section stood on every reported day.

    Attributes
    ----------
    sections, days
        Row and column names of the arrays.
    item, scale
        The item in whose words the mood is told, and whether as a "share" (0 to 1) or an average "step".
    mean, low, high : (S, T) float
        Posterior mean and 90 % interval on that scale.
    eta, variance : (S, T) float
        The same before the scale: mean and variance in logits.
    readings : (S, T) float
        People heard in the days up to and including each reported day since the one before.
    sources
        Bias of each source, where there are several.
    hyper
        What was learned about movement.
    rests_on, left_out
        Counts of what went in and what did not.
    seed
        As handed in.
    """

    sections: tuple[str, ...]
    days: tuple[date, ...]
    item: str
    scale: Scale
    mean: Floats
    low: Floats
    high: Floats
    eta: Floats
    variance: Floats
    readings: Floats
    sources: tuple[SourceBias, ...]
    hyper: Hyper
    rests_on: dict[str, int]
    left_out: dict[str, int]
    seed: int


def document(mood: Mood) -> dict[str, Any]:
    """Give the estimate as a versioned document (docs/methods/mood.md)."""
    heard = mood.readings.sum(axis=1)
    sections = [
        {
            "section": name,
            "readings": round(float(heard[s]), 3),
            "series": [
                {
                    "day": day.isoformat(),
                    "mean": round(float(mood.mean[s, t]), 4),
                    "low90": round(float(mood.low[s, t]), 4),
                    "high90": round(float(mood.high[s, t]), 4),
                    "readings": round(float(mood.readings[s, t]), 3),
                }
                for t, day in enumerate(mood.days)
            ],
        }
        for s, name in enumerate(mood.sections)
    ]
    result = {
        "item": mood.item,
        "scale": {
            "kind": mood.scale.kind,
            "lowest": float(mood.scale.values[0]),
            "highest": float(mood.scale.values[-1]),
        },
        "sections": sections,
        "sources": [
            {
                "source": s.source,
                "bias": round(s.mean, 3),
                "low90": round(s.low, 3),
                "high90": round(s.high, 3),
            }
            for s in mood.sources
        ],
        "movement": {name: round(value, 4) for name, value in mood.hyper.values().items()},
    }
    return wrap(SCHEMA, seed=mood.seed, rests_on=mood.rests_on, left_out=mood.left_out, result=result)
