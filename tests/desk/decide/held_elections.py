"""Elections with which stories begin: prepared, voted on by phone and on paper, and closed."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from massline.desk.decide.elections import actions
from massline.desk.decide.elections.models import Election
from massline.desk.people.models import Account, Organisation
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.blank_ballots import Blank
from massline.square.elections.ballot_writer import SentBallot, save_ballots
from massline.square.elections.models import PublishedElection

NAMES = ("Rosa", "Ines", "Tom")


def prepare(organisation: Organisation, by: Account, **more: Any) -> Election:
    fields: dict[str, Any] = {
        "title": "Who speaks for us?",
        "options": [{"name": name, "line": ""} for name in NAMES],
        "method": "stv",
        "seats": 2,
        "decides": "They go to the office.",
        "who": "Everyone",
        "closes_at": timezone.now() + timedelta(days=2),
        "may_close_early": True,
        "has_paper": True,
    }
    return actions.make_election(organisation=organisation, by=by, **fields | more)


def published(election: Election) -> PublishedElection:
    return PublishedElection.objects.get(uuid=election.uuid)


def vote_by_phone(election: Election, *ballots: tuple[int, ...]) -> None:
    page = published(election)
    start = page.ballots.count()
    sent = []
    for number, ranks in enumerate(ballots, start):
        blank = Blank(page.page_id, f"card {number}", Level.CARD)
        sent.append(SentBallot(page.pk, page.page_id, blank.token, ranks, blank))
    save_ballots(sent)


def vote_on_paper(election: Election, text: str, by: Account) -> None:
    batch = actions.type_in_batch(election=election, name="Table 1", text=text, by=by)
    actions.type_in_again(batch=batch, text=text, by=by)


def close(election: Election, by: Account) -> Election:
    actions.close_election(election=election, by=by)
    return Election.objects.get(pk=election.pk)
