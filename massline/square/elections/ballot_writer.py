"""The one write path for ballots: those of many voters share a transaction, and none says who came first."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from django.db import connections, transaction
from django.utils import timezone

from massline.core.db.group_commit import BatchWriter
from massline.core.db.isolated_batch import write_batch
from massline.square.conversations.voting.admission import admit_participants
from massline.square.conversations.voting.blank_ballots import Blank
from massline.square.elections.models import Ballot, PublishedElection


@dataclass(frozen=True)
class SentBallot:
    """A ballot as it was sent: `conversation` is the election's page, `token` the value of the voter's cookie."""

    election: int
    conversation: int
    token: str
    ranks: tuple[int, ...]
    blank: Blank | None = None


class BallotOutcome(Enum):
    KEPT = auto()
    CLOSED = auto()
    NOT_ADMITTED = auto()


def save_ballots(sent: Sequence[SentBallot]) -> list[BallotOutcome | Exception]:
    """Keep all ballots in one transaction and say what became of each, in their order; of two of one card the last counts.

    Raises OperationalError where the database cannot write now; nothing of all this was kept.
    """
    return write_batch(sent, _save_together, using="square")


def _save_together(sent: Sequence[SentBallot]) -> list[BallotOutcome]:
    with transaction.atomic(using="square"):
        # The count holds the same rows, so that no ballot is thanked for and missed in it.
        held = PublishedElection.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
        elections = {
            election.pk: election
            for election in held.select_related("page__organisation").filter(
                pk__in={ballot.election for ballot in sent}
            )
        }
        open_pages = {
            election.page_id: election.page for election in elections.values() if election.is_open()
        }
        accepted = [ballot for ballot in sent if ballot.conversation in open_pages]
        people = admit_participants(accepted, open_pages)
        today = timezone.localdate()
        rows = {
            people[ballot.conversation, ballot.token]: ballot
            for ballot in accepted
            if (ballot.conversation, ballot.token) in people
        }
        ballots = [
            Ballot(
                election_id=ballot.election, participant_id=person, ranks=list(ballot.ranks), cast_on=today
            )
            for person, ballot in rows.items()
        ]
        Ballot.objects.bulk_create(
            sorted(ballots, key=lambda ballot: ballot.pk),
            update_conflicts=True,
            unique_fields=["participant"],
            update_fields=["ranks", "cast_on"],
        )
    return [
        BallotOutcome.CLOSED
        if ballot.conversation not in open_pages
        else BallotOutcome.KEPT
        if (ballot.conversation, ballot.token) in people
        else BallotOutcome.NOT_ADMITTED
        for ballot in sent
    ]


class BallotWriter(BatchWriter[SentBallot, BallotOutcome]):
    """The writer of ballots."""

    def __init__(self) -> None:
        super().__init__(save_ballots, name="ballots")


_ours = BallotWriter()


def queue_ballot(ballot: SentBallot) -> BallotOutcome:
    """Keep one ballot. Inside somebody's transaction it is part of that, else it shares a commit with its neighbours."""
    if connections["square"].in_atomic_block:
        outcome = save_ballots([ballot])[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome
    return _ours.write(ballot)
