"""Entering forces, changing their stance, and recording their moves with a source."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from massline.core.refusal import Reason, Refused, refuse
from massline.desk.decide import shared_rules
from massline.desk.decide.forces.models import Force, Move
from massline.desk.decide.forces.private_person_check import is_private_name
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation


def enter_force(*, organisation: Organisation, name: str, kind: str, by: Account, **facts: Any) -> Force:
    """Enter an organisation or an office. Raises Refused for a private person, and for a name entered before."""
    refuse(_against_name(name, kind))
    try:
        with transaction.atomic(using="desk"):
            force = Force.objects.create(organisation=organisation, name=name.strip(), kind=kind, **facts)
            chain.append_line(organisation, by, "entered a force", force)
    except IntegrityError:
        raise Refused([shared_rules.ThereAlready(name)]) from None
    return force


def _against_name(name: str, kind: str) -> list[Reason]:
    if not name.strip():
        return [shared_rules.NoWords("force")]
    return [shared_rules.PrivatePerson(name)] if is_private_name(name, kind=kind) else []


def change_force(
    *, force: Force, stance: int, influence: int, strengths: str, limits: str, by: Account
) -> None:
    with transaction.atomic(using="desk"):
        force.stance, force.influence, force.strengths, force.limits = stance, influence, strengths, limits
        force.save(update_fields=["stance", "influence", "strengths", "limits"])
        chain.append_line(force.organisation, by, "changed a force", force)


def note_move(
    *, force: Force, what: str, source: str, by: Account, day: date | None = None, stance: int | None = None
) -> Move:
    """Record a move of a force, and its stance since then, if any is given."""
    texts = {"move": what, "source": source}
    refuse([shared_rules.NoWords(name) for name, text in texts.items() if not text.strip()])
    with transaction.atomic(using="desk"):
        move = Move.objects.create(
            force=force,
            what=what.strip(),
            source=source.strip(),
            stance=stance,
            day=day or timezone.localdate(),
        )
        if stance is not None:
            force.stance = stance
            force.save(update_fields=["stance"])
        chain.append_line(force.organisation, by, "noted a move", force)
    return move
