"""The section on whom lists leave out."""

from collections.abc import Sequence

import numpy as np

from bench.report.estimate_sections import Results, format_held, render_table
from bench.report.opinion_fresh_seeds import format_share

RULES = ("most agreed", "equal shares", "proportional approval", "fewest left out")


def render_representation(found: Results) -> str:
    """Lists of five on real conversations, planted minorities, and costs."""
    return "\n\n".join([_real(found["real"]), _kept(found["kept"], found["seed"]), _costs(found["cpu_s"])])


def _real(rows: Sequence[Results]) -> str:
    listed: list[list[object]] = []
    for row in rows:
        lists = [row["lists"][rule] for rule in RULES]
        best = row["best"]["5"]
        bounds = [row["best"][size] for size in ("3", "5", "10")]
        proven = ", ".join(
            "proven" if b["reached"] == b["at_most"] else f"≤ {b['at_most']:.1%}" for b in bounds
        )
        cells = [f"{one['reached']:.1%} ± {one['se']:.1%}" for one in lists]
        listed.append([row["conversation"], row["voters"], *cells, f"{best['at_most']:.1%}", proven])
    ratios = {
        rule: [row["lists"][rule]["reached"] / row["best"]["5"]["at_most"] for row in rows] for rule in RULES
    }
    told = "; ".join(
        f"{rule} {np.mean(ratio):.3f} ± {np.std(ratio, ddof=1) / len(ratio) ** 0.5:.3f} (least {min(ratio):.3f})"
        for rule, ratio in ratios.items()
    )
    kept = ", ".join(
        f"{rule} {sum(row['lists'][rule]['justified'] for row in rows)} and {sum(row['lists'][rule]['ejr_plus'] for row in rows)} of {len(rows)}"
        for rule in RULES
    )
    head = ["conversation", "voters", *RULES, "no list of five above", "best of 3, 5, 10"]
    return "\n\n".join(
        [
            "Share of voters who agree with at least one of a list of five, out of the hundred statements most agree with, ± standard error over voters.",
            render_table(head, listed),
            f"Coverage against the upper bound of the optimum, mean over conversations ± standard error: {told}.",
            f"Lists that keep justified representation and EJR+: {kept}.",
        ]
    )


def _kept(rows: Sequence[Results], seed: int) -> str:
    listed: list[list[object]] = [
        [
            f"{row['people']} × {row['statements']}, {row['share']:.0%}, {row['own']} of its own",
            *(
                format_share(row["kept"][rule], row["runs"])
                for rule in ("massline", "best coverage", "equal shares")
            ),
        ]
        for row in rows
    ]
    runs = sum(row["runs"] for row in rows)
    kept = sum(row["kept"]["massline"] for row in rows)
    held = format_held(kept / runs >= 0.95)
    return "\n\n".join(
        [
            f"Planted minorities of which the proposal (five statements and up to eight views held by few) holds one of its own; seeds of {seed}, drawn when the method was fixed. "
            f"Over all {format_share(kept, runs)} (bar ≥ 95 %: {held}). Rivals choose as many statements.",
            render_table(["world", "massline", "best coverage alone", "equal shares"], listed),
        ]
    )


def _costs(seconds: Results) -> str:
    rows: list[list[object]] = [
        [what, f"{spent:.3f}", format_held(spent <= 1)] for what, spent in seconds.items()
    ]
    return (
        "1,000 people × 100 statements, list of ten, the dearest of five (bar 1 CPU-s):\n\n"
        + render_table(["what", "CPU s", ""], rows)
    )
