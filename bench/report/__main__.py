"""Write docs/bench.md from the results of the last run of every bench."""

from pathlib import Path
from typing import Any

from bench.report import estimate_sections, mood, mood_surge, pulse
from bench.report.alike_detection import render_alike
from bench.report.decision_radius import render_radii
from bench.report.large_conversation_latency import render_large_square
from bench.report.opinion_fresh_seeds import render_judgement
from bench.report.opinion_partial_rerun import render_again
from bench.report.representation import render_representation
from bench.report.robustness import render_robustness
from bench.results_store import has_results, load_results

ROOT = Path(__file__).parents[2]
SECTIONS = {
    "opinion": estimate_sections.render_opinion,
    "opinion_again": render_again,
    "opinion_robustness": render_robustness,
    "opinion_judgement": render_judgement,
    "opinion_alike": render_alike,
    "opinion_radius": render_radii,
    "representation": render_representation,
    "themes": estimate_sections.render_themes,
    "mood": mood.render_mood,
    "mood_surge": mood_surge.render_section,
    "pulse": pulse.render_pulse,
    "pulse_unseen": pulse.render_unseen,
    "pulse_reachable": pulse.render_reachable,
    "pulse_rivals": pulse.render_rivals,
    "scale": estimate_sections.render_scale,
    "large_square": render_large_square,
}
HEADINGS = {
    "opinion_again": "Opinion, measured again",
    "opinion_judgement": "Opinion: judgement on fresh seeds",
    "opinion_alike": "Opinion: people who answer alike",
    "opinion_radius": "Opinion: how few change the verdict",
    "representation": "Whom a list leaves out",
    "mood_surge": "Mood on the decisive night",
    "pulse_unseen": "Pulse on series held back",
    "pulse_reachable": "Pulse: what can be known on the first days of a burst",
    "pulse_rivals": "Pulse beside AutoETS, CrostonSBA and IMAPA",
    "large_square": "Large conversations, live",
}
FOREWORD = """# How good the estimates are

Written by `make bench`. Peers and baselines ran beside ours in the same run, on the same votes, texts or counts in memory, one
thread; ratios travel, seconds do not. The opinion map and its peer took three turns each, of which the cheapest counts (one turn at
30,000 people and more); of the themes ours is the cheapest of three runs, BERTopic's the only one. The bars are our own; each
number that falls short says so. Data: real conversations, texts, readings and event counts under open licences, named in docs/methods.
"""


def describe_calibration(document: dict[str, Any]) -> str:
    """Say what the fixed work cost in that run, so that its seconds can be compared with those of another machine."""
    spent = document.get("calibration_ms")
    if spent is None:
        return "This run was not calibrated: its seconds are of that machine and hour alone."
    return f"Calibration: the fixed work of bench/machine_speed.py took {spent:.1f} CPU-ms; divide by that to compare machines."


def main() -> None:
    parts = [FOREWORD]
    for name, section in SECTIONS.items():
        if not has_results(name):
            continue
        document = load_results(name)
        title = HEADINGS.get(name, name.replace("_", ": ").capitalize())
        head = f"## {title}\n\nMeasured on {document['day']}. {document['ran_on']}. {describe_calibration(document)}"
        parts.append(f"{head}\n\n{section(document['found'])}")
    (ROOT / "docs" / "bench.md").write_text("\n\n".join(part.strip() for part in parts) + "\n")


if __name__ == "__main__":
    main()
