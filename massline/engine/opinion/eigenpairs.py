"""The leading eigenpairs of a symmetric positive semidefinite operator, the same to the bit every time.

Block Krylov with Rayleigh-Ritz and full reorthogonalisation (Davidson's expansion by residuals). Long sums
run through einsum in one fixed order rather than through a threaded BLAS, so the thread count cannot change a
result.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Apply = Callable[[Floats], Floats]

LARGEST_BASIS = 48
# Columns of length 1 that keep this much when those before are taken away need no second factor.
WELL_APART = 0.1


@dataclass(frozen=True, eq=False)
class Eigenpairs:
    """Eigenvalues (d,), largest first, their vectors as rows (d, M), and applications of the operator."""

    values: Floats
    vectors: Floats
    passes: int


def leading_pairs(
    apply: Apply,
    start: Floats,
    count: int,
    *,
    tolerance: float = 1e-12,
    precondition: Callable[[Floats, Floats], Floats] | None = None,
    most_passes: int = 300,
) -> Eigenpairs:
    """Find the `count` largest eigenpairs of `apply`.

    Parameters
    ----------
    apply : maps a block (M, b) to the operator times that block
    start : (M, b) first guess, b >= count unless M is smaller
    tolerance : largest residual, relative to the largest eigenvalue
    precondition : maps residuals (M, b) and their eigenvalues (b,) to better directions

    Raises
    ------
    ArithmeticError
        When `most_passes` did not suffice.
    """
    size = len(start)
    count = min(count, size)
    if count == 0:
        return Eigenpairs(np.zeros(0), np.zeros((0, size)), 0)
    basis = orthonormalise(start, np.zeros((size, 0)))
    image = apply(basis)
    inner = inner_products(basis, image)
    for passes in range(1, most_passes + 1):
        values, turn = np.linalg.eigh((inner + inner.T) / 2)
        values, turn = values[::-1], turn[:, ::-1]
        ritz, moved = combine_columns(basis, turn[:, :count]), combine_columns(image, turn[:, :count])
        residual = moved - ritz * values[:count]
        length = np.sqrt(np.einsum("ij,ij->j", residual, residual))
        open_ = length > tolerance * max(values[0], np.finfo(float).tiny)
        if not open_.any() or basis.shape[1] == size:
            return Eigenpairs(np.maximum(values[:count], 0.0), np.ascontiguousarray(ritz.T), passes)
        if basis.shape[1] + count > LARGEST_BASIS:
            keep = turn[:, : 2 * count + 8]
            basis, image = combine_columns(basis, keep), combine_columns(image, keep)
            inner = np.diag(values[: keep.shape[1]])
        fresh = residual[:, open_] / length[open_]
        if precondition is not None:
            fresh = precondition(fresh, values[:count][open_])
        fresh = orthonormalise(fresh, basis)
        if fresh.shape[1] == 0:
            return Eigenpairs(np.maximum(values[:count], 0.0), np.ascontiguousarray(ritz.T), passes)
        moved = apply(fresh)
        basis, image = np.hstack([basis, fresh]), np.hstack([image, moved])
        inner = border_matrix(inner, inner_products(basis, moved))
    raise ArithmeticError(f"no convergence after {most_passes} passes")


def border_matrix(inner: Floats, columns: Floats) -> Floats:
    """A symmetric matrix with more columns, whose last rows are those columns again."""
    size, fresh = columns.shape
    whole = np.empty((size, size))
    whole[: size - fresh, : size - fresh] = inner
    whole[:, size - fresh :] = columns
    whole[size - fresh :] = columns.T
    return whole


def inner_products(left: Floats, right: Floats) -> Floats:
    """Inner products of the columns of two blocks."""
    return np.asarray(np.einsum("ia,ib->ab", left, right, optimize=False))


def combine_columns(block: Floats, weights: Floats) -> Floats:
    """Linear combinations of the columns of a block."""
    return np.asarray(np.einsum("ia,ab->ib", block, weights, optimize=False))


def orthonormalise(block: Floats, against: Floats) -> Floats:
    """Make the columns orthonormal among themselves and to `against`; dependent ones are dropped."""
    before = np.sqrt(np.einsum("ij,ij->j", block, block))
    block = block[:, before > 0] / before[before > 0]
    if against.shape[1]:
        block = block - combine_columns(against, inner_products(against, block))
    kept, apart = orthonormalise_by_cholesky(block)
    if kept is None:
        kept = orthonormalise_one_by_one(block)
    # Columns that stood well apart have not been stretched, and with them no rounding along `against`.
    if not apart and against.shape[1] and kept.shape[1]:
        kept = kept - combine_columns(against, inner_products(against, kept))
    return kept


def orthonormalise_by_cholesky(block: Floats) -> tuple[Floats | None, bool]:
    """Orthonormal columns by Cholesky factors of their inner products, None where they are nearly dependent, and
    whether one factor was enough.
    """
    for once in (True, False):
        try:
            factor = np.linalg.cholesky(inner_products(block, block))
        except np.linalg.LinAlgError:
            return None, False
        least = float(np.diagonal(factor).min()) if factor.size else 1.0
        if least < 1e-4:
            return None, False
        block = combine_columns(block, np.linalg.inv(factor).T)
        if least > WELL_APART:
            return block, once
    return block, False


def orthonormalise_one_by_one(block: Floats) -> Floats:
    """Gram and Schmidt's way, slower, leaving out what depends on the columns before it."""
    kept = np.zeros((len(block), 0))
    for column in block.T:
        rest = column[:, None]
        for _ in range(2):
            rest = rest - combine_columns(kept, inner_products(kept, rest))
        after = float(np.sqrt(np.einsum("ij,ij->", rest, rest)))
        if after > 1e-10:
            kept = np.hstack([kept, rest / after])
    return kept


def fixed_start(size: int, count: int) -> Floats:
    """A fixed start: the same numbers for the same size, everywhere."""
    return np.random.default_rng(20_261_121).standard_normal((size, min(count, size)))
