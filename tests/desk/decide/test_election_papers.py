"""Paper ballots of an election: read as people type them, counted once, and shown to those who type them in alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from massline.desk.decide.elections import actions
from massline.desk.decide.elections.forms import CountElectionForm, parse_option
from massline.desk.decide.elections.models import Election, PaperBatch
from massline.desk.decide.elections.paper_ballots import read_typed_ballots
from massline.desk.people.models import Account, Organisation
from massline.square.elections.models import PublishedElection
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient, at_desk
from tests.desk.decide.held_elections import close, prepare, published, vote_by_phone, vote_on_paper
from tests.parts import expect_refusal, field_errors, shows

PAPER = "1 2 3\n1 2 3\n2 1 3\n2 1 3\n3 1 2\n3 2 1"


@pytest.mark.parametrize(
    ("line", "ballot"),
    [
        ("2 1 —", [2, 1, 0]),
        ("٢، ١، ٠", [2, 1, 0]),
        ("２，１，－", [2, 1, 0]),
        ("2、1、-", [2, 1, 0]),
        ("؟", []),
        ("？", []),
    ],
)
def test_ballots_are_read_as_every_keyboard_writes_them(line: str, ballot: list[int]) -> None:
    assert read_typed_ballots(line, options=3, is_ranked=True) == [ballot]


@pytest.mark.parametrize("line", ["x — x", "Ｘ － Ｘ", "١ ٠ ١", "✔ - ✔"])
def test_crosses_are_read_as_every_keyboard_writes_them(line: str) -> None:
    assert read_typed_ballots(line, options=3, is_ranked=False) == [[1, 0, 1]]


def test_a_mark_of_endless_digits_is_no_ballot() -> None:
    with expect_refusal("unreadable-ballot"):
        read_typed_ballots("9" * 5000 + " 1 2", options=3, is_ranked=True)


def test_a_wide_colon_parts_a_name_from_the_sentence_about_it() -> None:
    assert parse_option("罗莎：B座：会说葡萄牙语") == {"name": "罗莎", "line": "B座：会说葡萄牙语"}


def test_dice_are_read_in_the_digits_of_every_script() -> None:
    form = CountElectionForm({"dice": "٣ ١ ٦ ٦ ٢", "entitled": "40"})
    assert form.is_valid()
    assert form.to_count()["seed"] == 31662


def test_no_paper_is_counted_where_the_rules_told_of_none(
    riverside: Organisation, face: PublicOrganisation, bea: Account
) -> None:
    election = prepare(riverside, bea, has_paper=False)
    actions.publish_election(election=election, by=bea)
    with expect_refusal("no-paper-in-rules"):
        actions.type_in_batch(election=election, name="Table 1", text=PAPER, by=bea)


def test_a_pile_typed_in_twice_as_two_piles_is_refused_with_what_was_typed(
    running: Election,
    bea: Account,
) -> None:
    door, page = at_desk(bea), f"/riverside/decide/elections/{running.pk}/"
    door.post(f"{page}piles/", {"name": "Table 1", "text": PAPER})
    again = door.post(f"{page}piles/", {"name": " table 1", "text": PAPER})
    assert again.status_code == 422
    assert field_errors(again, "name") == ["pile-there-already"]
    assert "3 2 1" in again.content.decode()
    assert PaperBatch.objects.count() == 1


def test_members_read_no_paper_ballot_before_the_count(
    running: Election, bea: Account, chen: Account
) -> None:
    batch = actions.type_in_batch(election=running, name="Table 1", text=PAPER, by=bea)
    actions.type_in_again(batch=batch, text="1 2 3\n1 2 3\n2 1 3\n2 1 3\n3 1 2\n3 - 1", by=bea)
    page = f"/riverside/decide/elections/{running.pk}/"
    assert shows(at_desk(bea).get(page), "pile-differences", "3 2 1")
    members = at_desk(chen).get(page)
    assert shows(members, "pile-differs")
    assert not shows(members, "pile-differences")


def test_where_few_vote_by_phone_no_ballot_is_left_over_beside_the_paper(
    running: Election,
    bea: Account,
    nobody: DoorClient,
) -> None:
    vote_by_phone(running, (3, 2, 1))
    vote_on_paper(running, PAPER, bea)
    actions.count_election(election=close(running, bea), seed=31662, entitled=9, by=bea)
    told = published(running)
    assert told.winners
    assert (told.document, told.ballots_file) == (None, "")
    assert shows(nobody.get(told.get_absolute_url()), "outcome-only", 5)


def test_a_publication_that_broke_off_is_made_anew_with_what_was_changed_since(
    riverside: Organisation, face: PublicOrganisation, bea: Account
) -> None:
    election = prepare(riverside, bea)
    actions.publish_election(election=election, by=bea)
    Election.objects.update(published_on=None)
    election = Election.objects.get(pk=election.pk)
    options = [{"name": name, "line": ""} for name in ("Rosa", "Ines", "Tom", "Farida")]
    actions.change_election(election=election, by=bea, options=options)
    actions.publish_election(election=election, by=bea)
    assert PublishedElection.objects.get().names == ["Rosa", "Ines", "Tom", "Farida"]


def test_withdrawing_after_a_publication_broke_off_takes_it_off_the_square(
    riverside: Organisation, face: PublicOrganisation, bea: Account
) -> None:
    election = prepare(riverside, bea)
    actions.publish_election(election=election, by=bea)
    Election.objects.update(published_on=None)
    actions.withdraw_election(election=Election.objects.get(pk=election.pk), by=bea)
    assert not PublishedElection.objects.exists()


def test_an_election_whose_public_page_is_gone_can_be_read_and_withdrawn(
    running: Election,
    bea: Account,
    face: PublicOrganisation,
) -> None:
    published(running).page.delete()
    door, page = at_desk(bea), f"/riverside/decide/elections/{running.pk}/"
    assert door.get(page).status_code == 200
    assert shows(door.post(f"{page}end/", {"withdraw": "1"}, follow=True), "was-withdrawn")


def test_nothing_is_closed_before_it_opens(
    riverside: Organisation, face: PublicOrganisation, bea: Account
) -> None:
    election = prepare(riverside, bea, opens_at=timezone.now() + timedelta(days=1))
    actions.publish_election(election=election, by=bea)
    election = Election.objects.get(pk=election.pk)
    assert not shows(at_desk(bea).get(f"/riverside/decide/elections/{election.pk}/"), "close-election")
    with expect_refusal("election-not-open"):
        actions.close_election(election=election, by=bea)
