"""An election from the draft to the count: paper and phones in one count that anybody can repeat from the published file."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.decide.decisions.actions import record_decision
from massline.desk.decide.decisions.publication import publish_decision
from massline.desk.decide.elections import actions
from massline.desk.decide.elections.models import Election, ElectionState, PaperBatch
from massline.desk.home.todo_list import list_todos
from massline.desk.people.models import Account, Organisation
from massline.engine.result_documents import canonical_bytes
from massline.square.conversations.access_codes.models import AccessCodeBatch
from massline.square.conversations.models import Participant
from massline.square.conversations.trust_levels import Level
from massline.square.elections.models import Ballot
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient, at_desk
from tests.desk.decide.held_elections import close, prepare, published, vote_by_phone, vote_on_paper
from tests.files.command import run
from tests.parts import expect_refusal, field_errors, holds, parts, shows

TYPED = {
    "title": "Who speaks for us?",
    "options": "Rosa: block B\nInes\nTom: block D",
    "method": "stv",
    "seats": 2,
    "decides": "They go to the office.",
    "who": "Everyone in blocks A to E",
    "has_paper": "on",
    "may_close_early": "on",
}


def closes() -> str:
    return (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")


def test_an_election_is_prepared_changed_and_fixed_once_it_is_published(
    riverside: Organisation, face: PublicOrganisation, bea: Account, nobody: DoorClient
) -> None:
    door = at_desk(bea)
    made = door.post("/riverside/decide/elections/", TYPED | {"closes_at": closes()})
    page = made.headers["Location"]
    assert shows(door.get(page), "election-draft")
    door.post(page, TYPED | {"closes_at": closes(), "who": "All tenants"})
    election = Election.objects.get()
    assert election.who == "All tenants"
    assert election.options[0] == {"name": "Rosa", "line": "block B"}
    assert shows(door.post(f"{page}publish/", follow=True), "election-published")
    assert shows(door.get(page), "election-open")
    door.post(page, TYPED | {"closes_at": closes(), "title": "Another question"})
    assert shows(door.post(page, TYPED | {"closes_at": closes(), "seats": 1}), "election-open")
    election = Election.objects.get()
    assert (election.title, election.seats) == ("Who speaks for us?", 2)
    assert holds(parts(nobody.get(published(election).get_absolute_url()), "options")[0], "Rosa", "Ines")


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"options": "Rosa\nRosa: again\nTom"}, "options", "option-twice"),
        ({"options": "Rosa\ncount\nTom"}, "options", "option-taken"),
        ({"options": "Rosa\nRank 2\nTom"}, "options", "option-taken"),
        ({"options": "\n".join(f"N{n}" for n in range(40))}, "options", "many-options"),
        ({"options": f"Rosa\n{'x' * 90}"}, "options", "long-option"),
    ],
)
def test_options_that_cannot_be_counted_are_named(
    riverside: Organisation, bea: Account, change: dict[str, str], field: str, code: str
) -> None:
    answer = at_desk(bea).post("/riverside/decide/elections/", TYPED | {"closes_at": closes()} | change)
    assert answer.status_code == 422
    assert field_errors(answer, field) == [code]
    assert not Election.objects.exists()


def test_seats_and_hours_that_cannot_be_are_refused(riverside: Organisation, bea: Account) -> None:
    past = timezone.now() - timedelta(hours=1)
    for wrong, reason in (
        ({"seats": 3}, "too-many-seats"),
        ({"method": "schulze"}, "one-seat-only"),
        ({"options": [{"name": "Rosa", "line": ""}], "seats": 1}, "not-two-options"),
        ({"closes_at": past}, "closes-too-soon"),
        ({"opens_at": timezone.now() + timedelta(days=9)}, "closes-too-soon"),
    ):
        with expect_refusal(reason):
            prepare(riverside, bea, **wrong)


def test_phones_and_paper_make_one_count_that_the_published_file_repeats(
    running: Election, bea: Account, nobody: DoorClient, tmp_path: Path
) -> None:
    vote_by_phone(running, (1, 2, 3), (1, 2, 0), (1, 2, 0), (1, 3, 2), (0, 0, 1), (2, 1, 0))
    vote_on_paper(running, "1 2 -\n1 - 2\n- - 1\n- 2 1\n? \n1 1 2\n2 1 -", bea)
    running = close(running, bea)
    door, page = at_desk(bea), f"/riverside/decide/elections/{running.pk}/"
    assert shows(door.post(f"{page}count/", {"dice": "31662", "entitled": 12}), "more-ballots-than-voters")
    assert field_errors(door.post(f"{page}count/", {"dice": "71662", "entitled": 40}), "dice") == ["invalid"]
    door.post(f"{page}count/", {"dice": "3 1 6 6 2", "entitled": 40})
    counted = door.get(page)
    assert holds(parts(counted, "elected")[0], "Rosa", "Tom")
    result = nobody.get(published(running).get_absolute_url())
    assert holds(parts(result, "elected")[0], "Rosa", "Tom")
    assert shows(result, "turnout", 13, 40)
    assert shows(result, "by-way", 7, 6)
    assert shows(result, "invalid-ballots", 2)
    assert shows(result, "rounds", "Rosa", "Tom", "Ines")
    assert "<svg" in result.content.decode()
    command = parts(result, "recount-command")[0].split()
    file = tmp_path / command[2]
    file.write_bytes(nobody.get(published(running).get_ballots_url()).content)
    again = run(command[1], file, *command[3:], "--json", "-")
    document = published(running).read_document()
    assert document is not None
    assert json.loads(again.stdout) == json.loads(canonical_bytes(document))


@pytest.mark.parametrize(
    ("method", "seats", "ballots", "winners", "margin"),
    [
        ("approval", 1, [(1, 1, 0)] * 4 + [(0, 1, 1)] * 3, ["Ines"], 3),
        ("instant-runoff", 1, [(1, 2, 0)] * 4 + [(0, 1, 2)] * 3 + [(0, 2, 1)] * 2, ["Ines"], 1),
        ("schulze", 1, [(1, 1, 2)] * 4 + [(2, 1, 3)] * 3, ["Ines"], 3),
        ("equal-shares", 2, [(1, 0, 0)] * 4 + [(0, 1, 0)] * 4, ["Ines", "Rosa"], None),
    ],
)
def test_every_method_has_its_result_page(
    riverside: Organisation,
    face: PublicOrganisation,
    bea: Account,
    nobody: DoorClient,
    method: str,
    seats: int,
    ballots: list[tuple[int, ...]],
    winners: list[str],
    margin: int | None,
) -> None:
    election = prepare(riverside, bea, method=method, seats=seats)
    actions.publish_election(election=election, by=bea)
    election = Election.objects.get(pk=election.pk)
    vote_by_phone(election, *ballots)
    election = close(election, bea)
    actions.count_election(election=election, seed=31662, entitled=20, by=bea)
    page = nobody.get(published(election).get_absolute_url())
    assert sorted(published(election).winners) == winners
    assert "<svg" in page.content.decode()
    assert shows(page, "turnout", len(ballots), 20)
    assert shows(page, "margin", margin) if margin is not None else not shows(page, "margin")


def test_after_the_count_nothing_is_left_of_ballots_cards_and_people(running: Election, bea: Account) -> None:
    actions.print_election_cards(election=running, level=Level.CARD, most=9, by=bea)
    vote_by_phone(running, *[(1, 2, 3)] * 6)
    vote_on_paper(running, "1 2 3", bea)
    running = close(running, bea)
    actions.count_election(election=running, seed=31662, entitled=9, by=bea)
    assert not Ballot.objects.exists()
    assert not Participant.objects.exists()
    assert not AccessCodeBatch.objects.exists()
    assert not PaperBatch.objects.exists()
    assert published(running).page.key is None
    assert (published(running).on_paper, published(running).by_phone) == (None, None), "one paper ballot"
    with expect_refusal("election-not-open"):
        actions.count_election(election=running, seed=11111, entitled=9, by=bea)


def test_of_a_few_ballots_only_the_outcome_is_told(
    running: Election, bea: Account, nobody: DoorClient
) -> None:
    vote_by_phone(running, (1, 2, 3), (1, 3, 2), (3, 1, 2), (3, 1, 2))
    running = close(running, bea)
    actions.count_election(election=running, seed=31662, entitled=9, by=bea)
    result = nobody.get(published(running).get_absolute_url())
    assert shows(result, "outcome-only", 5)
    assert holds(parts(result, "elected")[0], "Rosa")
    assert not shows(result, "rounds")
    assert nobody.get(published(running).get_ballots_url()).status_code == 404
    assert published(running).document is None


def test_paper_counts_only_once_two_typings_agree(running: Election, bea: Account, amal: Account) -> None:
    door, page = at_desk(bea), f"/riverside/decide/elections/{running.pk}/"
    wrong = door.post(f"{page}piles/", {"name": "Table 1", "text": "1 2 -\n1 2"})
    assert wrong.status_code == 422
    assert field_errors(wrong, "text") == ["unreadable-ballot"]
    door.post(f"{page}piles/", {"name": "Table 1", "text": "1 2 -\n2 1 -\n- - 1"})
    assert shows(door.get(page), "pile-once")
    pile = PaperBatch.objects.get()
    second = f"/riverside/decide/elections/piles/{pile.pk}/"
    at_desk(amal).post(second, {"text": "1 2 -\n1 2 -\n- - 1"})
    assert shows(door.get(page), "pile-differs")
    running = close(running, bea)
    with expect_refusal("batches-differ"):
        actions.count_election(election=running, seed=1, entitled=9, by=bea)
    at_desk(amal).post(second, {"text": "- - 1\n1 2 -\n2 1 -"})
    assert shows(door.get(page), "pile-agrees")
    actions.count_election(election=running, seed=1, entitled=9, by=bea)


def test_nobody_counts_or_closes_before_the_hour_that_was_told(
    riverside: Organisation, face: PublicOrganisation, bea: Account
) -> None:
    election = prepare(riverside, bea, may_close_early=False)
    actions.publish_election(election=election, by=bea)
    election = Election.objects.get(pk=election.pk)
    vote_by_phone(election, *[(1, 2, 3)] * 6)
    with expect_refusal("closes-at-its-hour"):
        actions.close_election(election=election, by=bea)
    with expect_refusal("election-still-open"):
        actions.count_election(election=election, seed=1, entitled=9, by=bea)
    assert published(election).ballots.count() == 6


def test_a_count_that_broke_off_after_the_square_knew_it_is_taken_over(
    running: Election, bea: Account
) -> None:
    vote_by_phone(running, *[(1, 2, 3)] * 6)
    running = close(running, bea)
    actions.count_election(election=running, seed=31662, entitled=9, by=bea)
    Election.objects.update(counted_on=None, winners=[])
    running = Election.objects.get(pk=running.pk)
    actions.count_election(election=running, seed=11111, entitled=9, by=bea)
    document = published(running).read_document()
    assert document is not None
    assert document.seed == 31662
    assert Election.objects.get(pk=running.pk).winners == published(running).winners


def test_a_withdrawn_election_leaves_the_square_with_its_ballots(
    running: Election, bea: Account, nobody: DoorClient
) -> None:
    vote_by_phone(running, (1, 2, 3))
    address = published(running).get_absolute_url()
    door, page = at_desk(bea), f"/riverside/decide/elections/{running.pk}/"
    assert shows(door.post(f"{page}end/", {"withdraw": "1"}, follow=True), "was-withdrawn")
    assert nobody.get(address).status_code == 404
    assert not Ballot.objects.exists()
    assert Election.objects.get(pk=running.pk).state == ElectionState.WITHDRAWN


def test_a_decision_rests_on_the_result_and_leads_back_to_it(
    riverside: Organisation, running: Election, bea: Account
) -> None:
    door, page = at_desk(bea), f"/riverside/decide/elections/{running.pk}/"
    vote_by_phone(running, *[(1, 2, 3)] * 6)
    review_on = timezone.localdate() + timedelta(days=9)
    facts: dict[str, Any] = {
        "organisation": riverside, "title": "Rosa and Ines go", "demands": [], "why": "We voted.",
        "owner": bea, "review_on": review_on, "by": bea,
    }  # fmt: skip
    with expect_refusal("election-not-counted"):
        record_decision(**facts, election=running)
    running = close(running, bea)
    actions.count_election(election=running, seed=31662, entitled=9, by=bea)
    assert shows(door.get(page), "record-decision")
    assert shows(door.get(f"/riverside/decide/record/?election={running.pk}"), "election-behind")
    decision = record_decision(**facts, election=running)
    assert shows(door.get(f"/riverside/decide/decisions/{decision.pk}/"), "election-behind", running.title)
    assert shows(door.get(page), "decision-on-it")
    assert published(running).get_absolute_url() in publish_decision(decision=decision, by=bea).heard
    with expect_refusal("election-decided"):
        record_decision(**facts, election=running)


def test_cards_and_paper_ballots_are_printed_and_kept_nowhere(running: Election, bea: Account) -> None:
    door, page = at_desk(bea), f"/riverside/decide/elections/{running.pk}/"
    for address, typed in (("cards/", {"most": 12, "level": "card"}), ("papers/", {"papers": 5})):
        sheet = door.post(f"{page}{address}", typed)
        assert sheet.headers["Content-Type"] == "application/pdf"
        assert sheet.content.startswith(b"%PDF")
    assert door.post(f"{page}papers/", {"papers": 5000}).status_code == 422
    assert shows(door.get(page), "cards-printed", 12)


def test_today_asks_for_the_count_once_voting_has_closed(
    riverside: Organisation, running: Election, bea: Account
) -> None:
    def asked() -> set[str]:
        return {item.name for item in list_todos(riverside, bea)}

    assert "count-election" not in asked()
    vote_by_phone(running, (1, 2, 3))
    running = close(running, bea)
    assert "count-election" in asked()
    actions.count_election(election=running, seed=31662, entitled=9, by=bea)
    assert "count-election" not in asked()


def test_members_read_and_organisers_act(running: Election, chen: Account, dina: Account) -> None:
    page = f"/riverside/decide/elections/{running.pk}/"
    assert shows(at_desk(chen).get(page), "election-open")
    assert at_desk(chen).post(f"{page}count/", {"dice": "11111", "entitled": 3}).status_code == 404
    assert at_desk(dina).get(page).status_code == 404


def test_an_organisation_without_a_public_face_holds_no_election(
    riverside: Organisation, face: PublicOrganisation, bea: Account
) -> None:
    election = prepare(riverside, bea)
    face.delete()
    with expect_refusal("not-public"):
        actions.publish_election(election=election, by=bea)
