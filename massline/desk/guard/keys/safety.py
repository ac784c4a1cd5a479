"""What is missing before contacts may be stored: two holders and proven paper sheets."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.guard.keys.models import HolderSeal, RecoverySeal
from massline.desk.people.models import Organisation


@dataclass(frozen=True)
class Unsafe:
    """One thing that is missing before contacts may be kept; `say` is what a person reads."""

    missing: str
    say: str

    def __str__(self) -> str:
        return self.say


class NotYetSafe(Refused):
    """Contacts may not be stored yet; nothing was stored, and the envelopes stay sealed and safe."""

    reasons: tuple[Unsafe, ...]


def missing(organisation: Organisation) -> list[Unsafe]:
    """Give what is missing, in the order in which to do it; empty where contacts are safe."""
    reasons = []
    newest = organisation.keys.first()
    holders = HolderSeal.objects.filter(key=newest).count() if newest else 0
    if holders < 2:
        reasons.append(
            Unsafe(
                "second holder",
                _("One person alone holds the key. Invite a second key-holder and let them come in."),
            )
        )
    paper = RecoverySeal.objects.filter(key=newest).first()
    if paper is None:
        reasons.append(
            Unsafe("paper", _("There is no recovery on paper. Make the sheets and seal the key to them."))
        )
    elif paper.proven_on is None:
        reasons.append(Unsafe("proof", _("Nobody has shown yet that the sheets open the vault. Do it once.")))
    return reasons


def require(organisation: Organisation) -> None:
    """Raise NotYetSafe unless contacts may be stored."""
    reasons = missing(organisation)
    if reasons:
        raise NotYetSafe(reasons)
