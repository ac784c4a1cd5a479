"""Made-up neighbourhoods: people who say known things, and the directions that their words would have."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from massline.engine.themes import Theme, ThemeInput, Themes

DIM = 48
TROUBLES = {
    "rent": ["rent rise", "rent arrears", "higher rent demand"],
    "heating": ["cold radiators", "heating off", "boiler broken again"],
    "lift": ["lift stuck", "broken lift", "lift out of order"],
    "mould": ["black mould", "mould in bathroom", "damp walls mould"],
}
_PLACES = [
    "house one",
    "ground floor",
    "top floor",
    "back yard",
    "stairwell north",
    "stairwell south",
    "corner flat",
]


def neighbourhood(
    each: int = 15, *, troubles: Sequence[str] = tuple(TROUBLES), seed: int = 1, spread: float = 0.5
) -> tuple[ThemeInput, npt.NDArray[np.float32]]:
    """`each` people for each trouble, one voice a person; voices of trouble i are v{i}-00, v{i}-01 and so on."""
    rng = np.random.default_rng(seed)
    ids, texts, people, days = [], [], [], []
    rows = []
    for number, trouble in enumerate(troubles):
        for voice in range(each):
            ids.append(f"v{number}-{voice:02d}")
            said = TROUBLES[trouble][voice % 3]
            texts.append(f"There is {said} at {_PLACES[voice % 7]} number {voice} and nobody comes")
            people.append(f"p{number}-{voice:02d}")
            days.append(date(2026, 3, 1) + timedelta(days=voice))
            rows.append(direction(number) + spread * rng.standard_normal(DIM) / np.sqrt(DIM))
    vectors = np.array(rows, np.float32)
    return ThemeInput(tuple(ids), tuple(texts), people=tuple(people), days=tuple(days)), unit(vectors)


def direction(number: int) -> npt.NDArray[np.float64]:
    """Where trouble `number` lies."""
    return np.asarray(np.eye(DIM)[number])


def unit(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def rows_of(
    given: ThemeInput, vectors: npt.NDArray[np.float32], rows: Sequence[int]
) -> tuple[ThemeInput, npt.NDArray[np.float32]]:
    """The same columns with only these rows, in this order."""

    def picked(column: Sequence[object] | None) -> object:
        return None if column is None else tuple(column[row] for row in rows)

    columns = {name: picked(getattr(given, name)) for name in given.__dataclass_fields__}
    return ThemeInput(**columns), vectors[list(rows)]  # type: ignore[arg-type]


def fine(found: Themes) -> tuple[Theme, ...]:
    """The themes of the finest level."""
    return found.at(found.depth)
