"""What a sum-up still lacks before it may be signed or published. Page, verbs and tests read the same reasons."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.listen.models import Voice
from massline.desk.people.models import Account, Membership
from massline.desk.people.states import Role
from massline.desk.sumup.checking import Evidence, Unsupported, unsupported
from massline.desk.sumup.citing import is_verbatim, place_of, snapshot_of, source_of, sources_of
from massline.desk.sumup.masking import waits_for_a_look
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
        said = _("%(claim)s rests on nobody’s words. Tick the words that say it.")
        return first_letter(said % {"claim": self.claim.called})


@dataclass(frozen=True)
class QuoteChanged:
    """The words at the source are not the words that were cited."""

    claim: Claim
    citation: Citation

    def __str__(self) -> str:
        return _("A quote under %(claim)s no longer equals its source. Open the claim and cite it again.") % {
            "claim": self.claim.called
        }


@dataclass(frozen=True)
class QuoteGone:
    """The statement that was cited is no longer shown."""

    claim: Claim
    citation: Citation

    def __str__(self) -> str:
        return _("A quote under %(claim)s is no longer shown on the square. Take it out.") % {
            "claim": self.claim.called
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
class LookedNowhere:
    """That no other view was found is worth as much as where one looked."""

    def __str__(self) -> str:
        return _("Say where you looked for another view: which words, which sections.")


@dataclass(frozen=True)
class WrongNumber:
    """A number that the cited data do not show, and no reason why it stays."""

    claim: Claim
    number: Unsupported

    def __str__(self) -> str:
        return _("In %(claim)s: %(number)s Change it, or open the claim and say why it stays.") % {
            "claim": self.claim.called,
            "number": self.number,
        }


@dataclass(frozen=True)
class MayPointAtSomebody:
    """Somebody could be found or named in a quote, and no person has looked yet."""

    claim: Claim
    voice: Voice

    def __str__(self) -> str:
        return _(
            "A quote under %(claim)s may point at somebody (%(place)s). Look at it under “Who could be "
            "recognised?” before anything goes out."
        ) % {"claim": self.claim.called, "place": place_of(self.voice)}


@dataclass(frozen=True)
class NothingToPutBack:
    def __str__(self) -> str:
        return _("It is back already, or it was taken out too long ago.")


@dataclass(frozen=True)
class SomebodyWasFaster:
    def __str__(self) -> str:
        return _(
            "Somebody has answered this meanwhile. What you wrote is still below; nothing went out twice."
        )


@dataclass(frozen=True)
class QuestionMayPointAtSomebody:
    """The question would be published, and something in it may name somebody."""

    text: str

    def __str__(self) -> str:
        return _("Read the question as it would go out, and tick that it points at nobody: “%(text)s”") % {
            "text": self.text
        }


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
        return _("A demand rests on %(claim)s, so it stays. You can still word it better.") % {
            "claim": self.claim.called
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
    found += about_people(claims)
    found += about_numbers(claims, Evidence(sum_up.round))
    if not sum_up.heard.strip():
        found.append(NoSummary())
    if not sum_up.next_step.strip():
        found.append(NoNextStep())
    if not sum_up.no_minority and not any(claim.minority for claim in claims):
        found.append(MinorityNotConsidered())
    elif sum_up.no_minority and not sum_up.looked_at.strip():
        found.append(LookedNowhere())
    return found


def first_letter(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


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


def about_people(claims: Sequence[Claim]) -> list[Reason]:
    """Cited voices in which something may point at somebody, and which nobody has looked at."""
    return [
        MayPointAtSomebody(claim, citation.voice)
        for claim in claims
        for citation in claim.citations.all()
        if citation.voice is not None and waits_for_a_look(citation.voice)
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
