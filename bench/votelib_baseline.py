"""Winners of elections by other people's programs (votelib 0.4.0, abcvoting 2.19.2), run in their own environment.

Reads a list of elections from a file, `[{"method", "seats", "candidates", "ballots": [[rank, …], …]}]`, and prints for
each the sorted winners, or null where the other program stops: at a tie, and votelib also where a surplus of nothing is left.
"""

import json
import sys
from pathlib import Path
from typing import Any


def main(source: str) -> None:
    elections = json.loads(Path(source).read_text(encoding="utf-8"))
    sys.stdout.write(json.dumps([_winners(election) for election in elections]))


def _winners(election: dict[str, Any]) -> list[str] | None:
    if election["method"] == "equal-shares":
        return _equal_shares(election)
    return _schulze(election) if election["method"] == "schulze" else _transferable(election)


def _levels(election: dict[str, Any]) -> dict[tuple[Any, ...], int]:
    """Ballots as votelib reads them: names or sets of equals, best first, and how often."""
    counts: dict[tuple[Any, ...], int] = {}
    for ranks in election["ballots"]:
        levels = []
        for rank in sorted({rank for rank in ranks if rank}):
            equal = [name for name, given in zip(election["candidates"], ranks, strict=True) if given == rank]
            levels.append(frozenset(equal) if len(equal) > 1 else equal[0])
        counts[tuple(levels)] = counts.get(tuple(levels), 0) + 1
    return counts


def _transferable(election: dict[str, Any]) -> list[str] | None:
    from votelib.evaluate.core import VotingSystemError  # type: ignore[import-not-found]
    from votelib.evaluate.sequential import TransferableVoteSelector  # type: ignore[import-not-found]

    selector = TransferableVoteSelector(transferer="Gregory", quota_function="droop")
    try:
        return sorted(selector.evaluate(_levels(election), election["seats"]))
    except (NotImplementedError, VotingSystemError):
        return None


def _schulze(election: dict[str, Any]) -> list[str] | None:
    from votelib.convert import RankedToCondorcetVotes  # type: ignore[import-not-found]
    from votelib.evaluate.condorcet import Schulze  # type: ignore[import-not-found]

    duels = RankedToCondorcetVotes().convert(_levels(election))
    (winner,) = Schulze().evaluate(duels, 1)
    return [winner] if isinstance(winner, str) else None


def _equal_shares(election: dict[str, Any]) -> list[str] | None:
    from abcvoting import abcrules  # type: ignore[import-not-found]
    from abcvoting.preferences import Profile  # type: ignore[import-not-found]

    profile = Profile(len(election["candidates"]), cand_names=election["candidates"])
    profile.add_voters([[at for at, mark in enumerate(ranks) if mark] for ranks in election["ballots"]])
    found = abcrules.compute("equal-shares", profile, election["seats"], resolute=False)
    if len(found) != 1:
        return None
    return sorted(election["candidates"][at] for at in found[0])


if __name__ == "__main__":
    main(sys.argv[1])
