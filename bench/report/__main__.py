"""Write docs/bench.md from the results of the last run of every bench."""

from pathlib import Path

from bench.report import mood_sets, mood_surge, pulse, tables
from bench.report.large_square import render_large_square
from bench.report.robustness import render_robustness
from bench.results_store import load_results

ROOT = Path(__file__).parents[2]
SECTIONS = {
    "opinion": tables.render_opinion,
    "opinion_robustness": render_robustness,
    "themes": tables.render_themes,
    "mood": mood_sets.render_mood,
    "mood_surge": mood_surge.render_section,
    "pulse": pulse.render_pulse,
    "pulse_unseen": pulse.render_unseen,
    "scale": tables.render_scale,
    "large_square": render_large_square,
}
HEADINGS = {
    "mood_surge": "Mood on the decisive night",
    "pulse_unseen": "Pulse on series held back",
    "large_square": "Large conversations, live",
}
FOREWORD = """# How good the estimates are

Written by `make bench`. Peers and baselines ran beside ours in the same run, on the same votes, texts or counts in memory, one
thread; ratios travel, seconds do not. The opinion map and its peer took three turns each, of which the cheapest counts (one turn at
30,000 people and more); of the themes ours is the cheapest of three runs, BERTopic's the only one. The bars are our own; each
number that falls short says so. Data: real conversations, texts, readings and event counts under open licences, named in docs/methods.
"""


def main() -> None:
    parts = [FOREWORD]
    for name, section in SECTIONS.items():
        document = load_results(name)
        title = HEADINGS.get(name, name.replace("_", ": ").capitalize())
        head = f"## {title}\n\nMeasured on {document['day']}. {document['ran_on']}."
        parts.append(f"{head}\n\n{section(document['found'])}")
    (ROOT / "docs" / "bench.md").write_text("\n\n".join(part.strip() for part in parts) + "\n")


if __name__ == "__main__":
    main()
