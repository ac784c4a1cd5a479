"""The section on groups, knots and borders judged on fresh seeds."""

from bench.report.estimate_sections import Results, format_held, render_table

LARGE = "camps: "
SMALL_CAMPS = ("opposed, 30 × 5", "opposed, 60 × 10")


def format_share(count: int, runs: int) -> str:
    share = count / runs
    return f"{count} of {runs}, {share:.1%} ± {(share * (1 - share) / runs) ** 0.5:.1%}"


def render_judgement(found: Results) -> str:
    """Each bar with its number and standard error, then what happens near the border."""
    counts = found["counts"]
    clouds = {name: row for name, row in counts.items() if name.startswith("cloud: ")}
    camps = {name: row for name, row in counts.items() if name.startswith("camps: ")}
    knots = {name: row for name, row in counts.items() if name.startswith("knot: ")}
    large = {name: row for name, row in camps.items() if not any(small in name for small in SMALL_CAMPS)}
    worst = max(clouds, key=lambda name: clouds[name]["called"] / clouds[name]["runs"])
    rows: list[list[object]] = [
        _bar("clouds called groups, eight worlds", "≤ 5%", _sum(clouds, "called"), _sum(clouds, "runs"), 0.05),
        _bar(f"the worst of them, {worst.removeprefix('cloud: ')}", "≤ 8%", clouds[worst]["called"], clouds[worst]["runs"], 0.08),
        _bar("cloud and knot, 24 worlds: real people cut", "≤ 5%", _sum(knots, "cut"), _sum(knots, "runs"), 0.05),
        _bar("camps: power lost to border trials, net", "≤ 3%", _sum(camps, "lost") - _sum(camps, "won"), _sum(camps, "runs"), 0.03),
        _bar("… at 150 people and more, net", "≤ 1%", _sum(large, "lost") - _sum(large, "won"), _sum(large, "runs"), 0.01),
    ]  # fmt: skip
    parts = [
        f"Seeds of {found['seed']}, first drawn for this; {found['rounds']} conversations of each world, as many as the processor "
        "time given allowed. Power is compared conversation by conversation with the same estimate without border trials.",
        render_table(["what", "bar", "measured ± standard error", ""], rows),
        "Camps found, with and without border trials, and said to be too close to call:",
        render_table(
            ["camps", "found", "without border trials", "too close to call"],
            [
                [
                    name.removeprefix("camps: "),
                    format_share(row["called"], row["runs"]),
                    format_share(row["called_before"], row["runs"]),
                    row["too_close"],
                ]
                for name, row in camps.items()
            ],
        ),
    ]
    near = {name: row for name, row in camps.items() if row.get("pairs")}
    if near:
        told = format_share(_sum(near, "contradicts"), _sum(near, "pairs"))
        parts.append(
            f"Near the border ({', '.join(name.removeprefix('camps: ') for name in near)}) two seeds of the estimate contradict each other, "
            f"one finding groups and the other a spectrum with neither too close to call, in {told}."
        )
    return "\n\n".join(parts)


def _sum(rows: Results, key: str) -> int:
    return sum(int(row.get(key, 0)) for row in rows.values())


def _bar(what: str, bar: str, count: int, runs: int, most: float) -> list[object]:
    told = format_share(max(count, 0), runs) if count >= 0 else f"{count} of {runs}, {count / runs:.1%}"
    return [what, bar, told, format_held(count / runs <= most)]
