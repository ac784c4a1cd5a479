"""Warnings where a plan is too complicated to be carried out, or lacks something."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from massline.desk.decide.plain_language_checks import asks_twice
from massline.desk.decide.plans.models import Mobilisation, Phase, Reach, Readiness

MOST_IN_A_WEEK = 2
MOST_IN_A_PHASE = 4
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class SimplicityWarning:
    """A warning, by what it is about, and its sentence."""

    what: str
    say: str


def find_complexity_warnings(
    phases: Sequence[Phase], readiness: Sequence[Readiness], language: str
) -> list[SimplicityWarning]:
    """Return every warning about a plan; `phases` with their mobilisations loaded."""
    mobilisations = [mobilisation for phase in phases for mobilisation in phase.mobilisations.all()]
    return [
        *_owners(mobilisations),
        *_phases(phases),
        *_weeks(mobilisations),
        *_asks(mobilisations, language),
        *_balance(mobilisations),
        *_staying(phases),
        *_safety(mobilisations, readiness),
    ]


def _owners(mobilisations: Sequence[Mobilisation]) -> Iterator[SimplicityWarning]:
    n = sum(mobilisation.owner_id is None for mobilisation in mobilisations)
    if n:
        yield SimplicityWarning(
            "owner",
            ngettext("%(n)d thing has nobody responsible.", "%(n)d things have nobody responsible.", n)
            % {"n": n},
        )


def _phases(phases: Sequence[Phase]) -> Iterator[SimplicityWarning]:
    for phase in phases:
        n = len(phase.mobilisations.all())
        if n > MOST_IN_A_PHASE:
            yield SimplicityWarning(
                "many",
                _("“%(phase)s” asks for %(n)d things. Few people can follow more than four.")
                % {"n": n, "phase": phase},
            )


def _weeks(mobilisations: Sequence[Mobilisation]) -> Iterator[SimplicityWarning]:
    days = sorted(mobilisation.day for mobilisation in mobilisations)
    if any(last - first < WEEK for first, last in zip(days, days[MOST_IN_A_WEEK:], strict=False)):
        yield SimplicityWarning("week", _("More than two asks in one week."))


def _asks(mobilisations: Sequence[Mobilisation], language: str) -> Iterator[SimplicityWarning]:
    for mobilisation in mobilisations:
        what = {"what": mobilisation}
        if not mobilisation.ask.strip():
            yield SimplicityWarning("ask", _("“%(what)s” doesn’t say what you ask people to do.") % what)
        elif asks_twice(mobilisation.ask, language):
            yield SimplicityWarning("one ask", _("“%(what)s” asks for two things at once.") % what)


def _balance(mobilisations: Sequence[Mobilisation]) -> Iterator[SimplicityWarning]:
    reaches = [mobilisation.reach for mobilisation in mobilisations]
    if reaches and Reach.BREADTH not in reaches:
        yield SimplicityWarning(
            "breadth", _("Everything puts on pressure; there is nothing newcomers can join.")
        )
    if len(reaches) > 1 and Reach.EDGE not in reaches:
        yield SimplicityWarning(
            "edge", _("Everything is open to all; nothing puts pressure on whoever decides.")
        )
    if reaches and reaches[0] == Reach.EDGE and Reach.BREADTH in reaches:
        yield SimplicityWarning("order", _("It starts with pressure. Start with something many can join."))


def _staying(phases: Sequence[Phase]) -> Iterator[SimplicityWarning]:
    for phase in phases:
        if not phase.stays.strip():
            yield SimplicityWarning(
                "stays", _("“%(phase)s” doesn’t say who stays active when it is over.") % {"phase": phase}
            )


def _safety(
    mobilisations: Sequence[Mobilisation], readiness: Sequence[Readiness]
) -> Iterator[SimplicityWarning]:
    missing = sum(not safeguard.stands for safeguard in readiness)
    if missing and any(mobilisation.reach == Reach.EDGE for mobilisation in mobilisations):
        yield SimplicityWarning(
            "ready",
            ngettext(
                "You plan pressure, and %(n)d safeguard is not ready.",
                "You plan pressure, and %(n)d safeguards are not ready.",
                missing,
            )
            % {"n": missing},
        )
