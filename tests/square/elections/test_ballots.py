"""A ballot on several options: one each by card, kept on an error, changed until the close, and nothing told before the count."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.square.conversations.models import Participant
from massline.square.conversations.trust_levels import Level
from massline.square.conversations.voting.blank_ballots import Blank
from massline.square.elections import actions
from massline.square.elections.ballot_writer import BallotOutcome, SentBallot, save_ballots
from massline.square.elections.models import Ballot, PublishedElection
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient
from tests.parts import field_errors, holds, parts, shows
from tests.square.conversations.test_voting import ballot_on
from tests.square.elections.election_phones import put_up, with_card


@pytest.fixture
def ranked(face: PublicOrganisation) -> PublishedElection:
    return put_up(face, "stv")


def cast(phone: DoorClient, election: PublishedElection, **options: object) -> Any:
    address = election.get_absolute_url()
    marks = {name.replace("_", "-"): value for name, value in options.items()}
    return phone.post(address, {"ballot": ballot_on(phone.get(address)), **marks})


def test_whoever_has_a_card_ranks_once_and_may_change_it(ranked: PublishedElection) -> None:
    rosa, ines = with_card(ranked), with_card(ranked)
    thanks = cast(rosa, ranked, option_1=2, option_2=1)
    page = rosa.get(thanks.headers["Location"])
    assert shows(page, "ballot-kept")
    assert holds(parts(page, "own-ballot")[0], 1, "Ines", 2, "Rosa")
    cast(ines, ranked, option_3=1)
    cast(rosa, ranked, option_1=1)
    assert actions.hold_ballots(ranked) == [[0, 0, 1], [1, 0, 0]]
    assert {participant.level for participant in Participant.objects.all()} == {Level.CARD}


def test_a_ballot_with_a_mistake_says_where_and_keeps_what_was_chosen(ranked: PublishedElection) -> None:
    phone = with_card(ranked)
    twice = cast(phone, ranked, option_1=1, option_2=1, option_3=2)
    assert twice.status_code == 422
    assert field_errors(twice, "option-2") == ["number-twice"]
    assert twice.content.decode().count("selected") == 3
    assert shows(cast(phone, ranked), "nothing-chosen")
    assert not Ballot.objects.exists()


def test_ticks_and_equal_numbers_where_the_method_takes_them(face: PublicOrganisation) -> None:
    approval, schulze = put_up(face, "approval"), put_up(face, "schulze", title="Which day?")
    fresh = with_card(approval).get(approval.get_absolute_url())
    assert "checked" not in fresh.content.decode(), "nothing is ticked before somebody ticks it"
    assert cast(with_card(approval), approval, option_1="on", option_3="on").status_code == 302
    assert cast(with_card(schulze), schulze, option_1=1, option_2=1, option_3=2).status_code == 302
    assert actions.hold_ballots(approval) == [[1, 0, 1]]
    assert actions.hold_ballots(schulze) == [[1, 1, 2]]


def test_without_a_card_one_reads_the_options_and_cannot_vote(
    nobody: DoorClient, ranked: PublishedElection
) -> None:
    page = nobody.get(ranked.get_absolute_url())
    assert shows(page, "enter-code")
    assert holds(parts(page, "options")[0], "Rosa", "block B", "Ines", "Tom")
    stolen = ballot_on(with_card(ranked).get(ranked.get_absolute_url()))
    sent = nobody.post(ranked.get_absolute_url(), {"ballot": stolen, "option-1": 1})
    assert sent.headers["Location"] == ranked.page.get_way_in_url()
    other = with_card(ranked).post(ranked.get_absolute_url(), {"ballot": stolen, "option-1": 1})
    assert shows(other, "other-browser")
    assert not Ballot.objects.exists()


def test_before_it_opens_and_after_it_closes_no_ballot_is_taken(
    face: PublicOrganisation, ranked: PublishedElection
) -> None:
    phone = with_card(ranked)
    page = phone.get(ranked.get_absolute_url())
    actions.close_early(ranked)
    late = phone.post(ranked.get_absolute_url(), {"ballot": ballot_on(page), "option-1": 1})
    assert shows(phone.get(late.headers["Location"]), "election-closed")
    assert not Ballot.objects.exists()
    opens_at = timezone.now() + timedelta(hours=2)
    ahead = put_up(face, "stv", title="Later", opens_at=opens_at)
    assert shows(phone.get(ahead.get_absolute_url()), "election-ahead")


def test_a_batch_takes_the_good_ballots_of_several_elections_and_the_last_of_each_card(
    face: PublicOrganisation, ranked: PublishedElection
) -> None:
    closed = put_up(face, "stv", title="Closed")
    actions.close_early(closed)

    def sent(election: PublishedElection, card: str, *ranks: int, admitted: bool = True) -> SentBallot:
        blank = Blank(election.page_id, card, Level.CARD) if admitted else None
        return SentBallot(election.pk, election.page_id, card, ranks, blank)

    outcomes = save_ballots(
        [
            sent(ranked, "a", 1, 0, 0),
            sent(ranked, "b", 0, 1, 0),
            sent(ranked, "a", 0, 0, 1),
            sent(closed, "a", 1, 0, 0),
            sent(ranked, "c", 1, 0, 0, admitted=False),
        ]
    )
    kept = BallotOutcome.KEPT
    assert outcomes == [kept, kept, kept, BallotOutcome.CLOSED, BallotOutcome.NOT_ADMITTED]
    assert actions.hold_ballots(ranked) == [[0, 0, 1], [0, 1, 0]]


def test_nothing_is_told_before_the_count_and_no_conversation_lists_it(
    nobody: DoorClient, ranked: PublishedElection, face: PublicOrganisation
) -> None:
    cast(with_card(ranked), ranked, option_1=1)
    assert nobody.get(ranked.get_ballots_url()).status_code == 404
    assert holds(parts(nobody.get(face.get_absolute_url()), "elections")[0], ranked.page.question)
    assert nobody.get(f"/{face.slug}/c/{ranked.page.slug}/").status_code == 404
    assert nobody.get(f"/{face.slug}/election/none/").status_code == 404
