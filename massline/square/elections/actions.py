"""Putting an election on the square, closing it, and telling what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from massline.core.db.erasure import erase_after_commit
from massline.square.conversations.actions import open_conversation
from massline.square.conversations.models import Participant, ResultsShown
from massline.square.elections.models import Ballot, PublishedElection
from massline.square.organisations.models import PublicOrganisation


@dataclass(frozen=True)
class ElectionFacts:
    """What an election is, as it is said before anybody votes. `options` are pairs of a name and a line about it."""

    uuid: UUID
    title: str
    decides: str
    who: str
    method: str
    seats: int
    options: tuple[tuple[str, str], ...]
    closes_at: datetime
    opens_at: datetime | None = None
    may_close_early: bool = False
    has_paper: bool = False


@dataclass(frozen=True)
class PublishedCount:
    """What is told of a count. Where too few voted, `document`, `ballots_file` and the parts by paper and phone are empty."""

    winners: tuple[str, ...]
    unfilled: int
    entitled: int
    on_paper: int | None = None
    by_phone: int | None = None
    document: dict[str, Any] | None = None
    ballots_file: str = ""


def publish_election(organisation: PublicOrganisation, facts: ElectionFacts) -> PublishedElection:
    """Put an election on the square; only whoever has a card may vote."""
    with transaction.atomic(using="square"):
        page = open_conversation(
            organisation=organisation,
            question=facts.title,
            seeds=[],
            closes_at=facts.closes_at,
            opens_at=facts.opens_at or timezone.now(),
            open_to_all=False,
            results=ResultsShown.SEALED,
            is_hall=True,
        )
        return PublishedElection.objects.create(
            uuid=facts.uuid,
            page=page,
            decides=facts.decides,
            who=facts.who,
            method=facts.method,
            seats=facts.seats,
            options=[{"name": name, "line": line} for name, line in facts.options],
            may_close_early=facts.may_close_early,
            has_paper=facts.has_paper,
        )


def close_early(election: PublishedElection) -> None:
    """Take no more ballots from now on."""
    with transaction.atomic(using="square"):
        held = PublishedElection.objects.select_for_update(no_key=True).get(pk=election.pk)
        page = held.page
        page.closes_at = min(timezone.now(), page.closes_at or timezone.now())
        page.save(update_fields=["closes_at"])


def hold_ballots(election: PublishedElection) -> list[list[int]]:
    """The ranks of all ballots given by phone, in sorted order; inside a transaction no ballot comes between."""
    PublishedElection.objects.select_for_update(no_key=True).get(pk=election.pk)
    return sorted(Ballot.objects.filter(election=election).values_list("ranks", flat=True))


def publish_count(election: PublishedElection, count: PublishedCount) -> None:
    """Tell what came of it, and destroy the ballots, who gave them, the cards and the key of the page."""
    with transaction.atomic(using="square"):
        election.counted_on = timezone.localdate()
        election.winners = list(count.winners)
        election.unfilled, election.entitled = count.unfilled, count.entitled
        election.on_paper, election.by_phone = count.on_paper, count.by_phone
        election.document, election.ballots_file = count.document, count.ballots_file
        election.save()
        Ballot.objects.filter(election=election).delete()
        Participant.objects.filter(conversation=election.page_id).delete()
        election.page.ways.all().delete()
        election.page.key = None
        election.page.save(update_fields=["key"])
        erase_after_commit("square")


def withdraw_election(election: PublishedElection) -> None:
    """Take an election off the square with every ballot and card, and tell nothing of them."""
    with transaction.atomic(using="square"):
        # No ballot comes between what is deleted and the page it hangs on.
        PublishedElection.objects.select_for_update(no_key=True).filter(pk=election.pk).first()
        election.page.delete()
        erase_after_commit("square")
