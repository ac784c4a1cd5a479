"""Reasons a demand is not made or not offered for decision; pages, actions and tests read the same ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.core.refusal import Reason
from massline.desk.decide.demands.judgements import count_judgements
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.principles.models import Principle
from massline.desk.sumup.claims.models import Claim


@dataclass(frozen=True)
class NoClaims:
    def __str__(self) -> str:
        return _("A demand needs at least one finding: choose what people said.")


@dataclass(frozen=True)
class BreaksPrinciple:
    """At least half of those who judged it say that this demand breaks a principle."""

    demand: Demand
    principle: Principle
    breaks: int
    total: int

    def __str__(self) -> str:
        return _(
            "“%(demand)s” can’t be decided on: %(breaks)d of %(total)d say it breaks “%(principle)s”"
        ) % {
            "demand": self.demand,
            "principle": self.principle,
            "breaks": self.breaks,
            "total": self.total,
        }


@dataclass(frozen=True)
class NotSigned:
    """The claim's sum-up has no valid signature now."""

    claim: Claim

    def __str__(self) -> str:
        return _("“%(claim)s” is from a summary whose current wording no second organiser has signed.") % {
            "claim": self.claim
        }


@dataclass(frozen=True)
class NotOurs:
    """The row belongs to another organisation."""

    what: str

    def __str__(self) -> str:
        return _("“%(what)s” does not belong to this organisation.") % {"what": self.what}


def find_broken_principles(demands: Sequence[Demand], principles: Sequence[Principle]) -> list[Reason]:
    return [
        BreaksPrinciple(judgement.demand, broken.principle, broken.breaks, broken.total)
        for judgement in count_judgements(demands, principles)
        for broken in judgement.broken
    ]


def find_unsigned(claims: Iterable[Claim]) -> list[Reason]:
    return [NotSigned(claim) for claim in claims if claim.sum_up.is_draft]
