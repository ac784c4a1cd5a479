"""The section on how few coordinated people change the verdict of the map."""

from bench.report.estimate_sections import Results, format_held, render_table

NEAR, LONGEST, LEAST = 0.25, 60.0, 8


def render_radii(found: Results) -> str:
    """Radius beside brute force by conversation, then the bars."""
    listed = sorted(found["rows"].items(), key=lambda item: item[1]["people"])
    rows: list[list[object]] = [
        [
            name,
            row["people"],
            row.get("groups", "–"),
            row["radius"] if row.get("radius") else row.get("why", "–"),
            _forced(row),
            f"{row['cpu_s']:.0f}",
        ]
        for name, row in listed
    ]
    checked = [row["radius"] / row["brute_force"] for _, row in listed if row.get("brute_force")]
    beyond = sum("brute_force" in row and row["brute_force"] is None for _, row in listed)
    near = sum(abs(ratio - 1) <= NEAR for ratio in checked)
    judged = len(checked) + beyond
    dearest = max((row["cpu_s"] for _, row in listed), default=0.0)
    bars: list[list[object]] = [
        [
            "radius within ± 25 % of brute force, on eight conversations at least",
            f"{near} of {judged}",
            format_held(near >= LEAST) if judged >= LEAST else "too few to judge",
        ],
        ["≤ 60 CPU-s up to 2,000 people", f"{dearest:.0f}", format_held(dearest <= LONGEST)],
    ]
    return "\n\n".join(
        [
            f"Seeds of {found['seed']}, first drawn for this. Brute force: eleven rungs from half to twice the radius, eight attacks each of the "
            "strongest kind, rates made to rise, the size of an even chance between two rungs; its own error is about a rung, 15 %. "
            "Seconds are of a machine that others used too.",
            render_table(["conversation", "people", "groups", "radius", "brute force", "CPU s"], rows),
            render_table(["bar", "measured", ""], bars),
        ]
    )


def _forced(row: Results) -> str:
    if "brute_force" not in row:
        return "–"
    return "beyond twice" if row["brute_force"] is None else f"{row['brute_force']:.0f}"
