"""The break alarm day by day, past data only, beside plain detectors at the same rate of false alarms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.special import betaln

from bench.mood_simulation import Drawn, World, draw
from massline.engine.mood.arrays import Floats
from massline.engine.mood.breaks import courses
from massline.engine.mood.hyper import learn
from massline.engine.mood.laplace import fit
from massline.engine.mood.units import traces_of

WORLD = World(
    sections=30,
    times=160,
    dims=(5, 3),
    level=(0.3, 0.3),
    drift=(0.1, 0.1),
    walk=0.03,
    own_drift=0.15,
    length=40.0,
    noise=0.1,
    rate=0.35,
)
WARM, MERGE, TARGET = 60, 7, 0.5
NULLS, FRESH, JUMPS, EACH = 8, 8, 6, 6
Watcher = Callable[[Drawn], Floats]


def model_watcher() -> Watcher:
    """Massline's detector, its baseline refitted every day on what was known by then."""
    best = learn(draw(WORLD, 7).problem(), integrate=False).best
    names = best.problem.field.names

    def watch(drawn: Drawn) -> Floats:
        found = np.full(drawn.truth.shape, -np.inf)
        for day in range(WARM, WORLD.times):
            new = np.unique(drawn.section[drawn.when == day])
            if not len(new):
                continue
            theta = dict(zip(names, best.theta, strict=True))
            longer = np.log(day / (WORLD.times - 1))
            theta["length"] -= longer
            theta["drift_all"] += 0.5 * longer
            now = fit(drawn.problem(day), np.array(list(theta.values())), best.gaps, tolerance=1e-2)
            traces = traces_of(now, "section", float(day))
            odds = courses(traces).odds
            last = np.isfinite(traces.time).sum(axis=1) - 1
            found[new, day] = odds[new, last[new]]
        return found

    return watch


def beta_binomial(drawn: Drawn) -> Floats:
    """Change-point detection on each section's raw counts alone: P(the run began within seven readings)."""
    found = np.full(drawn.truth.shape, -np.inf)
    for section in range(WORLD.sections):
        mine = np.flatnonzero(drawn.section == section)
        up, down, logs = np.ones(1), np.ones(1), np.zeros(1)
        for day, (no, yes) in zip(drawn.when[mine], drawn.counts[mine], strict=True):
            grown = logs + betaln(up + yes, down + no) - betaln(up, down)
            new = np.logaddexp.reduce(grown) + np.log(1 / 200)
            logs = np.concatenate([[new], grown + np.log(1 - 1 / 200)])
            logs -= np.logaddexp.reduce(logs)
            up, down = np.concatenate([[1.0], up + yes]), np.concatenate([[1.0], down + no])
            if len(logs) > 16:
                found[section, day] = np.exp(logs[1:8]).sum()
    return found


def averaged(drawn: Drawn) -> Floats:
    """Exponentially weighted deviation of each section's share from its last forty readings."""
    found = np.full(drawn.truth.shape, -np.inf)
    for section in range(WORLD.sections):
        mine = np.flatnonzero(drawn.section == section)
        yes, asked = drawn.counts[mine, 1], drawn.counts[mine].sum(axis=1)
        level = 0.0
        for place in range(1, len(mine)):
            before = slice(max(0, place - 40), place)
            total = asked[before].sum() + 2
            share = (yes[before].sum() + 1) / total
            spread = share * (1 - share)
            off = yes[place] / asked[place] - share
            scale = np.sqrt(spread * (1 / asked[place] + 1 / total) + (0.15 * spread) ** 2)
            level = 0.75 * level + 0.25 * off / scale
            found[section, drawn.when[mine[place]]] = abs(level)
    return found


def _alarms(height: Floats, threshold: float) -> int:
    count = 0
    for line in height:
        days = np.flatnonzero(line > threshold)
        days = days[days >= WARM]
        count += int((np.diff(days, prepend=-99) > MERGE).sum())
    return count


def _threshold(heights: list[Floats], years: float) -> float:
    values = np.unique(np.concatenate([height[np.isfinite(height)] for height in heights]))
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high) // 2
        if sum(_alarms(height, float(values[middle])) for height in heights) / years > TARGET:
            low = middle + 1
        else:
            high = middle
    return float(values[low])


def _jumps(size: float, seed: int) -> World:
    rng = np.random.default_rng(50 + seed)
    units = rng.choice(WORLD.sections, EACH, replace=False)
    days = rng.integers(WARM + 20, WORLD.times - 35, EACH)
    signs = rng.choice([-1, 1], EACH)
    jumps = tuple((int(u), int(d), float(size * s)) for u, d, s in zip(units, days, signs, strict=True))
    return replace(WORLD, jumps=jumps)


def alarm_rows() -> list[dict[str, Any]]:
    """One row per detector: false alarms on fresh quiet worlds, and jumps of three sizes found within 7 and
    28 days.
    """
    watchers: dict[str, Watcher] = {
        "massline": model_watcher(),
        "change-point on raw counts": beta_binomial,
        "weighted average": averaged,
    }
    quiet = [draw(WORLD, 1000 + seed) for seed in range(NULLS)]
    fresh = [draw(WORLD, 6000 + seed) for seed in range(FRESH)]
    loud = {
        size: [(_jumps(size, seed), draw(_jumps(size, seed), 2000 + seed)) for seed in range(JUMPS)]
        for size in (0.75, 1.25, 2.0)
    }
    per_world = WORLD.sections * (WORLD.times - WARM) / 365
    rows = []
    for name, watch in watchers.items():
        threshold = _threshold([watch(drawn) for drawn in quiet], NULLS * per_world)
        false = sum(_alarms(watch(drawn), threshold) for drawn in fresh)
        row: dict[str, Any] = {
            "detector": name,
            "false_alarms_per_section_year": round(false / (FRESH * per_world), 2),
            "se": round(false**0.5 / (FRESH * per_world), 2),
            "fresh_section_years": round(FRESH * per_world, 1),
        }
        for size, worlds in loud.items():
            delays = []
            for world, drawn in worlds:
                raised = watch(drawn) > threshold
                for unit, since, _ in world.jumps:
                    days = np.flatnonzero(raised[unit, since : since + 28])
                    delays.append(int(days[0]) if len(days) else 99)
            late = np.array(delays)
            row[f"jump_{size}"] = {
                "jumps": len(late),
                "within_7_days": round(float((late <= 7).mean()), 2),
                "within_28_days": round(float((late < 99).mean()), 2),
                "median_delay_days": float(np.median(late)),
            }
        rows.append(row)
    return rows
