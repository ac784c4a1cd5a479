"""Paper ballots as they are typed in: a line for each, a mark for each box from top to bottom."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from massline.core.refusal import Refused
from massline.desk.decide.elections.refusal_reasons import UnreadableBallot

UNCLEAR: list[int] = []
_EMPTY_BOX, _TICKS = {"-", "‐", "–", "—", "−"}, {"x", "✓", "✔", "✗", "✘", "×"}
_NOBODY_CAN_READ, _BETWEEN_MARKS = ["?", "؟"], str.maketrans(",،、", "   ")
LONGEST_MARK = 2


def read_typed_ballots(text: str, *, options: int, is_ranked: bool) -> list[list[int]]:
    """Read lines such as "2 1 -" (numbers) or "x - x" (ticks), and "?" for a ballot that nobody can read.

    Digits, dashes, commas and question marks are those of any keyboard.
    Returns the ballots in sorted order. Raises Refused for the first line that is none.
    """
    ballots = []
    for number, line in enumerate(text.splitlines(), start=1):
        marks = unicodedata.normalize("NFKC", line).translate(_BETWEEN_MARKS).split()
        if not marks:
            continue
        ballot = _read_line(marks, options, is_ranked=is_ranked)
        if ballot is None:
            raise Refused([UnreadableBallot(number, options)])
        ballots.append(ballot)
    return sorted(ballots)


def _read_line(marks: Sequence[str], options: int, *, is_ranked: bool) -> list[int] | None:
    if len(marks) == 1 and marks[0] in _NOBODY_CAN_READ:
        return UNCLEAR
    ballot = [_read_mark(mark, is_ranked=is_ranked) for mark in marks]
    read = [mark for mark in ballot if mark is not None]
    return read if len(read) == len(ballot) == options else None


def _read_mark(mark: str, *, is_ranked: bool) -> int | None:
    if mark in _EMPTY_BOX:
        return 0
    number = int(mark) if mark.isdecimal() and len(mark) <= LONGEST_MARK else None
    if is_ranked:
        return number
    return number if number in {0, 1} else 1 if mark.casefold() in _TICKS else None


def write_ballot(ballot: Sequence[int], *, is_ranked: bool) -> str:
    """The line that `read_typed_ballots` reads back."""
    if not ballot:
        return "?"
    return " ".join("-" if not mark else str(mark) if is_ranked else "x" for mark in ballot)


def list_differences(
    first: Sequence[Sequence[int]], second: Sequence[Sequence[int]], *, is_ranked: bool
) -> list[tuple[str, int, int]]:
    """Ballots that two typings of a pile have a different number of times: the line, and how often in each."""
    left, right = (Counter(tuple(ballot) for ballot in ballots) for ballots in (first, second))
    return [
        (write_ballot(ballot, is_ranked=is_ranked), left[ballot], right[ballot])
        for ballot in sorted(left | right)
        if left[ballot] != right[ballot]
    ]
