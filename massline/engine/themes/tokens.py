"""Words of any script, and how alike two texts are in the words they use."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import scipy

from massline.engine.themes.tf_idf import weigh_terms

_PAIRS_AT_ONCE = 200_000
_COMMON = 0.2


def _marks() -> str:
    """Vowel signs and accents, which belong to words in most scripts but which \\w leaves out, as ranges."""
    points = [point for point in range(0x300, 0x1_0000) if unicodedata.category(chr(point)).startswith("M")]
    ranges: list[list[int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_MARKS = _marks()
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*(?:['’\-‑](?:[^\W\d_]|[{_MARKS}])+)*")
_LETTERS_OR_DIGITS = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
_SIGNS = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNSPACED = re.compile(rf"[{_SIGNS}]")
_ONE_SCRIPT = re.compile(rf"[{_SIGNS}]+|[^{_SIGNS}]+")


def split_words(text: str) -> list[str]:
    """Lower-case words in order; Chinese and Japanese runs become overlapping pairs of characters.

    >>> split_words("Don't raise the RENT, 5 %!")
    ["don't", 'raise', 'the', 'rent']
    >>> split_words("停水六天")
    ['停水', '水六', '六天']
    """
    return _unspaced_in_pairs(_WORD.findall(text.lower()))


def split_runs(text: str) -> list[str]:
    """Lower-case runs of letters, vowel signs and digits; everything else only separates.

    >>> split_runs("किराया ↑ 20%")
    ['किराया', '20']
    """
    return _LETTERS_OR_DIGITS.findall(text.lower())


def split_wording(text: str) -> list[str]:
    """Split a text for comparing wordings: also numbers, and parts of joined words.

    >>> split_wording("L'eau à 11:30")
    ['l', 'eau', 'à', '11', '30']
    """
    return _unspaced_in_pairs(split_runs(text))


def _unspaced_in_pairs(found: Sequence[str]) -> list[str]:
    if not _UNSPACED.search(" ".join(found)):
        return list(map(sys.intern, found))
    out: list[str] = []
    for word in found:
        if _UNSPACED.search(word):
            for part in _ONE_SCRIPT.findall(word):
                out += _pairs(part) if len(part) > 2 and _UNSPACED.match(part) else [part]
        else:
            out.append(sys.intern(word))
    return out


def _pairs(run: str) -> list[str]:
    return [sys.intern(run[at : at + 2]) for at in range(len(run) - 1)]


def join_pairs(tokens: Sequence[str]) -> str:
    """Words as they are read: pairs of one unspaced run grow together again.

    >>> join_pairs(["共享", "享經", "經濟"]), join_pairs(["high", "rent"])
    ('共享經濟', 'high rent')
    """
    out = tokens[0]
    for last, token in pairwise(tokens):
        overlap = len(token) == 2 and last[-1] == token[0] and _UNSPACED.match(token)
        out += token[1:] if overlap else f" {token}"
    return out


def _single_and_pairs(tokens: Sequence[str]) -> list[str]:
    long = [token for token in tokens if len(token) > 1]
    return long + [f"{a} {b}" for a, b in pairwise(long)]


def wording_matrix(texts: Sequence[str]) -> scipy.sparse.csr_array:
    """TF–IDF of words and pairs of words, rows of length one; what one text or over a fifth say is left out."""
    terms = [_single_and_pairs(split_wording(text)) for text in texts]
    return weigh_terms(terms, least=2, most=max(_COMMON * len(texts), 2))


def word_similarity(matrix: scipy.sparse.csr_array, others: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
    """Cosine of each row's words with those of the rows that `others` (n, m) names."""
    n, m = others.shape
    out = np.zeros(n * m, np.float32)
    first, second = np.repeat(np.arange(n), m), others.ravel()
    for start in range(0, n * m, _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        out[part] = np.asarray(matrix[first[part]].multiply(matrix[second[part]]).sum(axis=1)).ravel()
    return out.reshape(n, m)
