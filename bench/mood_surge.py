"""The decisive night in simulation: is the section that leaps seen, and are the others left in peace?

`python -m bench.mood_surge --quick` for a look at fewer worlds. Seeds below 800,000 may have been used for choosing
the method; those of a full run were drawn after it was fixed.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from bench.mood_surge_simulation import KINDS, START, SurgeWorld, draw_surge_world, step_of
from bench.results_store import store_results
from massline.engine.mood import GroupReport, Mood, MoodReadings, estimate
from massline.engine.mood.array_types import Floats
from massline.engine.mood.breaks import Alarm

CHOOSING, JUDGING = 10_000, 800_000
CHOSEN_ON = "10,000 to 10,024, 11,000 to 11,015, 12,000 to 12,023, 20,000 to 20,023 and 700,000 to 700,059"
NIGHT = Path(__file__).parents[1] / "tests" / "engine" / "cases" / "mood_night.json"
WORLDS, QUICK = {"surge": 60, "drift": 24, "odd": 24}, {"surge": 16, "drift": 8, "odd": 8}
STEPS = range(1, 6)
Model = Callable[[Sequence[GroupReport], SurgeWorld, int, "ModelAnswer | None"], "ModelAnswer"]
"""From reports, a world, a day and what was told before it, if anything."""


@dataclass(frozen=True, eq=False)
class ModelAnswer:
    """A model's word: (S, T) over days seven apart up to the last, and the days on which it noticed breaks."""

    mean: Floats
    low: Floats
    high: Floats
    breaks: tuple[tuple[int, int], ...] = ()
    noise: float = np.nan
    alarms: tuple[Alarm, ...] = ()


def massline(
    reports: Sequence[GroupReport], house: SurgeWorld, last: int, before: ModelAnswer | None
) -> ModelAnswer:
    """The estimate as the product asks for it, the alarms' thresholds set once."""
    day = START + timedelta(days=last)
    mood = estimate(
        MoodReadings.from_reports(reports, steps=STEPS),
        seed=1,
        until=day,
        alarms=before.alarms if before else (),
    )
    if not isinstance(mood, Mood):
        raise ValueError(f"a house of {house.sections} sections was heard too little: {mood}")
    breaks = tuple(
        (mood.sections.index(found.name), (found.noticed - START).days)
        for found in mood.breaks
        if found.kind == "section"
    )
    return ModelAnswer(
        mood.mean, mood.low, mood.high, breaks, mood.hyper.values()["noise"], mood.hyper.alarms
    )


def pooled_week(
    reports: Sequence[GroupReport], house: SurgeWorld, last: int, _before: ModelAnswer | None
) -> ModelAnswer:
    """Weekly means, drawn to the section's mean so far by five people, that to everybody's by five."""
    return _plain(reports, house, last, lambda age: (age < 7).astype(float), 5.0)


def smoothed(
    reports: Sequence[GroupReport], house: SurgeWorld, last: int, _before: ModelAnswer | None
) -> ModelAnswer:
    """Exponential smoothing with a half-life of a week, drawn to the section's mean by one person."""
    return _plain(reports, house, last, lambda age: 0.5 ** (age / 7), 1.0)


def _plain(
    reports: Sequence[GroupReport],
    house: SurgeWorld,
    last: int,
    weight: Callable[[Floats], Floats],
    pull: float,
) -> ModelAnswer:
    day = np.array([(report.day - START).days for report in reports], dtype=float)
    section = np.array([int(report.section) for report in reports])
    people = np.array([report.people for report in reports])
    total = np.array([sum(step * n for step, n in report.counts.items()) for report in reports])
    ends = np.arange(last, -1, -7)[::-1]
    mean = np.zeros((house.sections, len(ends)))
    for t, end in enumerate(ends):
        known = day <= max(end, day.min())
        everybody = total[known].sum() / people[known].sum()
        for unit in range(house.sections):
            mine = known & (section == unit)
            base = (total[mine].sum() + 5 * everybody) / (people[mine].sum() + 5)
            share = weight(np.maximum(end - day[mine], 0))
            mean[unit, t] = ((share * total[mine]).sum() + pull * base) / (
                (share * people[mine]).sum() + pull
            )
    return ModelAnswer(mean, mean * np.nan, mean * np.nan)


MODELS: dict[str, Model] = {"massline": massline, "pooled week": pooled_week, "smoothing": smoothed}


