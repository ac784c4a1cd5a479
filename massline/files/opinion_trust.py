"""How far an opinion map can be trusted, in sentences that follow from its document."""

from collections.abc import Sequence

from massline.engine.opinion.map_document import (
    GroupingTest,
    MapDimensions,
    MapResult,
    PredictionTest,
    SeedVerdict,
    StatementAnswers,
    VotePatterns,
)
from massline.files.phrases import _, ngettext, number, percent


def trust(result: MapResult, best: StatementAnswers | None) -> list[str]:
    """What was put on trial and what came of it; `best` is the statement in the headline."""
    said = [_dimensions(result.dimensions)] if result.dimensions.draws else []
    said += _groups(result.separation or ())
    said += _seeds(result.verdicts or ())
    if best and best.without_most_influential:
        said.append(
            _(
                "Without the one person in twenty who push it up most, {share} would still agree with the headline."
            ).format(share=percent(best.without_most_influential[-1]))
        )
    return [*said, *_hands(result.hands), *_foresight(result.foresight)]


def _dimensions(found: MapDimensions) -> str:
    return ngettext(
        "{n} dimension of opinion is real: it beats all of {draws} shuffled conversations.",
        "{n} dimensions of opinion are real: they beat all of {draws} shuffled conversations.",
        found.real,
    ).format(n=number(found.real), draws=number(found.draws))


def _groups(tried: Sequence[GroupingTest]) -> list[str]:
    """The grouping that came closest to standing apart, or did."""
    if not tried:
        return []
    best = min(tried, key=lambda row: (row.p_value, row.groups))
    chance = _(
        "{n} groups were put on trial: a crowd without groups looks at least as divided in {p} of cases."
    ).format(n=number(best.groups), p=percent(best.p_value))
    if best.stability is None:
        return [chance]
    again = _("Drawn again, the worst group keeps {share} of its people.").format(
        share=percent(best.stability)
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
            "The verdict was near its border, so {seeds} random draws were asked: {grouped} found groups."
        ).format(seeds=number(seeds), grouped=number(grouped))
    ]


def _hands(found: VotePatterns) -> list[str]:
    straight, copied = found.straight_liners, found.copied_ballots
    if not straight and not copied:
        return [_("No pattern was found of hands pushing the scale.")]
    return [
        _(
            "{straight} people gave one answer throughout and {copied} ballots repeat another vote for vote; without them no statement moves by more than {change} points."
        ).format(straight=number(straight), copied=number(copied), change=f"{found.largest_change * 100:.0f}")
    ]


def _foresight(found: PredictionTest | None) -> list[str]:
    if not found:
        return []
    gain = 1 - found.log_loss / found.shares_only
    return [
        _(
            "One vote in ten was hidden and predicted: the map tells {gain} more about them than the totals do."
        ).format(gain=percent(max(gain, 0.0)))
    ]
