"""Check of the numbers in a claim against the data it cites, with the nearest correct figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.sumup.claims.cited_figures import CitedData, Figure
from massline.desk.sumup.claims.models import Claim
from massline.desk.sumup.claims.number_parser import Number, parse_numbers

ROUND_ENOUGH = 0.1
FRACTION_ENOUGH = 0.05


@dataclass(frozen=True)
class Unsupported:
    """A number that the cited data do not support, and the nearest figures that they do."""

    number: Number
    right: tuple[Figure, ...]

    def __str__(self) -> str:
        figures = "; ".join(str(figure) for figure in self.right) or _(
            "the words you quote contain no number"
        )
        return _("“%(number)s” does not match the data. The data show: %(right)s.") % {
            "number": self.number.words,
            "right": figures,
        }


def unsupported_numbers(claim: Claim, evidence: CitedData) -> list[Unsupported]:
    """Numbers of a claim that neither its citations nor the figures of the round support."""
    numbers = parse_numbers(claim.text)
    if not numbers:
        return []
    quoted = [number for citation in claim.citations.all() for number in parse_numbers(citation.text)]
    own, general = evidence.of(claim), evidence.general
    return [
        Unsupported(number, _nearest(number, own, general))
        for number in numbers
        if not any(_same(number, other) for other in quoted)
        and not any(figure_supports_number(part, number) for part in [*own, *_also(number, own, general)])
    ]


def _also(number: Number, own: Sequence[Figure], general: Sequence[Figure]) -> Sequence[Figure]:
    """Figures of the round that may support a number; none for a share if the claim cites votes of its own."""
    return () if number.kind != "count" and any(part.whole for part in own) else general


def _same(number: Number, quoted: Number) -> bool:
    return (number.kind, number.value, number.whole) == (quoted.kind, quoted.value, quoted.whole)


def figure_supports_number(figure: Figure, number: Number) -> bool:
    """True if a figure supports a number to the precision in which it is written.

    >>> seventy, fifty_six = Number(0, "70 %", "share", 0.7), Number(0, "56", "count", 56)
    >>> [figure_supports_number(Figure(56, 80, ""), number) for number in (seventy, fifty_six)]
    [True, True]
    >>> figure_supports_number(Figure(56, 80, ""), Number(0, "nine in ten", "ratio", 9, 10))
    False
    """
    if number.kind == "count":
        return any(_near(number, count) for count in (figure.part, figure.whole) if count)
    if not figure.whole:
        return False
    if number.kind == "share":
        enough = FRACTION_ENOUGH if number.rough else 0.005
        return abs(figure.share - number.value) <= enough + 1e-9
    if (figure.part, figure.whole) == (number.value, number.whole):
        return True
    return number.whole <= 10 and abs(figure.share - number.value / number.whole) <= 0.5 / number.whole


def _near(number: Number, count: int) -> bool:
    return abs(count - number.value) <= (ROUND_ENOUGH * count if number.rough else 0)


def _nearest(number: Number, own: Sequence[Figure], general: Sequence[Figure]) -> tuple[Figure, ...]:
    """The three nearest figures of the claim's citations, else of the round."""
    shares = number.kind != "count"
    wanted = number.value / number.whole if number.whole else number.value

    def distance(figure: Figure) -> float:
        if shares:
            return abs(figure.share - wanted)
        return min(abs(n - wanted) / max(wanted, 1) for n in (figure.part, figure.whole or figure.part))

    for parts in (own, general):
        fit = [figure for figure in parts if figure.whole or not shares]
        if fit:
            return tuple(sorted(fit, key=distance)[:3])
    return ()
