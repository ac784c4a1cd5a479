"""Input of a theme estimate: checked, sorted, with copies brought together."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt

from massline.engine.themes.stopwords import UNDETERMINED
from massline.engine.themes.tokens import split_runs

Vectors = npt.NDArray[np.float32]
LeftOut = Literal["empty", "no_vector"]


@dataclass(frozen=True)
class ThemeInput:
    """Voices in their own words; every column as long as `ids`.

    Attributes
    ----------
    ids : the voices' names, unique; results speak of voices by these alone.
    texts : verbatim.
    languages : ISO 639 codes, told or detected; `und` where unknown.
    people : who spoke, under any stable name; without it each voice counts as a person of its own.
    sections, days : where and when a voice was heard.
    kinds : "question" marks a question whatever its punctuation.
    """

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    languages: tuple[str, ...] | None = None
    people: tuple[str, ...] | None = None
    sections: tuple[str, ...] | None = None
    days: tuple[date | None, ...] | None = None
    kinds: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if len(set(self.ids)) != len(self.ids):
            raise ValueError("Every voice needs an id of its own; some ids are there twice.")
        for name in ("texts", "languages", "people", "sections", "days", "kinds"):
            column = getattr(self, name)
            if column is not None and len(column) != len(self.ids):
                raise ValueError(f"{name} has {len(column)} rows, ids has {len(self.ids)}.")


@dataclass(frozen=True)
class Wording:
    """A wording and everyone who said it in (nearly) these letters.

    Attributes
    ----------
    text : as the first voice, by id, wrote it.
    voices : ids, sorted.
    people : who said it, each once.
    """

    text: str
    language: str
    voices: tuple[str, ...]
    people: frozenset[str]


@dataclass(frozen=True)
class GatheredTexts:
    """The input in canonical order: rows sorted by id, wordings by their first voice.

    Attributes
    ----------
    node_of : the number of the wording of each voice that was kept.
    """

    nodes: tuple[Wording, ...]
    node_of: dict[str, int]
    person_of: dict[str, str]
    section_of: dict[str, str]
    day_of: dict[str, date]
    marked_questions: frozenset[str]
    left_out: dict[LeftOut, int]


def wording_key(text: str) -> str:
    """The key that copies share: letters and digits, without case, accents' encoding or punctuation.

    >>> wording_key("Tax  the RICH!!") == wording_key("tax the rich")
    True
    """
    return " ".join(split_runs(unicodedata.normalize("NFKC", text).casefold()))


def gather_texts(texts: ThemeInput, vectors: npt.ArrayLike) -> tuple[GatheredTexts, Vectors]:
    """Check, sort by id and bring copies together.

    Returns
    -------
    What was gathered, and a copy of the vectors (wordings, dim), that of the first voice of each.

    Raises
    ------
    ValueError : vectors are not (n, dim) or not finite.
    """
    matrix = np.asarray(vectors)
    if matrix.ndim != 2 or len(matrix) != len(texts.ids):
        raise ValueError(f"vectors has shape {matrix.shape}, but there are {len(texts.ids)} texts.")
    if not np.isfinite(matrix).all():
        raise ValueError("Some vectors hold a value that is not a finite number.")
    speaks = np.asarray(matrix.any(axis=1))
    rows = sorted(range(len(texts.ids)), key=texts.ids.__getitem__)
    groups, left_out = _by_wording(texts.texts, rows, speaks)
    nodes = tuple(_node(texts, group) for group in groups)
    kept = [row for group in groups for row in group]
    gathered = GatheredTexts(
        nodes=nodes,
        node_of={voice: number for number, node in enumerate(nodes) for voice in node.voices},
        person_of={texts.ids[row]: _person(texts, row) for row in kept},
        section_of={texts.ids[row]: texts.sections[row] for row in kept} if texts.sections else {},
        day_of=_days(texts, kept),
        marked_questions=frozenset(
            texts.ids[row] for row in kept if texts.kinds and texts.kinds[row] == "question"
        ),
        left_out=left_out,
    )
    return gathered, np.asarray(matrix[[group[0] for group in groups]], dtype=np.float32)


def _by_wording(
    texts: Sequence[str], rows: Sequence[int], speaks: npt.NDArray[np.bool_]
) -> tuple[list[list[int]], dict[LeftOut, int]]:
    groups: dict[str, list[int]] = {}
    left_out: dict[LeftOut, int] = {"empty": 0, "no_vector": 0}
    for row in rows:
        key = wording_key(texts[row]) or texts[row].strip()
        if not key:
            left_out["empty"] += 1
        elif not speaks[row]:
            left_out["no_vector"] += 1
        else:
            groups.setdefault(key, []).append(row)
    return list(groups.values()), left_out


def _person(texts: ThemeInput, row: int) -> str:
    return texts.people[row] if texts.people is not None else texts.ids[row]


def _node(texts: ThemeInput, rows: Sequence[int]) -> Wording:
    return Wording(
        text=texts.texts[rows[0]],
        language=texts.languages[rows[0]] if texts.languages is not None else UNDETERMINED,
        voices=tuple(texts.ids[row] for row in rows),
        people=frozenset(_person(texts, row) for row in rows),
    )


def _days(texts: ThemeInput, rows: Sequence[int]) -> dict[str, date]:
    if texts.days is None:
        return {}
    return {texts.ids[row]: day for row in rows if (day := texts.days[row]) is not None}
