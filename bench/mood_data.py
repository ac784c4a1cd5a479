"""Real readings for the mood bench: polls by state, approval by party, opinion by cell, democracy by
country.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from bench.protest_series import shared_folder
from massline.engine.mood.array_types import Floats, Ints
from massline.engine.mood.latent_field import FieldPlaces, make_latent_field
from massline.engine.mood.model_problem import Problem


@dataclass(frozen=True, eq=False)
class Readings:
    """Yes counts of many askings, in file order or by time.

    section, item, source : (N,) int; time : (N,) in units of the set; yes, asked : (N,); groups : codes per
    section.
    """

    name: str
    section: Ints
    time: Floats
    yes: Floats
    asked: Floats
    item: Ints
    source: Ints
    groups: tuple[Ints, ...]
    sections: int
    items: int
    sources: int
    unit_days: float

    def some(self, rows: Ints) -> "Readings":
        """The same for these rows only."""
        return replace(
            self,
            section=self.section[rows],
            time=self.time[rows],
            yes=self.yes[rows],
            asked=self.asked[rows],
            item=self.item[rows],
            source=self.source[rows],
        )

    def problem(self, end: float, *, still: bool = False) -> Problem:
        """Lay the rows out for the model over [first time, end]; `still` takes all movement out."""
        order = np.lexsort((self.time, self.section))
        field = make_latent_field(
            self.groups,
            items=self.items,
            sources=self.sources,
            moments=len(np.unique(np.append(self.time, end))),
            span_days=end * self.unit_days,
        )
        if still:
            movement = frozenset(name for name in field.names if name.startswith("drift"))
            field = replace(field, fixed=movement)
        counts = np.stack([self.asked - self.yes, self.yes], axis=1)[order]
        steps = tuple((0, 1) for _ in range(self.items))
        return Problem(field, self.places(end).some(order), counts, steps, self.sections)

    def places(self, end: float) -> FieldPlaces:
        """Where the rows sit in the model's time."""
        return FieldPlaces(self.section, self.time / end, self.item, self.source)


def _rows(name: str) -> Iterator[dict[str, str]]:
    place: Path = shared_folder() / "mood" / name
    with place.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _codes(names: list[str]) -> tuple[Ints, list[str]]:
    different = sorted(set(names))
    place = {name: code for code, name in enumerate(different)}
    return np.array([place[name] for name in names], dtype=np.int64), different


def _build_readings(
    name: str,
    rows: list[dict[str, str]],
    section: Callable[[dict[str, str]], str],
    time: Floats,
    *,
    source: list[str] | None = None,
    item: list[str] | None = None,
    groupings: tuple[Callable[[dict[str, str]], str], ...] = (),
    yes: str = "y",
    asked: str = "n",
    unit_days: float = 7.0,
) -> Readings:
    codes, names = _codes([section(row) for row in rows])
    sources, source_names = _codes(source or [""] * len(rows))
    items, item_names = _codes(item or [""] * len(rows))
    first = {name: row for row in reversed(rows) for name in (section(row),)}
    groups = tuple(_codes([grouping(first[name]) for name in names])[0] for grouping in groupings)
    return Readings(
        name,
        codes,
        time,
        np.array([float(row[yes]) for row in rows]),
        np.array([float(row[asked]) for row in rows]),
        items,
        sources,
        groups,
        len(names),
        len(item_names),
        len(source_names),
        unit_days,
    )


def _weeks(rows: list[dict[str, str]]) -> Floats:
    days = np.array([date.fromisoformat(row["date"]).toordinal() for row in rows])
    weeks: Floats = (days - days.min()) / 7.0
    return weeks


def _houses(names: list[str], least: int) -> list[str]:
    heard = Counter(names)
    return [name if heard[name] >= least else "other" for name in names]


def us2016() -> Readings:
    """1,621 polls of 51 sections in 37 weeks; house effects by pollster, states grouped by region."""
    rows = sorted(_rows("us2016_state_polls/data.csv"), key=lambda row: row["date"])
    houses = _houses([row["pollster"] for row in rows], 5)
    return _build_readings(
        "US 2016 states",
        rows,
        lambda row: row["state"],
        _weeks(rows),
        source=houses,
        groupings=(lambda row: row["region"],),
    )


