"""Trust in an opinion map: sentences that follow from its document."""

from collections.abc import Sequence

from massline.engine.opinion.evidence_schema import (
    GroupingTest,
    MapDimensions,
    PredictionTest,
    SeedVerdict,
    VotePatterns,
)
from massline.engine.opinion.map_schema import MapResult, StatementAnswers
from massline.files.number_phrases import _, ngettext, number_phrase, percent_phrase


def trust_sentences(result: MapResult, best: StatementAnswers | None) -> list[str]:
    """Sentences on what was tested and the outcome; `best` is the statement in the headline."""
    sentences = [_dimensions(result.dimensions)] if result.dimensions.draws else []
    sentences += _groups(result.separation or ())
    sentences += _seeds(result.verdicts or ())
    if best and best.without_most_influential:
        sentences.append(
            _(
                "Without the one in twenty people who push it up most, {share} would still agree "
                "with the headline."
            ).format(share=percent_phrase(best.without_most_influential[-1]))
        )
    return [*sentences, *_hands(result.hands), *_foresight(result.foresight)]


def _dimensions(found: MapDimensions) -> str:
    return ngettext(
        "{n} real dividing line in opinion: stronger than in all of {draws} shuffled versions of the votes.",
        "{n} real dividing lines in opinion: stronger than in all of {draws} shuffled versions of the votes.",
        found.real,
    ).format(n=number_phrase(found.real), draws=number_phrase(found.draws))


def _groups(tried: Sequence[GroupingTest]) -> list[str]:
    """The grouping that came closest to standing apart, or did."""
    if not tried:
        return []
    best = min(tried, key=lambda row: (row.p_value, row.groups))
    chance = _(
        "We tested {n} groups: a crowd without groups looks at least this divided in {p} of cases."
    ).format(n=number_phrase(best.groups), p=percent_phrase(best.p_value))
    if best.stability is None:
        return [chance]
    again = _("When we draw the sample again, even the weakest group keeps {share} of its people.").format(
        share=percent_phrase(best.stability)
    )
    return [chance, again]


def _seeds(asked: Sequence[SeedVerdict]) -> list[str]:
    """How the verdict fared with other random draws; nothing where it was far from its border."""
    seeds = sum(row.seeds for row in asked)
    if seeds < 2:
        return []
    grouped = sum(row.seeds for row in asked if row.groups > 1)
    return [
        _(
            "Whether there are groups was nearly a toss-up, so we drew at random {seeds} times: {grouped} of them found groups."
        ).format(seeds=number_phrase(seeds), grouped=number_phrase(grouped))
    ]


def _hands(found: VotePatterns) -> list[str]:
    straight, copied = found.straight_liners, found.copied_ballots
    if not straight and not copied:
        return [_("We found no sign of anyone pushing the results.")]
    return [
        _(
            "{straight} people gave the same answer to everything, and {copied} ballots are "
            "exact copies of another; without them, no statement changes by more than {change} "
            "points."
        ).format(
            straight=number_phrase(straight),
            copied=number_phrase(copied),
            change=f"{found.largest_change * 100:.0f}",
        )
    ]


def _foresight(found: PredictionTest | None) -> list[str]:
    if not found:
        return []
    gain = 1 - found.log_loss / found.shares_only
    return [
        _(
            "We hid one vote in ten and predicted it: the map tells us {gain} more about those "
            "votes than the totals do."
        ).format(gain=percent_phrase(max(gain, 0.0)))
    ]
