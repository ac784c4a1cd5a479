"""Further series of the same sources, cut in two before any was looked at: one half to choose by, one held back.

The cut is by name alone (the first byte of its SHA-256, even or odd). The half held back is still no other
world: states share national waves with the series chosen by, and cities share days of action.
"""

import hashlib
from collections.abc import Iterator, Mapping

import numpy as np

from bench.protest_series import PANEL, Series, read_rows, series_of
from massline.engine.pulse.counts import Floats

STATES = ("CA", "NY", "FL", "TX", "PA", "MI", "NC", "OH", "MA", "MO", "VA", "OR", "IL", "WA", "GA", "NJ")
CITIES: Mapping[str, tuple[str, str]] = {
    "freiburg": ("2013-01-12", "2022-12-31"),
    "magdeburg": ("2015-01-10", "2022-12-31"),
    "köln": ("2022-01-01", "2022-12-31"),
    "dresden": ("2020-01-01", "2023-02-28"),
    "karlsruhe": ("2021-01-02", "2023-06-03"),
    "kiel": ("2021-03-26", "2022-12-31"),
    **dict.fromkeys(
        ("bremen", "erfurt", "mainz", "münchen", "potsdam", "wiesbaden"), ("2019-01-12", "2022-12-22")
    ),
}
WARM = 120
APART = 45
QUIET_BEFORE = 14


def is_held_back(name: str) -> bool:
    """Whether a series judges; the others were chosen by."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def read_held_back() -> list[Series]:
    """Sixteen series that nothing was chosen by."""
    return [series for series in read_further() if is_held_back(series.name)]


def read_further() -> Iterator[Series]:
    """All further series, those to choose by and those held back."""
    american = list(read_rows("us_police_violence/daily_state.csv.gz"))
    german = list(read_rows("de_registrations/registrations.csv.gz"))
    brazil = list(read_rows("brazil_nepac/daily_issue.csv.gz"))
    for state in STATES:
        rows = (row for row in american if (row["source"], row["state"]) == ("count_love", state))
        events = ((row["date"], float(row["n_events"])) for row in rows)
        yield series_of(f"US-{state} 2017-20", "2017-02-28", "2020-07-06", events)
    for issue in ("labour", "gender_lgbtq", "housing_cost", "other"):
        rows = (row for row in german if row["issue"] == issue and row["city"] in PANEL)
        yield series_of(f"DE {issue}", "2019-01-01", "2022-08-15", ((row["date"], 1.0) for row in rows))
    for city, (first, last) in CITIES.items():
        rows = (row for row in german if row["city"] == city)
        yield series_of(f"DE city {city}", first, last, ((row["date"], 1.0) for row in rows))
    for issue in ("labour", "transport_fares", "other"):
        rows = (row for row in brazil if row["issue"] == issue)
        events = ((row["date"], float(row["n_city_events"])) for row in rows)
        yield series_of(f"BR {issue}", "2011-01-13", "2016-08-31", events)


def find_bursts(count: Floats) -> list[int]:
    """First days of bursts, told from the past alone: three times the usual and two Poisson deviations, three events at least.

    Bursts within a fortnight of another are that one.
    """
    first: list[int] = []
    for day in range(WARM, len(count) - 14):
        usual = float(count[day - 98 : day - 7].mean())
        tall = count[day] >= max(3.0, 3 * usual + 2 * usual**0.5)
        if tall and (not first or day - first[-1] > QUIET_BEFORE):
            first.append(day)
    return first


def label_in_hindsight(count: Floats) -> tuple[list[int], list[int]]:
    """First days of waves and single tall days, told from what came after.

    A wave's first week has three times the usual and at least eight events, three of its days tall; a single tall
    day has five times the usual and nothing like it within three days before and four after.
    """
    waves: list[int] = []
    single: list[int] = []
    for day in range(WARM, len(count) - 14):
        usual = 7 * float(count[day - 98 : day - 7].mean())
        after = float(count[day + 1 : day + 7].sum())
        if waves and day - waves[-1] <= APART:
            continue
        if _is_wave(count[day : day + 7], usual, after):
            waves.append(day)
        elif _is_single(count[day - 3 : day + 5], usual, after):
            single.append(day)
    return waves, single


def _is_wave(week: Floats, usual: float, after: float) -> bool:
    tall = int((week >= max(1, 2 * usual / 7)).sum())
    return (
        week.sum() >= max(8, 3 * usual)
        and after >= max(5, 2 * usual)
        and tall >= 3
        and week[0] >= max(1, 1.5 * usual / 7)
    )


def _is_single(around: Floats, usual: float, after: float) -> bool:
    day = around[3]
    others = float(np.delete(around, 3).max())
    return bool(day >= max(5, 5 * usual / 7) and others < 0.35 * day and after < 1.5 * usual + 2)
