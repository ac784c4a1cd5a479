"""The decisive night as tables: each measure beside its bar, for both ways of reporting."""

from typing import Any

from bench.report.estimate_sections import format_held, format_with_error, render_table

MEASURES = {
    "error, section that leapt": "error",
    "error of the plain row": "raw_error",
    "90 % interval holds it": "held",
    "error of the others": "error_of_others",
    "90 % interval holds the others": "held_others",
    "unheard sections moved": "unheard_moved",
    "past of the others rewritten": "past_of_others",
    "own past rewritten": "own_past",
    "flagged on the same day": "flagged_same_day",
    "flagged within a week": "flagged_in_a_week",
    "error a week later": "error_a_week_later",
    "false alarms a section and year": "false_alarms_a_section_year",
}
Row = dict[str, Any]


def render_section(found: dict[str, Any]) -> str:
    """All rows, then the bars."""
    rows: list[Row] = found["rows"]
    return "\n\n".join(
        [
            "Small houses drawn outside the model's family: 3 to 8 sections, 2 to 8 weeks of a few reports; on the last "
            "evening one section rises by 1.5 to 3 steps (surge), has done so over four weeks (drift), or one meeting of "
            f"twelve is odd. Seeds from {found['first_seed']:,} on, drawn after the method was fixed; it was chosen on "
            f"{found['chosen_on']}. What moved is told as median / ninth decile over worlds.",
            *(_kind(kind, rows) for kind in ("surge", "drift", "odd")),
            _bars(rows),
            _night(found["night"]["sections"]),
        ]
    )


def _kind(kind: str, rows: list[Row]) -> str:
    mine = [row for row in rows if row["kind"] == kind]
    heads = [f"{kind}, {mine[0]['worlds']} worlds", *(f"{row['model']}, {row['way']}" for row in mine)]
    lines: list[list[object]] = [
        [words, *(_told(row.get(name)) for row in mine)]
        for words, name in MEASURES.items()
        if name in mine[0]
    ]
    return render_table(heads, lines)


def _told(value: Row | None) -> str:
    if value is None:
        return "–"
    return format_with_error(value) if "value" in value else f"{value['median']} / {value['p90']}"


def _bars(rows: list[Row]) -> str:
    lines: list[list[object]] = []
    for way in ("felt", "asked"):
        ours, pooled = (_row(rows, "surge", way, model) for model in ("massline", "pooled week"))
        odd, drift = _row(rows, "odd", way, "massline"), _row(rows, "drift", way, "massline")
        error, raw = ours["error"]["value"], ours["raw_error"]["value"]
        checks = {
            "error ≤ 1.15 × the plain row's": error <= 1.15 * raw,
            "error ≤ .45": error <= 0.45,
            "error below the pooled week's": error < pooled["error"]["value"],
            "90 % interval holds ≥ .85": ours["held"]["value"] >= 0.85,
            "unheard sections move ≤ .10 / .30": _within(ours["unheard_moved"], 0.1, 0.3),
            "others' past ≤ .10 / .25": _within(ours["past_of_others"], 0.1, 0.25),
            "own past ≤ .15 (median)": ours["own_past"]["median"] <= 0.15,
            "flagged on the same day ≥ .60": ours["flagged_same_day"]["value"] >= 0.6,
            "flagged within a week ≥ .90": ours["flagged_in_a_week"]["value"] >= 0.9,
            "≤ .5 false alarms a section and year": ours["false_alarms_a_section_year"]["value"] <= 0.5,
            "an odd meeting called a break ≤ .50": odd["flagged_same_day"]["value"] <= 0.5,
            "a week after it within .6 of the truth": odd["error_a_week_later"]["value"] <= 0.6,
            "drift: 90 % interval holds ≥ .50": drift["held"]["value"] >= 0.5,
        }
        lines += [[way, words, format_held(passed)] for words, passed in checks.items()]
    return render_table(["reported", "bar", ""], lines)


def _night(sections: list[Row]) -> str:
    lines: list[list[object]] = []
    for section in sections:
        if section["section"] == "Block C":
            bar = "4.3 or more, lower end 3.8, a break the same day"
            passed = section["after"] >= 4.3 and section["low90"] >= 3.8 and section["break_the_same_day"]
        else:
            bar, passed = "moves .15 at most", abs(section["moved"]) <= 0.15
        heard, past = f"{section['heard_tonight']:g}", section["past_rewritten"]
        after = f"{section['after']} (lower end {section['low90']})"
        lines.append([section["section"], heard, section["before"], after, past, bar, format_held(passed)])
    return render_table(
        ["the night", "heard tonight", "before", "after", "past rewritten by", "bar", ""],
        lines,
    )


def _within(moved: Row, median: float, p90: float) -> bool:
    return bool(moved["median"] <= median and moved["p90"] <= p90)


def _row(rows: list[Row], kind: str, way: str, model: str) -> Row:
    return next(row for row in rows if (row["kind"], row["way"], row["model"]) == (kind, way, model))
