"""What may be offered for decision and what a decision must carry. Page, verbs and tests read the same reasons."""

from collections.abc import Iterable, Sequence

from massline.desk.decide.models.demands import Demand
from massline.desk.decide.models.principles import Principle
from massline.desk.decide.rules.deciding import (
    BreaksPrinciple,
    NoClaims,
    NoDemands,
    NoOwner,
    NoReviewDate,
    NotOurs,
    NotSigned,
    OwnerNotHere,
    ReviewNotAhead,
)
from massline.desk.decide.rules.judging import (
    Judged,
    Standing,
    standings,
)
from massline.desk.decide.rules.uniting import (
    NoSuchCode,
    NotEndorsed,
    NothingCarried,
    NotOurFile,
    NotPublic,
)
from massline.desk.decide.rules.voting import (
    AnsweredAlready,
    MoreVotesThanPeople,
    TooFewHere,
    TooFewVoted,
    VoteOver,
)
from massline.desk.decide.rules.wording import (
    EndsBefore,
    NotLikely,
    NoWords,
    PrivatePerson,
    ThereAlready,
)
from massline.desk.sumup.models.sum_up import Claim

__all__ = [
    "AnsweredAlready",
    "BreaksPrinciple",
    "EndsBefore",
    "Judged",
    "MoreVotesThanPeople",
    "NoClaims",
    "NoDemands",
    "NoOwner",
    "NoReviewDate",
    "NoSuchCode",
    "NoWords",
    "NotEndorsed",
    "NotLikely",
    "NotOurFile",
    "NotOurs",
    "NotPublic",
    "NotSigned",
    "NothingCarried",
    "OwnerNotHere",
    "PrivatePerson",
    "Reason",
    "ReviewNotAhead",
    "Standing",
    "ThereAlready",
    "TooFewHere",
    "TooFewVoted",
    "VoteOver",
    "not_offered",
    "standings",
    "unsigned",
]

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


def not_offered(demands: Sequence[Demand], principles: Sequence[Principle]) -> list[Reason]:
    """Which demands break which principle."""
    return [
        BreaksPrinciple(standing.demand, one.principle, one.breaks, one.total)
        for standing in standings(demands, principles)
        for one in standing.broken
    ]


def unsigned(claims: Iterable[Claim]) -> list[Reason]:
    return [NotSigned(claim) for claim in claims if claim.sum_up.is_draft]
