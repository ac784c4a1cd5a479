"""The section on what coordinated people can do to the opinion map."""

from bench.report.estimate_sections import Results, format_held, render_table


def render_robustness(found: Results) -> str:
    """Each bar with its number and standard error."""
    rows: list[list[object]] = [
        [
            row["what"],
            f"{'≥' if row['at_least'] else '≤'} {row['bar']:.0%}" if row["bar"] else "–",
            f"{row['count']} of {row['runs']}, {row['count'] / row['runs']:.1%} ± {row['se']:.1%}",
            format_held(row["holds"]) if row["bar"] else "",
        ]
        for row in found["bars"]
    ]
    parts = [
        f"Seeds of {found['seed']}, first drawn when the method was fixed. {found.get('note', '')}".strip()
    ]
    parts.append(render_table(["what", "bar", "measured ± standard error", ""], rows))
    return "\n\n".join(parts)
