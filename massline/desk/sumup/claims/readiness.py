"""What a sum-up still lacks before it may be signed or published. Page, verbs and tests read the same reasons."""

from collections.abc import Sequence

from massline.core.refusal import Refused
from massline.desk.people.models import Account, Membership
from massline.desk.people.states import Role
from massline.desk.sumup.claims.citations import is_verbatim, source_of, sources_of
from massline.desk.sumup.claims.models import Claim, SumUp
from massline.desk.sumup.claims.number_check import Evidence, unsupported
from massline.desk.sumup.claims.rules import (
    AlreadyPublished,
    CarriesDemands,
    NoFace,
    NotAnOrganiser,
    NothingToPutBack,
    NotSigned,
    OwnWords,
    QuestionMayPointAtSomebody,
    SomebodyWasFaster,
)
from massline.desk.sumup.claims.text_rules import (
    LookedNowhere,
    MayPointAtSomebody,
    MinorityNotConsidered,
    NoClaims,
    NoNextStep,
    NoSummary,
    NothingHeard,
    NotOfThisRound,
    QuoteChanged,
    QuoteGone,
    Uncited,
    WrongNumber,
)
from massline.desk.sumup.masking.personal_data import Places, waits_for_a_look
from massline.square.organisations.models import PublicOrganisation

__all__ = [
    "AlreadyPublished",
    "CarriesDemands",
    "LookedNowhere",
    "MayPointAtSomebody",
    "MinorityNotConsidered",
    "NoClaims",
    "NoFace",
    "NoNextStep",
    "NoSummary",
    "NotAnOrganiser",
    "NotOfThisRound",
    "NotReady",
    "NotSigned",
    "NothingHeard",
    "NothingToPutBack",
    "OwnWords",
    "QuestionMayPointAtSomebody",
    "QuoteChanged",
    "QuoteGone",
    "Reason",
    "SomebodyWasFaster",
    "Uncited",
    "WrongNumber",
    "about_numbers",
    "about_people",
    "about_words",
    "before_publishing",
    "before_signing",
    "is_organiser",
    "missing",
    "unpublishable",
]


Reason = (
    NothingHeard
    | NoClaims
    | Uncited
    | QuoteChanged
    | QuoteGone
    | NoSummary
    | NoNextStep
    | MinorityNotConsidered
    | LookedNowhere
    | WrongNumber
    | MayPointAtSomebody
    | NothingToPutBack
    | SomebodyWasFaster
    | QuestionMayPointAtSomebody
    | NotSigned
    | OwnWords
    | NotAnOrganiser
    | NoFace
    | AlreadyPublished
    | NotOfThisRound
    | CarriesDemands
)


class NotReady(Refused):
    """A sum-up is not changed, signed or published; the reasons say why."""

    reasons: tuple[Reason, ...]


def missing(
    sum_up: SumUp, *, claims: Sequence[Claim] | None = None, evidence: Evidence | None = None
) -> list[Reason]:
    """What the text itself lacks, whoever looks at it; every citation is held against its source byte for byte.

    A page that shows the claims and the evidence as well gives them, so that neither is fetched twice.
    """
    claims = list(sum_up.claims.with_words()) if claims is None else claims
    evidence = evidence or Evidence(sum_up.round)
    found: list[Reason] = []
    if not (evidence.rests.voices or evidence.rests.votes):
        found.append(NothingHeard())
    if not claims:
        found.append(NoClaims())
    found += about_words(claims)
    found += about_people(claims, evidence.places)
    found += about_numbers(claims, evidence)
    if not sum_up.heard.strip():
        found.append(NoSummary())
    if not sum_up.next_step.strip():
        found.append(NoNextStep())
    if not sum_up.no_minority and not any(claim.minority for claim in claims):
        found.append(MinorityNotConsidered())
    elif sum_up.no_minority and not sum_up.looked_at.strip():
        found.append(LookedNowhere())
    return found


def about_words(claims: Sequence[Claim]) -> list[Reason]:
    """Claims without words, and words that are no longer what or where they were."""
    found: list[Reason] = []
    statements = sources_of(citation for claim in claims for citation in claim.citations.all())
    for claim in claims:
        citations = list(claim.citations.all())
        if not citations:
            found.append(Uncited(claim))
        for citation in citations:
            source = source_of(citation, statements)
            if source is None or not source.open:
                found.append(QuoteGone(claim, citation))
            elif not is_verbatim(citation, source):
                found.append(QuoteChanged(claim, citation))
    return found


def about_people(claims: Sequence[Claim], places: Places | None = None) -> list[Reason]:
    """Cited voices in which something may point at somebody, and which nobody has looked at."""
    places = places or Places()
    return [
        MayPointAtSomebody(claim, citation.voice)
        for claim in claims
        for citation in claim.citations.all()
        if citation.voice is not None and waits_for_a_look(citation.voice, places)
    ]


def about_numbers(claims: Sequence[Claim], evidence: Evidence) -> list[Reason]:
    """Numbers that the cited data do not show, where nobody gave a reason for them to stay."""
    return [
        WrongNumber(claim, wrong)
        for claim in claims
        if not claim.numbers_because.strip()
        for wrong in unsupported(claim, evidence)
    ]


def before_signing(sum_up: SumUp, by: Account) -> list[Reason]:
    """What keeps this account from signing."""
    if sum_up.is_published:
        return [AlreadyPublished()]
    found: list[Reason] = []
    if not is_organiser(by, sum_up):
        found.append(NotAnOrganiser())
    if sum_up.written_by_id == by.pk:
        found.append(OwnWords())
    return found + missing(sum_up)


def before_publishing(sum_up: SumUp, by: Account) -> list[Reason]:
    """What keeps this account from publishing."""
    found = [] if is_organiser(by, sum_up) else [NotAnOrganiser()]
    return [*found, *unpublishable(sum_up)]


def unpublishable(
    sum_up: SumUp, *, claims: Sequence[Claim] | None = None, evidence: Evidence | None = None
) -> list[Reason]:
    """What keeps anybody from publishing."""
    found = missing(sum_up, claims=claims, evidence=evidence)
    if sum_up.is_draft or sum_up.signed_by_id is None:
        found.append(NotSigned())
    if not PublicOrganisation.objects.filter(uuid=sum_up.round.organisation.uuid).exists():
        found.append(NoFace())
    return found


def is_organiser(account: Account, sum_up: SumUp) -> bool:
    return (
        Membership.objects.live()
        .filter(account=account, organisation=sum_up.round.organisation, role__gte=Role.ORGANISER)
        .exists()
    )
