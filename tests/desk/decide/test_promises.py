"""What the other side promised is kept with day and proof; what we won stands in public and in the next call."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.desk.call.models import Call
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.forces.actions import enter_force
from massline.desk.decide.forces.models import Force
from massline.desk.decide.promises.actions import record_promise, settle_promise
from massline.desk.decide.promises.models import DemandOutcome, Promise
from massline.desk.decide.promises.public_wins import list_wins
from massline.desk.people.models import Account, Organisation
from massline.square.reports.wins_and_promises import PublicOutcome
from tests.conftest import DoorClient, at_desk
from tests.desk.decided_loop import decide
from tests.parts import shows

BOILERS = "Three boilers repaired"
PROOF = "Letter of 14 November"


@pytest.fixture
def company(riverside: Organisation, bea: Account) -> Force:
    return enter_force(organisation=riverside, name="Harbour Homes", kind="organisation", by=bea)


@pytest.fixture
def decision(riverside: Organisation, bea: Account) -> Decision:
    return decide(riverside, bea)


def promise(by: Account, company: Force, *, days: int = 3, **more: str) -> Any:
    facts = {"force": company.pk, "what": BOILERS, "proof": PROOF, "is_public": "on"}
    due = {"due_on": str(timezone.localdate() + timedelta(days=days))}
    return at_desk(by).post("/riverside/decide/promises/", facts | due | more)


def test_a_promise_stands_in_public_with_its_day_and_its_proof(
    company: Force, bea: Account, nobody: DoorClient
) -> None:
    promise(bea, company)
    page = nobody.get("/riverside/won/").content.decode()
    assert shows(page, "promise", BOILERS, "Harbour Homes", PROOF)
    assert not shows(page, "win")


def test_a_promise_may_be_kept_among_organisers(company: Force, bea: Account, nobody: DoorClient) -> None:
    promise(bea, company, is_public="")
    assert BOILERS not in nobody.get("/riverside/won/").content.decode()
    assert not PublicOutcome.objects.exists()


def test_a_promise_without_proof_is_not_kept(company: Force, bea: Account) -> None:
    assert promise(bea, company, proof="").status_code == 422
    assert not Promise.objects.exists()


def test_on_its_day_today_asks_whether_it_was_kept(company: Force, bea: Account) -> None:
    promise(bea, company)
    assert not shows(at_desk(bea).get("/riverside/").content.decode(), "promise-due")
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert shows(at_desk(bea).get("/riverside/").content.decode(), "promise-due", BOILERS)


def test_put_off_it_needs_a_later_day_and_asks_again_then(
    company: Force, bea: Account, nobody: DoorClient
) -> None:
    promise(bea, company)
    made = Promise.objects.get()
    address, told = f"/riverside/decide/promises/{made.pk}/", {"state": "moved", "proof": "A mail"}
    assert shows(at_desk(bea).post(address, told).content.decode(), "no-later-day")
    later = timezone.localdate() + timedelta(days=30)
    at_desk(bea).post(address, told | {"due_on": str(later)})
    made.refresh_from_db()
    assert (made.state, made.due_on, made.steps.count()) == ("moved", later, 2)
    assert PublicOutcome.objects.get().due_on == later


@pytest.mark.parametrize(("state", "part"), [("kept", "win"), ("broken", "broken-promises")])
def test_kept_or_broken_it_says_so_in_public_once(
    company: Force, bea: Account, nobody: DoorClient, state: str, part: str
) -> None:
    promise(bea, company)
    address = f"/riverside/decide/promises/{Promise.objects.get().pk}/"
    at_desk(bea).post(address, {"state": state, "proof": "We looked at all three"})
    page = nobody.get("/riverside/won/").content.decode()
    assert shows(page, part)
    assert "We looked at all three" in page
    again = at_desk(bea).post(address, {"state": "moved", "proof": "x", "due_on": "2027-05-01"})
    assert shows(again.content.decode(), "settled-already")


def test_a_member_reads_and_does_not_write(company: Force, bea: Account, chen: Account) -> None:
    promise(bea, company)
    assert at_desk(chen).get("/riverside/decide/promises/").status_code == 200
    assert promise(chen, company).status_code == 404
    assert Promise.objects.count() == 1


def test_the_next_call_quotes_what_was_won(decision: Decision, bea: Account, nobody: DoorClient) -> None:
    demand = decision.demands.get()
    won = {"state": "partly", "words": "Two boilers have a date", "proof": PROOF, "is_public": "on"}
    door = at_desk(bea)
    door.post(f"/riverside/decide/demands/{demand.pk}/outcome/", won)
    outcome = DemandOutcome.objects.get()
    assert shows(nobody.get("/riverside/won/").content.decode(), "win", "Two boilers have a date")
    assert shows(nobody.get("/riverside/").content.decode(), "won")
    address = f"/riverside/call/from/{decision.pk}/"
    assert shows(door.get(address).content.decode(), "quote-wins")
    door.post(address, {"slogan": "All the boilers!", "why": "It is cold.", "quote": str(outcome.uuid)})
    why = Call.objects.get().why
    assert why.startswith("It is cold.")
    assert "Two boilers have a date" in why


def test_an_outcome_said_again_replaces_the_first(decision: Decision, bea: Account) -> None:
    demand = decision.demands.get()
    address = f"/riverside/decide/demands/{demand.pk}/outcome/"
    for state in ("partly", "won"):
        at_desk(bea).post(address, {"state": state, "words": state, "proof": PROOF, "is_public": "on"})
    assert DemandOutcome.objects.get().state == PublicOutcome.objects.get().state == "won"


def test_many_kept_promises_cost_no_query_each(riverside: Organisation, company: Force, bea: Account) -> None:
    counted = []
    for most in (1, 5):
        for number in range(Promise.objects.count(), most):
            kept = record_promise(
                organisation=riverside,
                force=company,
                what=f"Boiler {number}",
                due_on=timezone.localdate(),
                proof=PROOF,
                by=bea,
            )
            settle_promise(promise=kept, state="kept", proof=PROOF, by=bea)
        with CaptureQueriesContext(connections["desk"]) as asked:
            assert len(list_wins(riverside)) == most
        counted.append(len(asked))
    assert counted[0] == counted[1]
