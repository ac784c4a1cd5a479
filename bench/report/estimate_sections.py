"""A section of the page for each estimate, from the results its bench left."""

from typing import Any

Results = dict[str, Any]


def render_table(header: list[str], rows: list[list[object]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def format_with_error(found: Results, digits: int = 3) -> str:
    """A value with its standard error."""
    return f"{found['value']:.{digits}f} ± {found['se']:.{digits}f}"


def format_held(yes: bool) -> str:
    return "holds" if yes else "**falls short**"


def render_opinion(found: Results) -> str:
    rows = []
    for row in [*found["real"], *found["synthetic"]]:
        peer = row.get("red_dwarf")
        rows.append(
            [
                row["conversation"],
                f"{row['map']['cpu_s']:.3f}",
                f"{row['whole']['cpu_s']:.2f}",
                f"{peer['cpu_s']:.2f}" if peer else "not run",
                f"{row['map_times_faster']:.1f} ×" if peer else "–",
                f"{row['whole_times_faster']:.1f} ×" if peer else "–",
                f"{row['whole']['peak_mb']} / {peer['peak_mb']}" if peer else row["whole"]["peak_mb"],
            ]
        )
    speed = render_table(
        [
            "conversation",
            "map, CPU s",
            "whole, CPU s",
            "red-dwarf map, CPU s",
            "map",
            "whole",
            "peak MB, ours / theirs",
        ],
        rows,
    )
    parts = [speed, _bars_of_opinion(found), _calling(found["calling"]), _prediction(found), _parity(found)]
    return "\n\n".join(parts)


def _bars_of_opinion(found: Results) -> str:
    large = [conversation for conversation in found["real"] if conversation["conversation"] in LARGE]
    slowest = min(large, key=lambda one: one["map_times_faster"])
    heaviest = min(large, key=lambda one: one["whole_times_faster"])
    many = {conversation["conversation"]: conversation for conversation in found["synthetic"]}
    million, thirty = many["1,000,000 people"], many["30,000 people"]
    rows: list[list[object]] = [
        ["map ≥ 8 × red-dwarf on every real conversation over 1,000 participants", f"{slowest['map_times_faster']:.1f} × ({slowest['conversation']})", format_held(slowest["map_times_faster"] >= 8)],
        ["whole no slower than red-dwarf's map there", f"{heaviest['whole_times_faster']:.2f} × ({heaviest['conversation']})", format_held(heaviest["whole_times_faster"] >= 1)],
        ["map ≥ 50 × at 30,000 participants", f"{thirty['map_times_faster']:.0f} ×", format_held(thirty["map_times_faster"] >= 50)],
        ["whole ≥ 50 × red-dwarf's map at 30,000 participants", f"{thirty['whole_times_faster']:.0f} ×", format_held(thirty["whole_times_faster"] >= 50)],
        ["1 M × 1,000, 32 M votes: map ≤ 8 CPU-s", f"{million['map']['cpu_s']:.1f}", format_held(million["map"]["cpu_s"] <= 8)],
        ["… whole ≤ 60 CPU-s", f"{million['whole']['cpu_s']:.1f}", format_held(million["whole"]["cpu_s"] <= 60)],
        ["… ≤ 800 MB on one thread", million["whole"]["peak_mb"], format_held(million["whole"]["peak_mb"] <= 800)],
        ["a new vote into a fresh map ≤ 50 ms at 1,000 statements", f"{max(found['new_vote_ms'].values()):.0f} ms", format_held(max(found["new_vote_ms"].values()) <= 50)],
    ]  # fmt: skip
    return render_table(["bar", "measured", ""], rows)


LARGE = {
    "austria-climate.2vkxcncppn.2022-07-07",
    "austria-climate.5twd2jsnkf.2022-08-08",
    "football-concussions",
    "vtaiwan.uberx",
    "american-assembly.bowling-green",
}


def _calling(found: Results) -> str:
    """The share of simulated conversations, without and with groups, in which groups are found."""
    runs, clouds, camps = found["runs"], found["clouds"], found["camps"]
    rows: list[list[object]] = [
        [cloud, called, camp, hit]
        for (cloud, called), (camp, hit) in zip(clouds.items(), camps.items(), strict=True)
    ]
    of, wrong = runs * len(clouds), sum(clouds.values())
    share = wrong / of
    error = (share * (1 - share) / of) ** 0.5
    sentence = (
        f"How often groups are called, of {runs} simulated conversations each. Over all clouds {wrong} of {of}, "
        f"{share:.1%} ± {error:.1%} (level 5 %: {format_held(share - error <= 0.05)}):"
    )
    header = ["people who differ by degrees", "called groups", "people who stand apart", "called groups"]
    return sentence + "\n\n" + render_table(header, rows)


PREDICTORS = (
    "column means",
    "principal components",
    "Community Notes",
    "Community Notes, multi-group",
    "Community Notes, Gaussian",
)


def _prediction(found: Results) -> str:
    rows: list[list[object]] = []
    for name, scores in found["prediction"].items():
        best = min(value for model, value in scores.items() if model != "massline")
        ours = scores["massline"]
        others = [f"{scores[model]:.3f}" if model in scores else "–" for model in PREDICTORS]
        rows.append([name, f"{ours:.3f}", *others, format_held(ours < best)])
    sentence = (
        "Held-out votes, log loss (one vote in ten hidden; lower is better). *Notes* are Community Notes' scorers written anew as "
        "predictors: one factorisation, one for each of two groups, and a Gaussian kernel over the first dimension:"
    )
    return (
        sentence
        + "\n\n"
        + render_table(
            [
                "conversation",
                "massline",
                "column means",
                "PCA",
                "Notes",
                "Notes, multi-group",
                "Notes, Gaussian",
                "",
            ],
            rows,
        )
    )


def _parity(found: Results) -> str:
    worst = max(conversation["statistics"] for conversation in found["parity"].values())
    return (
        f"Parity (`compatible=True`): Polis's statistics differ from red-dwarf's by at most {worst:.1g} given its labels. "
        "Positions differ by up to 3e-3 where red-dwarf's own solver is randomised."
    )


def render_themes(found: Results) -> str:
    rows: list[list[object]] = []
    for name, row in found["sets"].items():
        ours, peer = row["massline"], row["bertopic"]
        bar = row.get("bar")
        rows.append(
            [
                name,
                row["texts"],
                f"{ours['v']:.3f} / {ours['ari']:.3f}",
                f"{bar[0]} / {bar[1]}" if bar else "–",
                f"{peer['as_it_comes']['v']:.3f} / {peer['as_it_comes']['ari']:.3f}",
                f"{ours['cpu_s']} / {peer['cpu_s']}",
                format_held(ours["v"] >= bar[0] and ours["ari"] >= bar[1]) if bar else "no bar",
            ]
        )
    large, pii = found["large"], found["pii_mini"]
    return "\n\n".join(
        [
            "Same e5 vectors, *detected* languages, BERTopic 0.17 as it comes in one run; V measure / adjusted Rand.",
            render_table(["set", "texts", "massline", "bar", "BERTopic", "CPU s, ours / theirs", ""], rows),
            f"Bar of 1 CPU-s for 4,500 texts: slowest {max(row['massline']['cpu_s'] for row in found['sets'].values())} s. "
            f"200,000 texts: {large['cpu_s']} CPU-s, {large['peak_mb']} MB (bars 150 CPU-s, 1.5 GB). "
            f"Personal data on pii-mini: e-mail recall {pii['recall']['email']:.2f}, phone {pii['recall']['phone']:.2f}, "
            f"names {pii['recall']['name']:.2f} (flagged only), false alarms {sum(pii['false_alarms'].values())}.",
        ]
    )


def render_scale(found: Results) -> str:
    rows: list[list[object]] = [
        [f"{row['votes']:,}", f"{row['people']:,}", row["map_cpu_s"], f"{row['map_cpu_us_a_vote']:.2f}", row["map_wall_s"], row["peak_mb"]["largest_child"]]
        for row in found.values()
    ]  # fmt: skip
    return render_table(
        ["votes", "people", "map, CPU s", "µs a vote", "clock, s", "largest process, MB"], rows
    )