def us2016_results() -> tuple[Floats, Ints]:
    """Certified share by state, with the section's code."""
    codes = {
        name: code
        for code, name in enumerate(sorted({r["state"] for r in _rows("us2016_state_polls/data.csv")}))
    }
    found = [
        (float(row["share"]), codes[row["state"]])
        for row in _rows("us2016_state_polls/results.csv")
        if row["state"] in codes
    ]
    return np.array([share for share, _ in found]), np.array([code for _, code in found], dtype=np.int64)


def covid(subject: str) -> tuple[Readings, Floats]:
    """Approval by party; a house effect per pollster and party. Also the published line's value for each
    row.
    """
    rows = [row for row in _rows("us_covid_approval_party/data.csv") if row["subject"] == subject]
    rows.sort(key=lambda row: row["date"])
    houses = [
        house + row["party"]
        for house, row in zip(_houses([r["pollster"] for r in rows], 9), rows, strict=True)
    ]
    readings = _build_readings(
        f"covid approval, {subject}", rows, lambda row: row["party"], _weeks(rows), source=houses
    )
    line = {
        (row["modeldate"], row["party"]): float(row["approve_estimate"])
        / (float(row["approve_estimate"]) + float(row["disapprove_estimate"]))
        for row in _rows("us_covid_approval_party/toplines.csv")
        if row["subject"] == subject and row["approve_estimate"]
    }
    return readings, _line_before(rows, readings.time, line)


def _line_before(rows: list[dict[str, str]], weeks: Floats, line: dict[tuple[str, str], float]) -> Floats:
    """The published value on the last origin (every second week from the eighth) before each row."""
    start = min(date.fromisoformat(row["date"]).toordinal() for row in rows)
    origins = 8 + 2 * np.floor((np.ceil(weeks) - 1 - 8) / 2)
    days = [date.fromordinal(start + int(7 * origin)).isoformat() for origin in origins]
    return np.array([line.get((day, row["party"]), np.nan) for day, row in zip(days, rows, strict=True)])


def dgo() -> Readings:
    """Abortion in 1,224 cells of state, race, education and sex, five years."""
    rows = [row for row in _rows("us_opinion_dgo/data.csv") if row["item"] == "abortion"]
    keys = ("state", "race3", "education", "female")
    time = np.array([float(row["year"]) - 2006 for row in rows])
    groupings = tuple(_column(key) for key in keys)
    return _build_readings(
        "dgo abortion",
        rows,
        lambda row: "|".join(row[key] for key in keys),
        time,
        groupings=groupings,
        unit_days=365.25,
    )


def _column(key: str) -> Callable[[dict[str, str]], str]:
    return lambda row: row[key]


def demsup() -> Readings:
    """Support for democracy, 107 countries, 25 years; each question at its most telling cut, country:item
    bias.
    """
    rows = [row for row in _rows("demsup_dcpo/data.csv") if float(row["n_r"]) > 0]
    share: dict[str, list[float]] = {}
    for row in rows:
        share.setdefault(row["item"], []).append(float(row["y_r"]) / float(row["n_r"]))
    best: dict[str, str] = {}
    for name in sorted(share, key=lambda name: abs(np.mean(share[name]) - 0.5)):
        best.setdefault(_base(name), name)
    rows = [row for row in rows if row["item"] in set(best.values())]
    time = np.array([float(row["year"]) for row in rows])
    return _build_readings(
        "demsup",
        rows,
        lambda row: row["country"],
        time - time.min(),
        source=[row["country"] + _base(row["item"]) for row in rows],
        item=[_base(row["item"]) for row in rows],
        yes="y_r",
        asked="n_r",
        unit_days=365.25,
    )


def _base(item: str) -> str:
    words = item.split(" ")
    return " ".join(words[:-3]) if words[-2:] == ["or", "higher"] else item
