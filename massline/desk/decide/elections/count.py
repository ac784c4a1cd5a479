"""One count of ballots by phone and on paper, and what of it may be told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from massline.engine.elections import (
    Ballots,
    ElectionDocument,
    Method,
    count_election,
    document,
    merge_ballots,
)
from massline.engine.elections import (
    Election as CountedElection,
)
from massline.engine.privacy.threshold import Threshold
from massline.engine.result_documents import to_json
from massline.files.ballots_table import ballots_csv
from massline.square.elections.actions import PublishedCount
from massline.square.elections.methods import CountingMethod

UNREADABLE = "unreadable_mark"


@dataclass(frozen=True)
class CastBallots:
    """Ballots before the count: each a number for every option, or an empty list where nobody can read it."""

    by_phone: Sequence[Sequence[int]]
    on_paper: Sequence[Sequence[int]]

    @property
    def total(self) -> int:
        return len(self.by_phone) + len(self.on_paper)


def count_ballots(
    ballots: CastBallots, *, names: Sequence[str], method: CountingMethod, seats: int, seed: int
) -> tuple[ElectionDocument, Ballots]:
    """Count all ballots alike, wherever they come from. Raises ValueError for seats that the method does not know."""
    rows, invalid = [], Counter[str]()
    for ballot in [*ballots.by_phone, *ballots.on_paper]:
        if len(ballot) != len(names):
            invalid[UNREADABLE] += 1
        else:
            rows.append([min(mark, 1) for mark in ballot] if not method.is_ranked else list(ballot))
    merged = merge_ballots(names, rows, invalid=invalid, equal_ranks=method.allows_equal_ranks)
    engine_method = cast(Method, method.value)
    counted = count_election(merged, method=engine_method, seats=seats, seed=seed)
    return document(counted, merged, seed=seed), merged


def choose_what_to_tell(
    counted: ElectionDocument, merged: Ballots, ballots: CastBallots, *, entitled: int, least: Threshold
) -> PublishedCount:
    """The outcome always; figures and the ballot file only where at least the threshold of ballots count.

    Whoever typed in the paper could take it from the file and be left with the ballots of phones: beside paper these
    must be as many as the threshold too. How many came on paper and by phone is told where neither is a number of people so small.
    """
    result = counted.result
    winners, unfilled = (result.winners, result.unfilled) if isinstance(result, CountedElection) else ((), 0)
    leaves_few = bool(ballots.on_paper) and bool(ballots.by_phone) and not least.shows(len(ballots.by_phone))
    if leaves_few or not least.shows(merged.valid):
        return PublishedCount(winners=winners, unfilled=unfilled, entitled=entitled)
    parts = [len(ballots.on_paper), len(ballots.by_phone)]
    tells_parts = all(not part or least.shows(part) for part in parts)
    return PublishedCount(
        winners=winners,
        unfilled=unfilled,
        entitled=entitled,
        on_paper=parts[0] if tells_parts else None,
        by_phone=parts[1] if tells_parts else None,
        document=to_json(counted),
        ballots_file=ballots_csv(merged).decode(),
    )
