"""What may be offered for decision and what a decision must carry. Page, verbs and tests read the same reasons."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from massline.desk.decide.models import Demand, Mark, Principle, Verdict
from massline.desk.people.models import Account
from massline.desk.sumup.models import Claim


@dataclass(frozen=True)
class Judged:
    """How members judged one demand against one principle."""

    principle: Principle
    keeps: int
    touches: int
    breaks: int

    @property
    def total(self) -> int:
        return self.keeps + self.touches + self.breaks

    @property
    def majority(self) -> Verdict | None:
        """What more than half of those who judged say; None where no verdict has that many."""
        counts = {Verdict.KEEPS: self.keeps, Verdict.TOUCHES: self.touches, Verdict.BREAKS: self.breaks}
        return next((verdict for verdict, n in counts.items() if 2 * n > self.total), None)

    @property
    def is_broken(self) -> bool:
        return self.majority == Verdict.BREAKS


@dataclass(frozen=True)
class Standing:
    """A demand before the organisation's principles."""

    demand: Demand
    judged: tuple[Judged, ...]

    @property
    def broken(self) -> list[Judged]:
        return [one for one in self.judged if one.is_broken]

    @property
    def unjudged(self) -> list[Judged]:
        return [one for one in self.judged if not one.total]

    @property
    def is_offered(self) -> bool:
        return not self.broken


def standings(demands: Iterable[Demand], principles: Sequence[Principle]) -> list[Standing]:
    """Count every mark once, for any number of demands."""
    demands = list(demands)
    marks = Mark.objects.filter(demand__in=demands).values_list("demand", "principle", "verdict")
    counts = Counter(marks)
    return [
        Standing(
            demand,
            tuple(
                Judged(
                    principle,
                    keeps=counts[demand.pk, principle.pk, Verdict.KEEPS],
                    touches=counts[demand.pk, principle.pk, Verdict.TOUCHES],
                    breaks=counts[demand.pk, principle.pk, Verdict.BREAKS],
                )
                for principle in principles
            ),
        )
        for demand in demands
    ]


@dataclass(frozen=True)
class NoWords:
    """Something that has to be said was left empty."""

    what: str

    def __str__(self) -> str:
        return {
            "title": _("Say in one sentence what was decided."),
            "why": _("Say why. Those who lost will read it."),
            "demand": _("Word the demand: what do we ask, and of whom?"),
            "principle": _("Say the principle in your own words."),
            "question": _("Say what it may be time for."),
            "leaning": _("Say why it leans that way."),
            "forecast": _("Say what we expect."),
            "criterion": _("Say how we shall know, so that nobody argues about it on the day."),
            "change": _("Say what would change it. A decision to wait without that is a decision to forget."),
            "phase": _("Name the phase."),
            "aim": _("Say what is different afterwards."),
            "what": _("Say what we do together."),
            "motion": _("Put it in one sentence that can be answered with yes or no."),
            "speaker": _("Say whom to call."),
            "unity": _("Give it a title and at least one sentence."),
            "instead": _("Say which words you would take instead."),
            "left": _("Say why we leave."),
            "slogan": _("Say it as one would shout it."),
            "force": _("Name the organisation or the office."),
            "move": _("Say what it did."),
            "source": _("Say where that can be read. What nobody can check does not stand here."),
            "retired": _("Say why we let it go. Who asks in a year will read it."),
        }[self.what]


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
    """Most of those who judged it say that this demand breaks a principle."""

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


@dataclass(frozen=True)
class AnsweredAlready:
    def __str__(self) -> str:
        return _("You have answered this already. It is in the box; nobody can tell which answer was yours.")


@dataclass(frozen=True)
class VoteOver:
    def __str__(self) -> str:
        return _("This vote is over. Nothing was changed.")


@dataclass(frozen=True)
class TooFewVoted:
    have: int
    need: int

    def __str__(self) -> str:
        return _("Not enough yet: %(have)d have voted, the count needs %(need)d. The box stays closed.") % {
            "have": self.have,
            "need": self.need,
        }


@dataclass(frozen=True)
class PrivatePerson:
    name: str

    def __str__(self) -> str:
        return _("“%(name)s” reads like a private person. Write the office or the organisation.") % {
            "name": self.name
        }


@dataclass(frozen=True)
class ThereAlready:
    name: str

    def __str__(self) -> str:
        return _("“%(name)s” stands here already. Nothing was added.") % {"name": self.name}


@dataclass(frozen=True)
class NotLikely:
    percent: int

    def __str__(self) -> str:
        return _("Nothing is certain: say a number from 1 to 99 instead of %(n)d.") % {"n": self.percent}


@dataclass(frozen=True)
class EndsBefore:
    day: date

    def __str__(self) -> str:
        return _("It ends before it begins.")


@dataclass(frozen=True)
class TooFewHere:
    here: int
    need: int

    def __str__(self) -> str:
        return _("%(here)d are here, the motion needs %(need)d. Nothing was closed.") % {
            "here": self.here,
            "need": self.need,
        }


@dataclass(frozen=True)
class MoreVotesThanPeople:
    votes: int
    people: int

    def __str__(self) -> str:
        return _("%(votes)d votes and %(people)d people do not fit. Count again; nothing was closed.") % {
            "votes": self.votes,
            "people": self.people,
        }


@dataclass(frozen=True)
class NoSuchCode:
    def __str__(self) -> str:
        return _("This code opens nothing: it is mistyped or used already. Ask for a new one.")


@dataclass(frozen=True)
class NotOurFile:
    def __str__(self) -> str:
        return _(
            "This is not a file of points of unity, or it was cut off. Nothing was taken in; paste it whole."
        )


@dataclass(frozen=True)
class NothingCarried:
    def __str__(self) -> str:
        return _("There is no sentence yet that everybody can at least live with.")


@dataclass(frozen=True)
class NotEndorsed:
    have: int
    need: int

    def __str__(self) -> str:
        return _("It goes out when everybody stands behind it: %(have)d of %(need)d do.") % {
            "have": self.have,
            "need": self.need,
        }


@dataclass(frozen=True)
class NotPublic:
    def __str__(self) -> str:
        return _("This organisation has no public face: nothing of it goes to the square.")


Reason = (
    NotPublic
    | NoSuchCode
    | NotOurFile
    | NothingCarried
    | NotEndorsed
    | EndsBefore
    | TooFewHere
    | MoreVotesThanPeople
    | NotLikely
    | PrivatePerson
    | ThereAlready
    | AnsweredAlready
    | VoteOver
    | TooFewVoted
    | NoWords
    | NoDemands
    | NoClaims
    | BreaksPrinciple
    | NotSigned
    | NotOurs
    | NoOwner
    | OwnerNotHere
    | NoReviewDate
    | ReviewNotAhead
)


class Refused(Exception):
    """A verb was refused; `reasons` says everything that stands in its way."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = tuple(reasons)


def refuse(reasons: Sequence[Reason]) -> None:
    if reasons:
        raise Refused(reasons)


def not_offered(demands: Sequence[Demand], principles: Sequence[Principle]) -> list[Reason]:
    """Which demands break which principle."""
    return [
        BreaksPrinciple(standing.demand, one.principle, one.breaks, one.total)
        for standing in standings(demands, principles)
        for one in standing.broken
    ]


def unsigned(claims: Iterable[Claim]) -> list[Reason]:
    return [NotSigned(claim) for claim in claims if claim.sum_up.is_draft]
