"""Reasons an action is refused: who may not sign or publish, and acts that are no longer possible."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.desk.sumup.claims.models import Claim


@dataclass(frozen=True)
class NothingToPutBack:
    def __str__(self) -> str:
        return _("It is back already, or it was taken out too long ago.")


@dataclass(frozen=True)
class AlreadyAnswered:
    def __str__(self) -> str:
        return _(
            "Somebody has answered this meanwhile. What you wrote is still below; nothing went out twice."
        )


@dataclass(frozen=True)
class QuestionMayPointAtSomebody:
    """The question would be published and may identify somebody."""

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
    """The last writer may not sign."""

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
class HasDemands:
    """A demand is based on the claim."""

    claim: Claim

    def __str__(self) -> str:
        return _("A demand rests on %(claim)s, so it stays. You can still word it better.") % {
            "claim": self.claim.called
        }
