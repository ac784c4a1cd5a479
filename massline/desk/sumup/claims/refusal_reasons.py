"""Reasons an action is refused: who may not sign or publish, and acts that are no longer possible."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.sumup.claims.models import Claim


@dataclass(frozen=True)
class NothingToPutBack:
    def __str__(self) -> str:
        return _("It is already back, or it was removed too long ago.")


@dataclass(frozen=True)
class AlreadyAnswered:
    def __str__(self) -> str:
        return _("Your text is safe below. Someone else has answered this meanwhile; nothing went out twice.")


@dataclass(frozen=True)
class QuestionMayPointAtSomebody:
    """The question would be published and may identify somebody."""

    text: str

    def __str__(self) -> str:
        return _(
            "Read the question as people will see it, and tick that it does not point to anyone: “%(text)s”"
        ) % {"text": self.text}


@dataclass(frozen=True)
class NotSigned:
    def __str__(self) -> str:
        return _("A second organiser still has to sign it.")


@dataclass(frozen=True)
class OwnWords:
    """The last writer may not sign."""

    def __str__(self) -> str:
        return _("You made the last change. Another organiser must check it against people’s words and sign.")


@dataclass(frozen=True)
class NotAnOrganiser:
    def __str__(self) -> str:
        return _("Only organisers of this organisation can do this.")


@dataclass(frozen=True)
class NoFace:
    """An inner organisation is never mentioned on the square."""

    def __str__(self) -> str:
        return _("This organisation has no public page, so nothing can be published.")


@dataclass(frozen=True)
class AlreadyPublished:
    def __str__(self) -> str:
        return _("It is published and can’t be changed. Start a new summary to correct it.")


@dataclass(frozen=True)
class HasDemands:
    """A demand is based on the claim."""

    claim: Claim

    def __str__(self) -> str:
        return _(
            "A demand is based on %(claim)s, so you can’t remove it. You can still improve the wording."
        ) % {"claim": self.claim.called}
