"""The section on what was measured again of the opinion map."""

from bench.report.estimate_sections import Results, format_held, render_table


def render_again(found: Results) -> str:
    """Held-out votes by every method, and the ratio to red-dwarf at 30,000 people."""
    cost, prediction = found["cost"], found["prediction"]
    methods = list(next(iter(prediction.values())))
    rows: list[list[object]] = [
        [name, *(f"{losses[method]:.3f}" for method in methods), format_held(losses["massline"] == min(losses.values()))]
        for name, losses in prediction.items()
    ]  # fmt: skip
    bars: list[list[object]] = [
        [
            f"{what} ≥ 50 × red-dwarf's map at 30,000 participants",
            f"{cost[key]:.0f} ×",
            format_held(cost[key] >= 50),
        ]
        for what, key in (("map", "map_times_faster"), ("whole estimate", "whole_times_faster"))
    ]
    if large := found.get("large"):
        least = min(large, key=lambda row: row["whole_times_faster"])
        ratios = ", ".join(f"{row['conversation']} {row['whole_times_faster']:.2f} ×" for row in large)
        bars.append(
            [
                f"whole estimate no slower than red-dwarf's map over 1,000 participants ({ratios})",
                f"{least['whole_times_faster']:.2f} × at least",
                format_held(least["whole_times_faster"] >= 1),
            ]
        )
    return "\n\n".join(
        [
            "Parts of the section above measured again, with an engine whose whole estimate also tries every border; one turn each, on a machine that others used too.",
            render_table(["bar", "measured", ""], bars),
            "Held-out votes, log loss (lower is better); *holds* where ours is the lowest:",
            render_table(["conversation", *methods, ""], rows),
        ]
    )
