"""The order in which ties fall, from a seed that was drawn in the room and the candidates' names alone."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from massline.engine.elections.result import Tie


def order_by_lot(candidates: Iterable[str], seed: int) -> tuple[str, ...]:
    r"""Order candidates by the SHA-256 of the seed, a line break and the name in UTF-8, smallest first.

    `printf '7\nAnna' | sha256sum` gives a name's number, so that anybody can check the order.
    """
    return tuple(sorted(candidates, key=lambda name: sha256(f"{seed}\n{name}".encode()).hexdigest()))


def elect_by_lot(tied: Sequence[str], lot: Sequence[str]) -> tuple[str, Tie | None]:
    """The first of the tied by lot, and the tie, if there was one."""
    chosen = min(tied, key=lot.index)
    return chosen, _tie(tied, chosen, lot)


def eliminate_by_lot(tied: Sequence[str], lot: Sequence[str]) -> tuple[str, Tie | None]:
    """The last of the tied by lot, and the tie, if there was one."""
    chosen = max(tied, key=lot.index)
    return chosen, _tie(tied, chosen, lot)


def _tie(tied: Sequence[str], chosen: str, lot: Sequence[str]) -> Tie | None:
    return Tie(between=tuple(sorted(tied, key=lot.index)), chosen=chosen) if len(tied) > 1 else None
