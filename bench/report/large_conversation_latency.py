"""Large conversations in the product as a table, each figure beside its bar and the machine's calibration."""

from bench.report.estimate_sections import Results, format_held, render_table


def render_large_square(found: Results) -> str:
    rows: list[list[object]] = [_row(found[name]) for name in ("small", "middle", "large") if name in found]
    largest = found.get("large")
    thousand = found.get("middle") or found["small"]
    bars: list[list[object]] = [
        [
            f"a new vote into a fresh map ≤ 50 ms at 1,000 statements ({thousand['votes']:,} votes)",
            f"{thousand['new_votes_ms']:.0f} ms",
            format_held(thousand["new_votes_ms"] <= 50),
        ],
        _bar("results page ≤ 60 ms at 1 M votes × 4,000 statements", largest, "results_ms", 60),
        _bar("vote page ≤ 15 ms there", largest, "vote_page_ms", 15),
    ]
    heads = [
        "conversation",
        "calibration, ms",
        "map from scratch, s",
        "six new votes into a fresh map, ms",
        "results page, ms",
        "every statement, ms",
        "vote page, ms",
    ]
    return "\n\n".join(
        [
            "In the product, on SQLite: the worker's job and whole pages, by processor time of one process. The calibration is a "
            "fixed piece of work, before and after; in brackets each figure in units of it, which travel to other machines.",
            render_table(heads, rows),
            render_table(["bar", "measured", ""], bars),
        ]
    )


def _bar(what: str, one: Results | None, key: str, most: float) -> list[object]:
    if one is None:
        return [what, "not run yet", ""]
    return [f"{what} ({one['votes']:,} votes)", f"{one[key]:.0f} ms", format_held(one[key] <= most)]


def _row(one: Results) -> list[object]:
    unit = sum(one["calibration_ms"]) / len(one["calibration_ms"])
    return [
        f"{one['votes']:,} votes of {one['people']:,} people on {one['statements']:,} statements",
        " / ".join(f"{ms:g}" for ms in one["calibration_ms"]),
        f"{one['from_scratch_s']:.2f} ({1000 * one['from_scratch_s'] / unit:.0f})",
        *(
            f"{one[key]:.0f} ({one[key] / unit:.1f})"
            for key in ("new_votes_ms", "results_ms", "every_statement_ms", "vote_page_ms")
        ),
    ]
