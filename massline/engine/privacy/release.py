"""Choice of the cells that may be published, and an audit of published tables."""

from collections.abc import Sequence
from dataclasses import replace

from massline.engine.privacy.contingency_tables import Axes, Cube, Release
from massline.engine.privacy.reconstruction_attack import Bounds, PublishedSums


def choose_shown_cells(
    cube: Cube, tables: Sequence[Axes], *, k: int, earlier: Sequence[tuple[Cube, Release]] = ()
) -> Release:
    """Decide which cells of the tables may leave.

    Parameters
    ----------
    cube : all people counted so far
    tables : each a set of axes to publish, e.g. from `add_margins`
    k : fewer people than this are never shown; nobody at all (0) is shown
    earlier : what was published before from the same axes, oldest first; it cannot be taken back

    Raises
    ------
    ValueError
        Where people were counted earlier who are missing now: publish such a correction as a new series.

    Examples
    --------
    >>> cube = Cube(("section",), (("A", "B", "C"),), np.array([30, 3, 12]))
    >>> choose_shown_cells(cube, add_margins("section"), k=5).table("section")
    {('A',): 30, ('B',): None, ('C',): None}
    """
    if k < 2:
        raise ValueError("k is at least 2: a cell of one person is never shown")
    system = PublishedSums.build([*(c for c, _ in earlier), cube], [*(r for _, r in earlier)], tables)
    now = len(earlier)
    for cell in system.cells:
        if cell.period == now and 0 < system.count(cell) < k:
            system.shown.discard(cell)
    for number in system.sensitive(k):
        while not system.keeps(number, k) and (attack := system.attack(number))[0].width < k:
            if not system.loosen(number, attack[1], now):
                raise ValueError(f"earlier releases already give away {number.cell.at}")
    mine = {c: system.count(c) if c in system.shown else None for c in system.cells if c.period == now}
    return Release({replace(cell, period=0): count for cell, count in mine.items()}, k)


def audit_releases(published: Sequence[tuple[Cube, Release]]) -> list[Bounds]:
    """Attack what was published, oldest first: how closely can each small number be worked out?

    The attacker knows every number shown, how the tables add up and that counts are not negative. Counts are
    taken to be real numbers, which for the attacker can only be a disadvantage of less than one person.
    """
    system = PublishedSums.build([c for c, _ in published], [r for _, r in published], [])
    k = min(release.k for _, release in published)
    return [system.attack(number)[0] for number in system.sensitive(k)]
