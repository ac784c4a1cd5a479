"""Wordings of a motion: joining an amendment with those taken before it, and showing what it changes."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

PIECES = re.compile(r"\s+|[^\W_]+(?:['’][^\W_]+)*|.", re.DOTALL)


@dataclass(frozen=True)
class TextPiece:
    """A stretch of a compared text: "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class _Edit:
    """Words `start` to `end` of the base are replaced by `words`."""

    start: int
    end: int
    words: tuple[str, ...]


def merge_wordings(base: str, taken: str, proposed: str) -> str | None:
    """Apply what `proposed` changes in `base` to `taken`, which changed `base` too.

    Returns None where both change the same words, or words with nothing unchanged between them.
    """
    words = _words(base)
    edits = sorted({*_edits(base, taken), *_edits(base, proposed)}, key=lambda edit: (edit.start, edit.end))
    for before, after in pairwise(edits):
        if not any(word.strip() for word in words[before.end : after.start]):
            return None
    joined: list[str] = []
    place = 0
    for edit in edits:
        joined += [*words[place : edit.start], *edit.words]
        place = edit.end
    return "".join([*joined, *words[place:]])


def compare_wordings(old: str, new: str) -> list[TextPiece]:
    """The words of both texts in order, so that a page can mark what was added and what was removed."""
    before, after = _words(old), _words(new)
    pieces: list[TextPiece] = []
    for kind, start, end, new_start, new_end in _matcher(before, after).get_opcodes():
        if kind == "equal":
            pieces.append(TextPiece("same", "".join(before[start:end])))
            continue
        if start < end:
            pieces.append(TextPiece("removed", "".join(before[start:end])))
        if new_start < new_end:
            pieces.append(TextPiece("added", "".join(after[new_start:new_end])))
    return pieces


def _words(text: str) -> list[str]:
    return PIECES.findall(text)


def _matcher(before: list[str], after: list[str]) -> "SequenceMatcher[str]":
    return SequenceMatcher(lambda word: word.isspace(), before, after, autojunk=False)


def _edits(base: str, changed: str) -> list[_Edit]:
    words = _words(changed)
    return [
        _Edit(start, end, tuple(words[new_start:new_end]))
        for kind, start, end, new_start, new_end in _matcher(_words(base), words).get_opcodes()
        if kind != "equal"
    ]
