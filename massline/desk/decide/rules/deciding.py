"""Why a demand is not offered, and what a decision lacks."""

from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from massline.desk.decide.models.demands import Demand
from massline.desk.decide.models.principles import Principle
from massline.desk.people.models import Account
from massline.desk.sumup.models.sum_up import Claim


@dataclass(frozen=True)
class NoDemands:
    def __str__(self) -> str:
        return _("A decision rests on at least one demand.")


@dataclass(frozen=True)
class NoClaims:
    def __str__(self) -> str:
        return _("A demand rests on at least one claim: pick what people said.")


@dataclass(frozen=True)
class BreaksPrinciple:
    """At least half of those who judged it say that this demand breaks a principle."""

    demand: Demand
    principle: Principle
    breaks: int
    total: int

    def __str__(self) -> str:
        return _("“%(demand)s” is not offered: %(breaks)d of %(total)d say it breaks “%(principle)s”") % {
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
        return _("“%(claim)s” is from a sum-up that no second organiser has signed as it stands.") % {
            "claim": self.claim
        }


@dataclass(frozen=True)
class NotOurs:
    """Rows of another organisation: nothing joins two compartments."""

    what: str

    def __str__(self) -> str:
        return _("“%(what)s” does not belong to this organisation.") % {"what": self.what}


@dataclass(frozen=True)
class NoOwner:
    def __str__(self) -> str:
        return _("Nobody owns it. A decision without an owner is a wish.")


@dataclass(frozen=True)
class OwnerNotHere:
    owner: Account

    def __str__(self) -> str:
        return _("%(owner)s is not a member here and cannot own this decision.") % {"owner": self.owner}


@dataclass(frozen=True)
class NoReviewDate:
    def __str__(self) -> str:
        return _("Say when we look at it again. Without that day nobody learns from it.")


@dataclass(frozen=True)
class ReviewNotAhead:
    day: date

    def __str__(self) -> str:
        return _("The review on %(day)s does not lie ahead. Choose a day to come.") % {
            "day": formats.date_format(self.day, "j F Y")
        }
