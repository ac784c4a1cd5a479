"""The mood on real sets and simulated worlds as tables, each beside its bar."""

from bench.report.estimate_sections import Results, format_held, format_with_error, render_table

BEFORE_LEAPS = {
    "US 2016 states, masked": -4.222,
    "US 2016 states, next week": -4.276,
    "covid approval, Trump, next week": -4.568,
    "covid approval, Biden, next week": -4.204,
    "dgo abortion, masked": -1.798,
    "demsup, masked": -6.132,
}
"""Log densities of engine 2, which knew no leaps, by the same nodes."""


def render_mood(found: Results) -> str:
    worlds: list[list[object]] = [
        [
            row["world"],
            format_with_error(row["cover90"]),
            format_held(0.88 <= row["cover90"]["value"] <= 0.92),
        ]
        for row in found["simulation"]
    ]
    good = sum(0.88 <= row["cover90"]["value"] <= 0.92 for row in found["simulation"])
    speed: list[list[object]] = [
        [
            row["size"],
            row["full_cpu_s"],
            row["update_cpu_s"],
            format_held(row["full_cpu_s"] <= 1 and row["update_cpu_s"] <= 0.03)
            if "50 x" in row["size"]
            else "",
        ]
        for row in found["speed"]
    ]
    heads = [
        "real set",
        "rows",
        "massline",
        "static",
        "engine 2",
        "over a window mean",
        "90 % interval covers",
        "after a miss",
        "",
    ]
    return "\n\n".join(
        [
            "Log density of held-out readings (higher is better) beside a static model with the same terms. Bars: no more than "
            "a standard error below engine 2; with fewer than a hundred readings known no worse than a window mean, whose "
            "weight is the best in hindsight. *After a miss*: how often the interval holds the next reading of a section "
            "whose last one it missed.",
            render_table(heads, [_real(row) for row in found["real"]]),
            "Simulated worlds: how often the 90 % interval holds the truth (bar .88 to .92 in at least six of eight: "
            f"{format_held(good >= 6)} with {good}):",
            render_table(["world", "covers", ""], worlds),
            "CPU seconds while other work ran on both cores; bars at 50 x 52: full fit 1 s, update .03 s.",
            render_table(["sections × weeks or days", "full fit, CPU s", "update, CPU s", ""], speed),
            "Alarms for a turn that lasts, .5 false ones a unit and year asked for. For a single section ours is **no better** "
            "than a change point on its raw counts; groups of sections together are where it helps:"
            + found.get("alarm_note", ""),
            render_table(["detector", "false alarms a unit and year", "largest jump tried, found within 28 days"], _alarms(found)),
        ]
    )  # fmt: skip


def _real(one: Results) -> list[object]:
    ours, static = one["models"]["massline"], one["models"]["static, same terms"]
    before, window = BEFORE_LEAPS.get(one["task"]), one["lpd_over_window"]
    missed = one.get("cover90_after_a_miss")
    if before is None:
        passed = window["value"] >= -window["se"]
    else:
        passed = ours["lpd"]["value"] >= before - ours["lpd"]["se"]
    return [
        one["task"],
        one["rows"],
        format_with_error(ours["lpd"]),
        format_with_error(static["lpd"]),
        "–" if before is None else before,
        format_with_error(window),
        format_with_error(ours["cover90"]),
        "–" if missed is None else f"{format_with_error(missed)} of {missed['rows']}",
        format_held(passed),
    ]


def _alarms(found: Results) -> list[list[object]]:
    rows: list[list[object]] = []
    for row in found["alarm"]:
        largest = max(key for key in row if key.startswith("jump_"))
        jump = row[largest]
        caught = f"{jump['within_28_days']:.0%} of {jump['jumps']} ({largest.removeprefix('jump_')} logit)"
        rows.append([row["detector"], f"{row['false_alarms_per_unit_year']} ± {row['se']}", caught])
    return rows
