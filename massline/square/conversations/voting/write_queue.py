"""The queue of votes: those of many voters share a commit."""

from collections.abc import Callable, Sequence

from django.db import connections

from massline.core.db.group_commit import MOST_WAITING, PATIENCE_SECONDS, BatchWriter
from massline.square.conversations.voting.vote_batch_writer import SentAnswer, VoteOutcome, save_votes

Settle = Callable[[Sequence[SentAnswer]], list[VoteOutcome | Exception]]


class VoteWriter(BatchWriter[SentAnswer, VoteOutcome]):
    """The writer of votes."""

    def __init__(
        self, settle: Settle = save_votes, *, most: int = MOST_WAITING, patience: float = PATIENCE_SECONDS
    ) -> None:
        super().__init__(settle, name="votes", most=most, patience=patience)

    def cast(self, cast: SentAnswer) -> VoteOutcome:
        """Wait until the vote is on the disk, and say what became of it; raises DeferredOutcome as `write` does."""
        return self.write(cast)


_ours = VoteWriter()


def queue_vote(cast: SentAnswer) -> VoteOutcome:
    """Keep one vote. Inside somebody's transaction it is part of that, else it shares a commit with its neighbours."""
    if connections["square"].in_atomic_block:
        outcome = save_votes([cast])[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome
    return _ours.cast(cast)
