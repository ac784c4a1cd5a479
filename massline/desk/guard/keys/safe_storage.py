"""Conditions for storing contacts: two key-holders and proven recovery sheets."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from massline.core.refusal import Refused
from massline.desk.guard.keys.models import HolderSeal, RecoverySeal
from massline.desk.people.models import Organisation


@dataclass(frozen=True)
class Unsafe:
    """A missing condition; `say` is the sentence for the organiser."""

    missing: str
    say: str

    def __str__(self) -> str:
        return self.say


class NotYetSafe(Refused):
    """Contacts may not be stored yet; nothing was stored, and the envelopes stay sealed."""

    reasons: tuple[Unsafe, ...]


def missing_safeguards(organisation: Organisation) -> list[Unsafe]:
    """Missing conditions, in the order in which to meet them; empty if contacts may be stored."""
    reasons = []
    newest = organisation.keys.first()
    holders = HolderSeal.objects.filter(key=newest).count() if newest else 0
    if holders < 2:
        reasons.append(
            Unsafe(
                "second holder",
                _("Only one person has the key. Invite a second key-holder and let them join."),
            )
        )
    paper = RecoverySeal.objects.filter(key=newest).first()
    if paper is None:
        reasons.append(
            Unsafe(
                "paper",
                _("There is no paper backup of the key yet. Make the sheets and lock the key to them."),
            )
        )
    elif paper.proven_on is None:
        reasons.append(Unsafe("proof", _("Nobody has tested yet that the sheets work. Do it once.")))
    return reasons


def require_safe_storage(organisation: Organisation) -> None:
    """Raise NotYetSafe unless contacts may be stored."""
    reasons = missing_safeguards(organisation)
    if reasons:
        raise NotYetSafe(reasons)
