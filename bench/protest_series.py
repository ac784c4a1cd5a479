"""Real series of daily protest counts with the documented triggers of their waves."""

import csv
import gzip
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from massline.engine.pulse.counts import Floats, Ints
from massline.engine.pulse.self_exciting import DaysToFit


@dataclass(frozen=True, eq=False)
class Series:
    """A real series of daily counts, with the documented triggers of its waves as places in it."""

    name: str
    first: date
    count: Floats
    triggers: tuple[int, ...]

    @property
    def weekday(self) -> Ints:
        days: Ints = (self.first.weekday() + np.arange(len(self.count) + 7)) % 7
        return days

    def until(self, days: int) -> DaysToFit:
        """The first days only, nothing announced, everything reported."""
        return DaysToFit(self.count[:days], self.weekday[: days + 7], np.zeros(days + 7), np.ones(days))


TRIGGERS: Mapping[str, tuple[str, ...]] = {
    "US police violence 2012-16": (
        "2012-03-19",
        "2014-08-09",
        "2014-11-24",
        "2015-04-19",
        "2015-11-16",
        "2016-07-05",
        "2016-09-16",
    ),
    "US BLM 2017-20": ("2018-03-18", "2018-06-19", "2020-05-25"),
    "DE climate": ("2019-03-01", "2019-09-13", "2021-03-12", "2021-09-13"),
    "DE covid_policy": ("2020-04-25", "2021-11-18"),
    "DE war_peace": ("2022-02-22",),
    "DE anti_racism": ("2020-02-19", "2020-05-31"),
    "DE intl_solidarity": ("2019-10-09", "2021-05-10", "2021-08-15"),
    "BR all": ("2013-06-06", "2015-03-08", "2015-10-05", "2016-03-04"),
    "BR presidency": ("2013-06-13", "2015-03-08", "2016-03-04"),
}
PANEL = {"bremen", "erfurt", "freiburg", "magdeburg", "mainz", "münchen", "potsdam", "wiesbaden"}


def shared_folder() -> Path:
    """Where the real data lie; they are not part of the repository."""
    place = Path(os.environ.get("MASSLINE_SHARED", Path(__file__).parents[2] / "shared")) / "data"
    if not (place / "events").is_dir():
        raise FileNotFoundError(f"the event series are not at {place}: set MASSLINE_SHARED to their folder")
    return place


def read_rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(shared_folder() / "events" / name, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def series_of(name: str, first: str, last: str, events: Iterator[tuple[str, float]]) -> Series:
    start = date.fromisoformat(first)
    count = np.zeros((date.fromisoformat(last) - start).days + 1)
    for day, number in events:
        place = (date.fromisoformat(day) - start).days
        if 0 <= place < len(count):
            count[place] += number
    triggers = tuple((date.fromisoformat(day) - start).days for day in TRIGGERS.get(name, ()))
    return Series(name, start, count, triggers)


def read_real_series() -> list[Series]:
    """Fifteen series of four sources; nine of them have documented triggers."""
    us = list(read_rows("us_police_violence/daily_state.csv.gz"))
    german = [row for row in read_rows("de_registrations/registrations.csv.gz") if row["city"] in PANEL]
    brazil = list(read_rows("brazil_nepac/daily_issue.csv.gz"))
    scad = list(read_rows("scad_latin_america/daily_country_type_issue.csv.gz"))

    def american(source: str, state: str | None = None) -> Iterator[tuple[str, float]]:
        return (
            (row["date"], float(row["n_events"]))
            for row in us
            if row["source"] == source and state in (None, row["state"])
        )

    newsbank = ("2012-01-01", "2016-12-22")
    found = [
        series_of("US police violence 2012-16", *newsbank, american("newsbank_2012_2016")),
        series_of("US BLM 2017-20", "2017-02-28", "2020-07-06", american("count_love")),
    ]
    for state in ("CA", "NY", "MO", "IL"):
        found.append(series_of(f"US-{state}", *newsbank, american("newsbank_2012_2016", state)))
    for issue in ("climate", "covid_policy", "war_peace", "anti_racism", "intl_solidarity"):
        events = ((row["date"], 1.0) for row in german if row["issue"] == issue)
        found.append(series_of(f"DE {issue}", "2019-01-01", "2022-08-15", events))
    for name, wanted in (("BR all", ""), ("BR presidency", "presidency_corruption")):
        events = ((r["date"], float(r["n_city_events"])) for r in brazil if wanted in ("", r["issue"]))
        found.append(series_of(name, "2011-01-13", "2016-08-31", events))
    for country, first in (("Mexico", "2003-01-01"), ("Haiti", "2008-01-01")):
        events = ((r["date"], float(r["n_events"])) for r in scad if r["countryname"] == country)
        found.append(series_of(f"SCAD {country}", first, "2017-12-24", events))
    return found
