"""A lot as the versioned document `massline.lot/1` (docs/methods/lot.md); no features of a person are in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from massline.engine.lot.leximin import PanelProbabilities
from massline.engine.lot.panels import DICE, PanelList
from massline.engine.lot.pool import Pool
from massline.engine.result_documents import Document, omit_default, restore_document, round_significant

SCHEMA = "massline.lot/1"


@dataclass(frozen=True, kw_only=True)
class LotBasis:
    """People who can be drawn, quotas, panels that differ in what kinds of people they have, and rows of the list."""

    people: int
    quotas: int
    kinds_of_panel: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class QuotaShare:
    """A quota, and how many such people a panel of the list has on average."""

    feature: str
    value: str
    least: int
    most: int
    expected: float


@dataclass(frozen=True, kw_only=True)
class DrawnPanel:
    """The panel that the dice named."""

    dice: str
    people: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LotResult:
    """The chances in the list of panels, and the panel drawn.

    Attributes
    ----------
    best_least_chance : the largest that the smallest chance can be, by leximin
    least_chance, greatest_chance : of anybody, by the rows of the list; 0 where quotas shut somebody out
    shut_out : people whom no panel within the quotas can have
    list_sha256 : of the list's rows: dice and ids with tabs between, each row with a line break
    """

    size: int
    dice: int
    equal_chance: float
    best_least_chance: float
    least_chance: float
    greatest_chance: float
    shut_out: int
    quotas: tuple[QuotaShare, ...]
    list_sha256: str
    drawn: DrawnPanel | None = omit_default()


@dataclass(frozen=True, kw_only=True)
class LotDocument(Document):
    """The whole document; the seed is what the dice showed, or 0 before they were thrown."""

    rests_on: LotBasis
    result: LotResult


def document(pool: Pool, chances: PanelProbabilities, panels: PanelList, *, dice: str = "") -> LotDocument:
    """Write a lot down, with the panel drawn where dice were thrown."""
    everybody = int(pool.sizes.sum())
    rows = panels.chances()
    each = [rows.get(id, 0.0) for ids in pool.people for id in ids]
    expected = (chances.probability @ chances.panels) @ pool.has
    return LotDocument(
        schema=SCHEMA,
        seed=int(dice or 0),
        rests_on=LotBasis(
            people=everybody,
            quotas=len(pool.quotas),
            kinds_of_panel=len(chances.panels),
            rows=len(panels.rows),
        ),
        left_out={"value_without_a_quota": pool.left_out},
        result=LotResult(
            size=pool.size,
            dice=DICE,
            equal_chance=round_significant(pool.size / everybody),
            best_least_chance=round_significant(round(float(chances.chance.min()), 6)),
            least_chance=round_significant(min(each)),
            greatest_chance=round_significant(max(each)),
            shut_out=int(pool.sizes[chances.chance == 0].sum()),
            quotas=tuple(
                QuotaShare(
                    feature=q.feature,
                    value=q.value,
                    least=q.least,
                    most=q.most,
                    expected=round_significant(round(float(n), 6)),
                )
                for q, n in zip(pool.quotas, expected, strict=True)
            ),
            list_sha256=panels.digest(),
            drawn=DrawnPanel(dice=dice, people=panels.panel(dice)) if dice else None,
        ),
    )


def restore_lot(stored: Mapping[str, Any]) -> LotDocument:
    """Read a stored lot; raises ValueError where it is no whole document of this schema."""
    return restore_document(LotDocument, SCHEMA, stored)