def judge_models(house: SurgeWorld, model: Model) -> dict[str, float]:
    """Compare each model's answers before, on the evening and a week later with the truth of a world."""
    truth, last, unit = step_of(house.truth), house.last, house.unit
    before = model(house.reports, house, last, None)
    evening = [*house.reports, *house.tonight]
    now = model(evening, house, last, before) if house.tonight else before
    heard = {int(report.section) for report in evening if (report.day - START).days == last}
    others = [section for section in range(house.sections) if section != unit]
    unheard = [section for section in others if section not in heard]
    moved = np.abs(now.mean - before.mean)
    held = (now.low[:, -1] <= truth[:, last]) & (truth[:, last] <= now.high[:, -1])
    off = np.abs(now.mean[:, -1] - truth[:, last])
    found = {
        "error": float(off[unit]),
        "held": float(held[unit]),
        "error_of_others": float(off[others].mean()),
        "held_others": float(held[others].mean()),
        "unheard_moved": float(moved[unheard, -1].max()) if unheard else np.nan,
        "past_of_others": float(moved[others, :-1].max()),
        "own_past": float(moved[unit, :-1].max()),
        "noise": now.noise,
        "years": house.sections * last / 365,
        "false_alarms": float(len(before.breaks)) if house.tonight else np.nan,
    }
    if house.tonight:
        people = sum(report.people for report in house.tonight)
        raw = sum(step * n for report in house.tonight for step, n in report.counts.items()) / people
        week_later = model([*evening, *house.after], house, last + 7, before)
        same_day = any(where == unit and day >= last for where, day in now.breaks)
        in_a_week = same_day or any(where == unit and day >= last for where, day in week_later.breaks)
        found |= {
            "raw_error": abs(raw - float(truth[unit, last])),
            "flagged_same_day": float(same_day),
            "flagged_in_a_week": float(in_a_week),
            "error_a_week_later": float(abs(week_later.mean[unit, -1] - truth[unit, last + 7])),
        }
    return found


def summarise(rows: list[dict[str, float]]) -> dict[str, Any]:
    """Means with standard errors over worlds; medians and ninth deciles of what moved; false alarms a year."""
    table: dict[str, Any] = {"worlds": len(rows)}
    for name in rows[0]:
        values = np.array([row[name] for row in rows])
        values = values[np.isfinite(values)]
        if name in {"unheard_moved", "past_of_others", "own_past"} and len(values):
            table[name] = {"median": _round(np.median(values)), "p90": _round(np.quantile(values, 0.9))}
        elif len(values) > 1 and name not in {"years", "false_alarms"}:
            error = values.std(ddof=1) / len(values) ** 0.5
            table[name] = {"value": _round(values.mean()), "se": _round(error)}
    counted = [row for row in rows if np.isfinite(row["false_alarms"])]
    if counted:
        years, false = sum(row["years"] for row in counted), sum(row["false_alarms"] for row in counted)
        table["false_alarms_a_section_year"] = {
            "value": _round(false / years),
            "se": _round(max(false, 1) ** 0.5 / years),
            "section_years": round(years, 1),
        }
    return table


def _round(value: float) -> float:
    return round(float(value), 3)


def surge_rows(first: int, worlds: dict[str, int]) -> list[dict[str, Any]]:
    """A row per kind of world, way of reporting and model."""
    rows = []
    for kind in KINDS:
        for way in ("felt", "asked"):
            seeds = range(first + 1000 * KINDS.index(kind), first + 1000 * KINDS.index(kind) + worlds[kind])
            houses = [draw_surge_world(seed, kind, is_felt=way == "felt") for seed in seeds]
            for name, model in MODELS.items():
                found = [judge_models(house, model) for house in houses]
                rows.append({"kind": kind, "way": way, "model": name, **summarise(found)})
    return rows


def night() -> dict[str, Any]:
    """The night that once broke the estimate: Block C turns, everybody else is as before."""
    case = json.loads(NIGHT.read_text(encoding="utf-8"))
    before, tonight = (_mood_of_night(case, parts) for parts in (("before",), ("before", "tonight")))
    moved = tonight.mean[:, -1] - before.mean[:, -1]
    rewritten = np.abs(tonight.mean - before.mean)[:, :-1].max(axis=1)
    turned = {turn.name for turn in tonight.breaks if turn.noticed == tonight.days[-1]}
    return {
        "sections": [
            {
                "section": name,
                "before": _round(before.mean[place, -1]),
                "after": _round(tonight.mean[place, -1]),
                "low90": _round(tonight.low[place, -1]),
                "moved": _round(moved[place]),
                "past_rewritten": _round(rewritten[place]),
                "break_the_same_day": name in turned,
                "heard_tonight": sum(float(line[3]) for line in case["tonight"] if line[1] == name),
            }
            for place, name in enumerate(tonight.sections)
        ]
    }


def _mood_of_night(case: dict[str, list[list[Any]]], parts: Sequence[str]) -> Mood:
    lines = [line for part in parts for line in case[part]]
    reports = [
        GroupReport(date.fromisoformat(day), section, {int(step): float(people)}, channel)
        for day, section, step, people, channel in lines
    ]
    mood = estimate(MoodReadings.from_reports(reports, steps=STEPS), seed=1)
    if not isinstance(mood, Mood):
        raise ValueError(f"the night was heard too little: {mood}")
    return mood


def main() -> None:
    """Write bench/results/mood_surge.json; with --quick print a few worlds of the seeds used for choosing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few worlds, of the seeds used for choosing")
    if parser.parse_args().quick:
        found: dict[str, Any] = {"rows": surge_rows(CHOOSING, QUICK)}
    else:
        found = {
            "first_seed": JUDGING,
            "chosen_on": CHOSEN_ON,
            "rows": surge_rows(JUDGING, WORLDS),
            "night": night(),
        }
        store_results("mood_surge", found)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
