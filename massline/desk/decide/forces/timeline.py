"""The stance of each force over time, with its offers, ties and rifts, drawn from its dated moves."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from massline.desk.decide.forces.models import Force, Move, MoveKind, Stance
from massline.web.charts.force_moves import ForceTrack, MoveMark, draw_force_moves
from massline.web.templatetags.massline import on_day

SIGNS: dict[str, str] = {
    MoveKind.DEED: "dot",
    MoveKind.OFFER: "offer",
    MoveKind.JOIN: "join",
    MoveKind.RIFT: "rift",
    MoveKind.JUDGED: "judged",
}


def draw_timeline(forces: Sequence[Force], *, narrow: bool) -> str:
    """Draw all forces that have moved; empty where none has."""
    moves: dict[int, list[Move]] = {}
    for move in Move.objects.filter(force__in=forces).order_by("day", "pk"):
        moves.setdefault(move.force_id, []).append(move)
    if not moves:
        return ""
    today = timezone.localdate()
    first = min(rows[0].day for rows in moves.values())
    last = max(today, *(rows[-1].day for rows in moves.values()))
    return draw_force_moves(
        [
            ForceTrack(
                force.name,
                force.stance,
                tuple(
                    MoveMark((move.day - first).days, SIGNS.get(move.kind, "dot"), _step(move.stance))
                    for move in moves[force.pk]
                ),
            )
            for force in forces
            if force.pk in moves
        ],
        days=max((last - first).days, 1),
        signs=[(SIGNS[kind], str(kind.label)) for kind in MoveKind],
        first=on_day(first),
        last=on_day(last),
        title=_("How they moved"),
        desc=_(
            "A line for each: higher is closer to us. Each sign is something dated, with its source on their page."
        ),
        id="moves-narrow" if narrow else "moves",
        narrow=narrow,
    )


def _step(stance: int | None) -> int | None:
    """A stance within the spectrum, so that one odd row leaves the picture standing."""
    return None if stance is None else min(max(stance, min(Stance.values)), max(Stance.values))
