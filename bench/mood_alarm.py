"""The break alarm day by day, past data only, beside plain detectors at the same rate of false alarms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.special import betaln

from bench.mood_simulation import DrawnWorld, World, draw_world
from massline.engine.mood.array_types import Floats
from massline.engine.mood.breaks import run_detector
from massline.engine.mood.hyperparameters import learn_hyperparameters
from massline.engine.mood.laplace import fit_mode
from massline.engine.mood.partial_residuals import count_units, partial_residual_series

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
    step_days=1.0,
)
WARM, MERGE, TARGET, EVERY = 60, 7, 0.5, 2
QUIET, FRESH, LOUD, EACH = 12, 12, 6, 6
KINDS = ("section", "group 0", "all")
Heights = dict[str, Floats]


def model_watcher() -> Callable[[DrawnWorld], Heights]:
    """Massline's detector, its baseline refitted every second day on what was known by then."""
    best = learn_hyperparameters(draw_world(WORLD, 7).problem(), integrate=False).best
    names = best.problem.field.names

    def watch(drawn: DrawnWorld) -> Heights:
        found = {kind: np.full((count_units(best, kind), WORLD.times), -np.inf) for kind in KINDS}
        for day in range(WARM, WORLD.times, EVERY):
            theta = dict(zip(names, best.theta, strict=True))
            longer = np.log(day / (WORLD.times - 1))
            theta["length"] -= longer
            theta["drift_all"] += 0.5 * longer
            now = fit_mode(drawn.problem(day), np.array(list(theta.values())), best.gaps, tolerance=1e-2)
            for kind in KINDS:
                traces = partial_residual_series(now, kind, float(day))
                fresh = np.isfinite(traces.time) & (traces.time > day - EVERY)
                odds = np.where(fresh, run_detector(traces).odds, -np.inf)
                found[kind][:, day] = odds.max(axis=1, initial=-np.inf)
        return found

    return watch


def beta_binomial(drawn: DrawnWorld) -> Floats:
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


def moving_average(drawn: DrawnWorld) -> Floats:
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


def _single_jumps(size: float, seed: int) -> World:
    """Six sections jump, each on its own day."""
    rng = np.random.default_rng(50 + seed)
    units = rng.choice(WORLD.sections, EACH, replace=False)
    days = rng.integers(WARM + 20, WORLD.times - 35, EACH)
    signs = rng.choice([-1, 1], EACH)
    jumps = tuple((int(u), int(d), float(size * s)) for u, d, s in zip(units, days, signs, strict=True))
    return replace(WORLD, jumps=jumps)


def _common_jumps(size: float, seed: int, group: int | None) -> World:
    """All sections of a group, or all there are, jump on one day."""
    rng = np.random.default_rng(70 + seed)
    day = int(rng.integers(WARM + 20, WORLD.times - 35))
    # groups are drawn first, so the same seed gives the same groups with jumps or without
    codes = draw_world(WORLD, 2000 + seed).groups[0]
    some = range(WORLD.sections) if group is None else np.flatnonzero(codes == group).tolist()
    return replace(WORLD, jumps=tuple((int(unit), day, size) for unit in some))


def _judge(heights: list[Floats], threshold: float, jumps: list[list[tuple[int, int]]]) -> dict[str, Any]:
    delays = []
    for height, some in zip(heights, jumps, strict=True):
        for unit, since in some:
            days = np.flatnonzero(height[unit, since : since + 28] > threshold)
            delays.append(int(days[0]) if len(days) else 99)
    late = np.array(delays)
    return {
        "jumps": len(late),
        "within_7_days": round(float((late <= 7).mean()), 2),
        "within_28_days": round(float((late < 99).mean()), 2),
        "median_delay_days": float(np.median(late)),
    }


def _row(name: str, quiet: list[Floats], fresh: list[Floats]) -> tuple[dict[str, Any], float]:
    years = len(quiet[0]) * (WORLD.times - WARM) / 365
    threshold = _threshold(quiet, QUIET * years)
    false = sum(_alarms(height, threshold) for height in fresh)
    row = {
        "detector": name,
        "false_alarms_per_unit_year": round(false / (FRESH * years), 2),
        "se": round(max(false, 1) ** 0.5 / (FRESH * years), 2),
        "fresh_unit_years": round(FRESH * years, 1),
    }
    return row, threshold


def alarm_rows() -> list[dict[str, Any]]:
    """A row per detector: false alarms on fresh quiet worlds, and jumps found within 7 and 28 days."""
    watch = model_watcher()
    watchers: dict[str, Callable[[DrawnWorld], Floats]] = {
        "change-point on raw counts": beta_binomial,
        "weighted average": moving_average,
    }
    worlds = [draw_world(WORLD, 1000 + seed) for seed in range(QUIET)] + [
        draw_world(WORLD, 6000 + s) for s in range(FRESH)
    ]
    seen = [watch(drawn) for drawn in worlds]
    calm = {kind: [heights[kind] for heights in seen] for kind in KINDS}
    alone = {size: [_single_jumps(size, seed) for seed in range(LOUD)] for size in (0.75, 1.25, 2.0)}
    loud = {
        size: [draw_world(world, 2000 + seed) for seed, world in enumerate(some)]
        for size, some in alone.items()
    }
    jumps = {size: [[(u, d) for u, d, _ in world.jumps] for world in some] for size, some in alone.items()}
    rows = []
    row, threshold = _row("massline, section", calm["section"][:QUIET], calm["section"][QUIET:])
    for size, some in loud.items():
        row[f"jump_{size}"] = _judge([watch(drawn)["section"] for drawn in some], threshold, jumps[size])
    rows.append(row)
    for name, other in watchers.items():
        heights = [other(drawn) for drawn in worlds]
        row, threshold = _row(name + ", section", heights[:QUIET], heights[QUIET:])
        for size, some in loud.items():
            row[f"jump_{size}"] = _judge([other(drawn) for drawn in some], threshold, jumps[size])
        rows.append(row)
    for kind, group in (("group 0", 0), ("all", None)):
        row, threshold = _row(f"massline, {kind.split()[0]}", calm[kind][:QUIET], calm[kind][QUIET:])
        shifted = [_common_jumps(0.75, seed, group) for seed in range(LOUD)]
        heights = [watch(draw_world(world, 2000 + seed))[kind] for seed, world in enumerate(shifted)]
        row["jump_0.75"] = _judge(heights, threshold, [[(0, world.jumps[0][1])] for world in shifted])
        rows.append(row)
    return rows
