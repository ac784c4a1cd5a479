"""Reasons why a sum-up may not be signed or published yet; pages and actions use the same ones."""

from collections.abc import Sequence

from massline.core.refusal import Refused
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership
from massline.desk.sumup.claims.citations import cited_statements, find_current_source, is_verbatim
from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.claims.incomplete_text_reasons import (
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
from massline.desk.sumup.claims.models import Claim, SumUp
from massline.desk.sumup.claims.number_check import unsupported_numbers
from massline.desk.sumup.claims.refusal_reasons import (
    AlreadyAnswered,
    AlreadyPublished,
    HasDemands,
    NoFace,
    NotAnOrganiser,
    NothingToPutBack,
    NotSigned,
    OwnWords,
    QuestionMayPointAtSomebody,
)
from massline.desk.sumup.masking.personal_data import SectionNames, needs_review
from massline.square.organisations.models import PublicOrganisation

__all__ = [
    "AlreadyAnswered",
    "AlreadyPublished",
    "HasDemands",
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
    "Uncited",
    "WrongNumber",
    "find_missing_parts",
    "find_quote_problems",
    "find_unreviewed_personal_data",
    "find_unsupported_numbers",
    "is_organiser",
    "reasons_against_publishing",
    "reasons_against_signing",
    "reasons_unpublishable",
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
    | AlreadyAnswered
    | QuestionMayPointAtSomebody
    | NotSigned
    | OwnWords
    | NotAnOrganiser
    | NoFace
    | AlreadyPublished
    | NotOfThisRound
    | HasDemands
)


class NotReady(Refused):
    """A change, signature or publication that is refused, with the reasons."""

    reasons: tuple[Reason, ...]


def find_missing_parts(
    sum_up: SumUp, *, claims: Sequence[Claim] | None = None, evidence: CitedData | None = None
) -> list[Reason]:
    """Parts that the text lacks; every citation is compared with its source byte for byte.

    Pass `claims` and `evidence` if they are at hand, so that they are not fetched twice.
    """
    claims = list(sum_up.claims.with_words()) if claims is None else claims
    evidence = evidence or CitedData(sum_up.round)
    reasons: list[Reason] = []
    if not (evidence.rests.voices or evidence.rests.votes):
        reasons.append(NothingHeard())
    if not claims:
        reasons.append(NoClaims())
    reasons += find_quote_problems(claims)
    reasons += find_unreviewed_personal_data(claims, evidence.places)
    reasons += find_unsupported_numbers(claims, evidence)
    if not sum_up.heard.strip():
        reasons.append(NoSummary())
    if not sum_up.next_step.strip():
        reasons.append(NoNextStep())
    if not sum_up.no_minority and not any(claim.minority for claim in claims):
        reasons.append(MinorityNotConsidered())
    elif sum_up.no_minority and not sum_up.looked_at.strip():
        reasons.append(LookedNowhere())
    return reasons


def find_quote_problems(claims: Sequence[Claim]) -> list[Reason]:
    """Claims without citations, and quotes that differ from their source or are no longer shown."""
    reasons: list[Reason] = []
    statements = cited_statements(citation for claim in claims for citation in claim.citations.all())
    for claim in claims:
        citations = list(claim.citations.all())
        if not citations:
            reasons.append(Uncited(claim))
        for citation in citations:
            source = find_current_source(citation, statements)
            if source is None or not source.open:
                reasons.append(QuoteGone(claim, citation))
            elif not is_verbatim(citation, source):
                reasons.append(QuoteChanged(claim, citation))
    return reasons


def find_unreviewed_personal_data(
    claims: Sequence[Claim], places: SectionNames | None = None
) -> list[Reason]:
    """Cited voices with possible personal data that nobody has looked at."""
    places = places or SectionNames()
    return [
        MayPointAtSomebody(claim, citation.voice)
        for claim in claims
        for citation in claim.citations.all()
        if citation.voice is not None and needs_review(citation.voice, places)
    ]


def find_unsupported_numbers(claims: Sequence[Claim], evidence: CitedData) -> list[Reason]:
    """Numbers that the data do not support and for which no reason is given."""
    return [
        WrongNumber(claim, wrong)
        for claim in claims
        if not claim.numbers_because.strip()
        for wrong in unsupported_numbers(claim, evidence)
    ]


def reasons_against_signing(sum_up: SumUp, by: Account) -> list[Reason]:
    """Reasons why this account may not sign."""
    if sum_up.is_published:
        return [AlreadyPublished()]
    reasons: list[Reason] = []
    if not is_organiser(by, sum_up):
        reasons.append(NotAnOrganiser())
    if sum_up.written_by_id == by.pk:
        reasons.append(OwnWords())
    return reasons + find_missing_parts(sum_up)


def reasons_against_publishing(sum_up: SumUp, by: Account) -> list[Reason]:
    """Reasons why this account may not publish."""
    reasons = [] if is_organiser(by, sum_up) else [NotAnOrganiser()]
    return [*reasons, *reasons_unpublishable(sum_up)]


def reasons_unpublishable(
    sum_up: SumUp, *, claims: Sequence[Claim] | None = None, evidence: CitedData | None = None
) -> list[Reason]:
    """Reasons why nobody may publish it."""
    reasons = find_missing_parts(sum_up, claims=claims, evidence=evidence)
    if sum_up.is_draft or sum_up.signed_by_id is None:
        reasons.append(NotSigned())
    if not PublicOrganisation.objects.filter(uuid=sum_up.round.organisation.uuid).exists():
        reasons.append(NoFace())
    return reasons


def is_organiser(account: Account, sum_up: SumUp) -> bool:
    return (
        Membership.objects.live()
        .filter(account=account, organisation=sum_up.round.organisation, role__gte=Role.ORGANISER)
        .exists()
    )
