"""Sections in equal-sized batches, each eliminated exactly before the shared field is solved.

A section's own level never needs columns of its own: its readings have covariance C = level^2 + drift^2
exp(-|t - t'| / length) + diag(noise^2 + 1 / information), small and dense, and Sigma^-1 = W - W A H^-1 A' W
with W = blockdiag(C^-1), H = Q + A' W A (Woodbury). Batching keeps this in a few LAPACK calls.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from massline.engine.mood.array_types import Floats, Ints
from massline.engine.mood.latent_field import FieldPlaces, LatentField

BATCH_CELLS = 3_000_000
MOST_CELLS = 2_000_000
"""Up to this many places of blocks are kept from one elimination to the next."""


@dataclass(frozen=True, eq=False)
class SectionBatch:
    """B sections padded to m readings and L shared columns.

    Attributes
    ----------
    section : (B,) int
    row : (B, m) int
        Reading's place in the data; N where padded.
    gap : (B, m, m) float
        Time between readings; infinite where either is padding.
    real : (B, m) bool
    design : (B, m, L) float
        The section's part of A on its own columns; 0 where padded.
    column : (B, L) int
        Columns of the field; D where padded.
    """

    section: Ints
    row: Ints
    gap: Floats
    real: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
    design: Floats
    column: Ints

    def add_to(self, system: Floats, blocks: Floats) -> None:
        """Add every section's block (B, L, L) to the shared field's matrix (D + 1, D + 1) at its columns."""
        width = len(system)
        cells = self.__dict__.get("cells")
        if cells is None:
            cells = (self.column[:, :, None] * width + self.column[:, None, :]).ravel()
            if len(cells) <= MOST_CELLS:
                self.__dict__["cells"] = cells
        system += np.bincount(cells, blocks.ravel(), minlength=width * width).reshape(width, width)


def batch_sections(field: LatentField, at: FieldPlaces, sections: Sequence[int]) -> tuple[SectionBatch, ...]:
    """Cut the readings, sorted by section, into batches of sections with like numbers of readings."""
    order = np.argsort(at.section, kind="stable")
    if np.any(order != np.arange(len(order))):
        raise ValueError("the readings must be sorted by section")
    columns, weights = field.entries(at)
    ends = np.searchsorted(at.section, np.asarray(sections), side="right")
    starts = np.searchsorted(at.section, np.asarray(sections), side="left")
    sizes = ends - starts
    groups: list[list[int]] = []
    for place in sorted(range(len(sections)), key=lambda s: (int(sizes[s]), s)):
        size = int(sizes[place])
        if (
            groups
            and size <= 1.35 * sizes[groups[-1][0]] + 2
            and size * _reach(field, size) * len(groups[-1]) < BATCH_CELLS
        ):
            groups[-1].append(place)
        else:
            groups.append([place])
    return tuple(
        _batch(field, at, columns, weights, [(int(sections[s]), int(starts[s]), int(ends[s])) for s in group])
        for group in groups
    )


def _reach(field: LatentField, size: int) -> int:
    shared = field.common + len(field.groups) * (1 + field.drifting)
    return min(shared + 2 * size, field.width)


def _batch(
    field: LatentField, at: FieldPlaces, columns: Ints, weights: Floats, spans: Sequence[tuple[int, int, int]]
) -> SectionBatch:
    most = max(max(end - start for _, start, end in spans), 1)
    touched = [np.unique(columns[start:end]) for _, start, end in spans]
    wide = max(max(len(mine) for mine in touched), 1)
    size = len(spans)
    row = np.full((size, most), len(at.section), dtype=np.int64)
    time = np.full((size, most), np.nan)
    design = np.zeros((size, most, wide))
    column = np.full((size, wide), field.width, dtype=np.int64)
    for b, ((_, start, end), mine) in enumerate(zip(spans, touched, strict=True)):
        count = end - start
        row[b, :count] = np.arange(start, end)
        time[b, :count] = at.time[start:end]
        column[b, : len(mine)] = mine
        local = np.searchsorted(mine, columns[start:end])
        np.add.at(design[b], (np.arange(count)[:, None], local), weights[start:end])
    gap = np.abs(time[:, :, None] - time[:, None, :])
    return SectionBatch(
        section=np.array([section for section, _, _ in spans], dtype=np.int64),
        row=row,
        gap=np.where(np.isnan(gap), np.inf, gap),
        real=~np.isnan(time),
        design=design,
        column=column,
    )


def section_covariance(gap: Floats, level: float, drift: float, length: float) -> Floats:
    """Covariance of a section's own level between two times; 0 where the gap is infinite (padding)."""
    moving = drift**2 * np.exp(-gap / length)
    covariance: Floats = np.where(np.isinf(gap), 0.0, level**2 + moving)
    return covariance
