"""The turnout forecast: half of those who said yes, until our own events teach us better.

The rule of halves is the organisers' old rule of thumb (Alinsky's heirs count ten yeses for five who come). It
is the prior here, Beta(8, 8): the share who come lies between 30 and 70 of 100 nine times in ten. Each past event
of one's own moves it as much as four people would, so no single evening outweighs the rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import scipy

PRIOR = 8.0
WEIGHT_OF_AN_EVENT = 4.0


@dataclass(frozen=True)
class TurnoutForecast:
    """Expected attendance of so many who said yes, with an 80 % interval."""

    said_yes: int
    expect: int
    low: int
    high: int
    past_events: int


def forecast_from_past_events(said_yes: int, past: Sequence[tuple[int, int]] = ()) -> TurnoutForecast | None:
    """Forecast from the yeses and from past events, each (said yes, of them came). Returns None if nobody said yes.

    >>> forecast_from_past_events(20)
    Forecast(said_yes=20, expect=10, low=6, high=14, past_events=0)
    """
    if said_yes <= 0:
        return None
    shares = [came / yes for yes, came in past if yes > 0]
    a = PRIOR + WEIGHT_OF_AN_EVENT * sum(shares)
    b = PRIOR + WEIGHT_OF_AN_EVENT * sum(1 - share for share in shares)
    come = scipy.stats.betabinom(said_yes, a, b)
    return TurnoutForecast(said_yes, round(come.mean()), int(come.ppf(0.1)), int(come.ppf(0.9)), len(shares))
