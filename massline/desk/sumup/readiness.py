"""What a sum-up still lacks before it may be signed or published. Page, verbs and tests read the same reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.listen.models import Voice
from massline.desk.people.models import Account, Membership
from massline.desk.people.states import Role
from massline.desk.sumup.citing import is_verbatim, snapshot_of, source_of, sources_of
from massline.desk.sumup.models import Citation, Claim, SumUp
from massline.square.organisations.models import PublicOrganisation


@dataclass(frozen=True)
class NothingHeard:
    """Nobody's words were written down and nobody voted."""

    def __str__(self) -> str:
        return _("Nobody has been heard in this round yet. Listen first.")


@dataclass(frozen=True)
class NoClaims:
    def __str__(self) -> str:
        return _("There is no claim yet. Say in one plain sentence what you heard.")


@dataclass(frozen=True)
class Uncited:
    """A claim that opens no words."""

    claim: Claim

    def __str__(self) -> str:
        return _("“%(claim)s” rests on nobody’s words. Tick the words that say it.") % {"claim": self.claim}


@dataclass(frozen=True)
class QuoteChanged:
    """The words at the source are not the words that were cited."""

    claim: Claim
    citation: Citation

    def __str__(self) -> str:
        return _(
            "A quote under “%(claim)s” no longer equals its source. Open the claim and cite it again."
        ) % {"claim": self.claim}


@dataclass(frozen=True)
class QuoteGone:
    """The statement that was cited is no longer shown."""

    claim: Claim
    citation: Citation

    def __str__(self) -> str:
        return _("A quote under “%(claim)s” is no longer shown on the square. Take it out.") % {
            "claim": self.claim
        }


@dataclass(frozen=True)
class NoSummary:
    def __str__(self) -> str:
        return _("Say in two or three sentences what you heard.")


@dataclass(frozen=True)
class NoNextStep:
    def __str__(self) -> str:
        return _("Say what happens next. Those who spoke will ask.")


@dataclass(frozen=True)
class MinorityNotConsidered:
    def __str__(self) -> str:
        return _(
            "Who sees it differently? Mark a claim as a view held by few, or say that you looked and found none."
        )


@dataclass(frozen=True)
class NotSigned:
    def __str__(self) -> str:
        return _("A second organiser has not signed it yet.")


@dataclass(frozen=True)
class OwnWords:
    """Who wrote last may not be the second pair of eyes."""

    def __str__(self) -> str:
        return _("You wrote this last. Another organiser has to read it against the words and sign.")


@dataclass(frozen=True)
class NotAnOrganiser:
    def __str__(self) -> str:
        return _("Only an organiser of this organisation can do this.")


@dataclass(frozen=True)
class NoFace:
    """An inner organisation is never mentioned on the square."""

    def __str__(self) -> str:
        return _("This organisation does not show itself on the square, so nothing of it is published there.")


@dataclass(frozen=True)
class AlreadyPublished:
    def __str__(self) -> str:
        return _("It is published, and what is published stays as it is. Begin a new sum-up to correct it.")


@dataclass(frozen=True)
class NotOfThisRound:
    """Words from elsewhere, or words that are not shown, cannot carry a claim of this round."""

    text: str

    def __str__(self) -> str:
        return _("“%(text)s” was not said in this round, or is not shown.") % {"text": self.text[:60]}


@dataclass(frozen=True)
class CarriesDemands:
    """A demand rests on the claim."""

    claim: Claim

    def __str__(self) -> str:
        return _("A demand rests on “%(claim)s”, so it stays. You can still word it better.") % {
            "claim": self.claim
        }


Reason = (
    NothingHeard
    | NoClaims
    | Uncited
    | QuoteChanged
    | QuoteGone
    | NoSummary
    | NoNextStep
    | MinorityNotConsidered
    | NotSigned
    | OwnWords
    | NotAnOrganiser
    | NoFace
    | AlreadyPublished
    | NotOfThisRound
    | CarriesDemands
)


class NotReady(Exception):
    """A verb was refused; `reasons` says everything that stands in its way."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(" ".join(str(reason) for reason in reasons))
        self.reasons = tuple(reasons)


def missing(sum_up: SumUp) -> list[Reason]:
    """What the text itself lacks, whoever looks at it; every citation is held against its source byte for byte."""
    claims = list(sum_up.claims.with_words())
    found: list[Reason] = []
    if not was_anybody_heard(sum_up):
        found.append(NothingHeard())
    if not claims:
        found.append(NoClaims())
    found += about_words(claims)
    if not sum_up.heard.strip():
        found.append(NoSummary())
    if not sum_up.next_step.strip():
        found.append(NoNextStep())
    if not sum_up.no_minority and not any(claim.minority for claim in claims):
        found.append(MinorityNotConsidered())
    return found


def was_anybody_heard(sum_up: SumUp) -> bool:
    return Voice.objects.of_round(sum_up.round).exists() or snapshot_of(sum_up.round).votes > 0


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


def unpublishable(sum_up: SumUp) -> list[Reason]:
    """What keeps anybody from publishing."""
    found = missing(sum_up)
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
