"""Ties and rifts between forces, as the newest move between each two says, and offers that wait for our answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from massline.desk.decide.forces.models import BETWEEN, Force, Move, MoveKind
from massline.desk.people.models import Organisation


@dataclass(frozen=True)
class Relation:
    """How two forces stand to each other since a day, by the move that says so."""

    move: Move

    @property
    def pair(self) -> tuple[Force, Force]:
        assert self.move.toward is not None
        return self.move.force, self.move.toward

    @property
    def is_rift(self) -> bool:
        return self.move.kind == MoveKind.RIFT


def list_relations(organisation: Organisation) -> list[Relation]:
    """The newest relation of each two forces, newest first; what came before stands on their pages."""
    moves = Move.objects.filter(force__organisation=organisation, kind__in=BETWEEN, toward__isnull=False)
    newest: dict[frozenset[int], Relation] = {}
    for move in moves.select_related("force", "toward"):
        newest.setdefault(frozenset({move.force_id, move.toward_id or 0}), Relation(move))
    return list(newest.values())


def list_open_offers(organisation: Organisation) -> Sequence[Move]:
    """Offers that nobody has answered yet, oldest first."""
    offers = Move.objects.filter(force__organisation=organisation, kind=MoveKind.OFFER, answer="")
    return list(offers.select_related("force").order_by("day", "pk"))
