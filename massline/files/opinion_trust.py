"""How far an opinion map can be trusted, in sentences that follow from its document."""

from collections.abc import Mapping, Sequence
from typing import Any

from massline.files.phrases import _, ngettext, number, percent

Row = Mapping[str, Any]


def trust(result: Row, best: Row | None) -> list[str]:
    """What was put on trial and what came of it; `best` is the statement in the headline."""
    said = [_dimensions(result["dimensions"])] if result["dimensions"]["draws"] else []
    said += _groups(result.get("separation", ()))
    if best and best.get("without_most_influential"):
        said.append(
            _(
                "Without the one person in twenty who push it up most, {share} would still agree with the headline."
            ).format(share=percent(best["without_most_influential"][-1]))
        )
    return [*said, *_hands(result.get("hands") or {}), *_foresight(result.get("foresight"))]


def _dimensions(found: Row) -> str:
    return ngettext(
        "{n} dimension of opinion is real: it beats all of {draws} shuffled conversations.",
        "{n} dimensions of opinion are real: they beat all of {draws} shuffled conversations.",
        found["real"],
    ).format(n=number(found["real"]), draws=number(found["draws"]))


def _groups(tried: Sequence[Row]) -> list[str]:
    """The grouping that came closest to standing apart, or did."""
    if not tried:
        return []
    best = min(tried, key=lambda row: (row["p_value"], row["groups"]))
    chance = _(
        "{n} groups were put on trial: a crowd without groups looks at least as divided in {p} of cases."
    ).format(n=number(best["groups"]), p=percent(best["p_value"]))
    if best["stability"] is None:
        return [chance]
    again = _("Drawn again, the worst group keeps {share} of its people.").format(
        share=percent(best["stability"])
    )
    return [chance, again]


def _hands(found: Row) -> list[str]:
    straight, copied = found.get("straight_liners", 0), found.get("copied_ballots", 0)
    if not straight and not copied:
        return [_("No pattern was found of hands pushing the scale.")] if found else []
    return [
        _(
            "{straight} people gave one answer throughout and {copied} ballots repeat another vote for vote; without them no statement moves by more than {change} points."
        ).format(
            straight=number(straight), copied=number(copied), change=f"{found['largest_change'] * 100:.0f}"
        )
    ]


def _foresight(found: Row | None) -> list[str]:
    if not found:
        return []
    gain = 1 - found["log_loss"] / found["shares_only"]
    return [
        _(
            "One vote in ten was hidden and predicted: the map tells {gain} more about them than the totals do."
        ).format(gain=percent(max(gain, 0.0)))
    ]
