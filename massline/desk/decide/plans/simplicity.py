"""Is the plan simple enough to be carried out? What is missing or too much, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.decide.phrasing import asks_twice
from massline.desk.decide.plans.models import Mobilisation, Phase, Reach, Readiness

MOST_IN_A_WEEK = 2
MOST_IN_A_PHASE = 4


@dataclass(frozen=True)
class SimplicityWarning:
    """One thing worth a second look."""

    what: str
    say: str


def check_simplicity(
    phases: Sequence[Phase], readiness: Sequence[Readiness], language: str
) -> list[SimplicityWarning]:
    """Everything that makes the plan hard to carry out; `phases` with their mobilisations loaded."""
    doings = [(phase, list(phase.mobilisations.all())) for phase in phases]
    everything = [one for _phase, here in doings for one in here]
    return [
        *_owners(everything),
        *_asks(doings, everything, language),
        *_balance(everything),
        *_staying(phases),
        *_safety(everything, readiness),
    ]


def _owners(everything: Sequence[Mobilisation]) -> Iterator[SimplicityWarning]:
    n = sum(one.owner_id is None for one in everything)
    if n:
        yield SimplicityWarning(
            "owner",
            ngettext("%(n)d thing has no owner.", "%(n)d things have no owner.", n) % {"n": n},
        )


def _asks(
    doings: Sequence[tuple[Phase, Sequence[Mobilisation]]], everything: Sequence[Mobilisation], language: str
) -> Iterator[SimplicityWarning]:
    for phase, here in doings:
        if len(here) > MOST_IN_A_PHASE:
            told = {"n": len(here), "phase": phase}
            yield SimplicityWarning(
                "many", _("“%(phase)s” asks for %(n)d things. Few people follow more than four.") % told
            )
    days = sorted(one.day for one in everything)
    if any(
        last - first < timedelta(days=7) for first, last in zip(days, days[MOST_IN_A_WEEK:], strict=False)
    ):
        yield SimplicityWarning("week", _("More than two asks fall within one week."))
    for one in everything:
        if not one.ask.strip():
            yield SimplicityWarning(
                "ask", _("“%(what)s” does not say what it asks of people.") % {"what": one}
            )
        elif asks_twice(one.ask, language):
            yield SimplicityWarning("one ask", _("“%(what)s” asks two things at once.") % {"what": one})


def _balance(everything: Sequence[Mobilisation]) -> Iterator[SimplicityWarning]:
    reaches = [one.reach for one in everything]
    if reaches and Reach.BREADTH not in reaches:
        yield SimplicityWarning(
            "breadth", _("Everything presses; nothing is open to those who come for the first time.")
        )
    if len(reaches) > 1 and Reach.EDGE not in reaches:
        yield SimplicityWarning("edge", _("Everything is broad; nothing presses the one who decides."))
    if reaches and reaches[0] == Reach.EDGE and Reach.BREADTH in reaches:
        yield SimplicityWarning("order", _("It begins with the edge. Begin with what many can join."))


def _staying(phases: Sequence[Phase]) -> Iterator[SimplicityWarning]:
    for phase in phases:
        if not phase.stays.strip():
            yield SimplicityWarning(
                "stays", _("“%(phase)s” does not say who stays when it is over.") % {"phase": phase}
            )


def _safety(
    everything: Sequence[Mobilisation], readiness: Sequence[Readiness]
) -> Iterator[SimplicityWarning]:
    missing = sum(not one.stands for one in readiness)
    if missing and any(one.reach == Reach.EDGE for one in everything):
        yield SimplicityWarning(
            "ready",
            ngettext(
                "Something presses, and %(n)d safeguard does not stand yet.",
                "Something presses, and %(n)d safeguards do not stand yet.",
                missing,
            )
            % {"n": missing},
        )
