"""The section on sets of people who answer alike."""

from scipy.special import betaincinv

from bench.report.estimate_sections import Results, format_held, render_table
from bench.report.opinion_fresh_seeds import format_share

BARS: dict[str, tuple[str, str, float | None]] = {
    "clean": ("draws of four fifths of people and statements, nobody planted: told of", "told", -0.01),
    "minorities": ("honest minorities of one in twenty: told of", "told", -0.05),
    "swarms": ("swarms of one in twenty, ten at least, ballots as long as others': found", "found", 0.80),
    "short_ballots": ("… with ballots of twenty votes: found (no bar)", "found", None),
}

LEAST_RUNS = 20


def largest_share(count: int, runs: int) -> float:
    """Upper end of the exact one-sided 95 % interval of a share (Clopper and Pearson 1934)."""
    return 1.0 if count == runs else float(betaincinv(count + 1, runs - count, 0.95))


def render_alike(found: Results) -> str:
    """Each kind of trial over all conversations, then draws and largest bounds by conversation."""
    rows: list[list[object]] = []
    for kind, (what, key, bar) in BARS.items():
        trials = [row for listed in found.get(kind, {}).values() for row in listed]
        if not trials:
            rows.append([what, "", "not run", ""])
            continue
        count, runs = sum(row[key] for row in trials), len(trials)
        told = "" if bar is None else f"{'≤' if bar < 0 else '≥'} {abs(bar):.0%}"
        held = "" if bar is None else format_held(count / runs <= -bar if bar < 0 else count / runs >= bar)
        if runs < LEAST_RUNS:
            held = "too few to judge"
        shown = format_share(count, runs)
        if bar is not None and bar < 0:
            shown += f"; at most {largest_share(count, runs):.1%}, 95 times in 100"
        rows.append([what, told, shown, held])
    names = sorted({name for kind in BARS for name in found.get(kind, {})})
    return "\n\n".join(
        [
            f"Seeds of {found['seed']}, first drawn for this; the bars of .25 to .35 nats, and what counts as standing at a set's border, were chosen on those of "
            f"{' and '.join(str(seed) for seed in found['chosen_on'])}. The rule before, .25 nats wherever the set ended, told of 2 of 109 clean draws on the latter. "
            f"The {len(names)} real conversations at hand, of the 17 that the bar names; draws of one conversation overlap, so they are fewer than they look; the larger conversations have fewer of them.",
            render_table(["what", "bar", "measured ± standard error", ""], rows),
        ]
    )  # fmt: skip
