"""The fast lane: a call goes out by two persons' taps, and what was skipped is owed with an hour and shown when late."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from massline.desk.call import actions as calls
from massline.desk.call.models import Call
from massline.desk.call.publication_checks import NotPublishable
from massline.desk.call.urgent_calls import actions
from massline.desk.call.urgent_calls.models import Debt, UrgentRequest
from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.decide.decisions.actions import record_decision
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.motions import actions as motions
from massline.desk.people.models import Account, Membership, Organisation
from massline.square.calls.models import PublishedCall
from massline.square.calls.urgent_call_debts import CallDebt, DebtKind
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack
from tests.conftest import DoorClient, at_desk
from tests.desk.decided_loop import write_call
from tests.parts import expect_refusal, shows


@pytest.fixture
def decision(riverside: Organisation, bea: Account) -> Decision:
    """A motion that the hall carried an hour ago: no report-back, no dissent asked for."""
    motion = motions.put_motion(organisation=riverside, text="We stand at the gate.", meeting="Hall", by=bea)
    motions.record_tally(motion=motion, method="hands", count=VoteCount(81, 2, 4), by=bea)
    motions.close_motion(motion=motion, present=90, dissent="", by=bea)
    return record_decision(
        organisation=riverside, title="We stand at the gate", demands=[], why="They lied.", owner=bea,
        motion=motion, by=bea, review_on=timezone.localdate() + timedelta(days=9), in_favour=81, against=2,
    )  # fmt: skip


@pytest.fixture
def call(decision: Decision, bea: Account) -> Call:
    return write_call(decision, bea)


def ask(call: Call, by: Account) -> None:
    actions.request_urgent_publication(call=call, why="The bailiffs come at six.", tonight=False, by=by)


def test_two_taps_send_a_call_out_and_what_was_skipped_is_owed(
    riverside: Organisation, call: Call, amal: Account, bea: Account, chen: Account
) -> None:
    page, first = f"/riverside/call/{call.pk}/", at_desk(bea)
    assert shows(first.get(page), "urgent")
    assert first.post(f"{page}urgent/", {"why": ""}).status_code == 422
    assert shows(first.get(f"{page}urgent/"), "will-owe")
    first.post(f"{page}urgent/", {"why": "The bailiffs come at six.", "tonight": "on"})
    assert shows(first.get(page), "pass-on")
    assert not shows(first.get("/riverside/"), "second-eyes"), "who asked is no second person"
    assert not shows(at_desk(chen).get("/riverside/"), "second-eyes"), "members publish nothing"
    second = at_desk(amal)
    assert shows(second.get("/riverside/"), "second-eyes", call.slogan)
    assert shows(second.get(page), "be-second")
    call.refresh_from_db()
    assert shows(second.post(f"{page}second/", {"version": call.version}, follow=True), "urgent-out")
    request = UrgentRequest.objects.get()
    assert (request.asked_by, request.seconded_by) == (bea, amal)
    assert PublishedCall.objects.get().uuid == call.uuid
    assert list(Debt.objects.values_list("kind", flat=True)) == ["dissent", "report_back", "answers"]
    shown = second.get(page)
    assert shows(shown, "went-urgently", "bea", "amal")
    assert shows(shown, "owed")
    assert shows(second.get("/riverside/"), "debt")


def test_whoever_asked_or_was_let_in_by_them_is_no_second_person(
    riverside: Organisation, call: Call, amal: Account, bea: Account, chen: Account
) -> None:
    ask(call, bea)
    call.refresh_from_db()
    Membership.objects.filter(account=chen).update(role=2, let_in_by=bea)
    for account, name in ((bea, "same-person"), (chen, "not-vouched-for")):
        with expect_refusal(name):
            actions.publish_as_second_person(call=call, version=call.version, by=account)
        assert not actions.may_be_second_person(call, account)
    assert not PublishedCall.objects.exists()
    assert not shows(at_desk(chen).get("/riverside/"), "second-eyes")
    assert actions.may_be_second_person(call, amal)


def test_a_tap_counts_for_the_words_that_were_read(call: Call, amal: Account, bea: Account) -> None:
    ask(call, bea)
    call.refresh_from_db()
    read = call.version
    calls.change_call(call=call, by=bea, facts=replace(call.facts, place="The other gate"))
    for version in (read, call.version):
        with expect_refusal("not-asked"):
            actions.publish_as_second_person(call=call, version=version, by=amal)
    ask(call, bea)
    actions.withdraw_request(call=call, by=bea)
    with expect_refusal("not-asked"):
        actions.publish_as_second_person(call=call, version=call.version, by=amal)


def test_what_a_call_must_say_is_never_skipped(decision: Decision, bea: Account) -> None:
    nowhere = write_call(decision, bea, place="")
    with pytest.raises(NotPublishable):
        ask(nowhere, bea)
    assert at_desk(bea).post(f"/riverside/call/{nowhere.pk}/urgent/", {"why": "Now"}).status_code == 422


def test_a_late_debt_stands_on_the_public_page_until_it_is_settled(
    nobody: DoorClient, call: Call, face: PublicOrganisation, amal: Account, bea: Account
) -> None:
    ask(call, bea)
    call.refresh_from_db()
    published = actions.publish_as_second_person(call=call, version=call.version, by=amal)
    square, desk = published.get_absolute_url(), at_desk(bea)
    assert not shows(nobody.get(square), "owed-late")
    hour = timezone.now() - timedelta(minutes=1)
    Debt.objects.update(due_at=hour)
    CallDebt.objects.update(due_at=hour)
    assert shows(nobody.get(square), "owed-late")
    assert shows(desk.get("/riverside/"), "debt-late")
    owed = {debt.kind: f"/riverside/call/{call.pk}/owed/{debt.pk}/" for debt in Debt.objects.all()}
    report = ReportBack.objects.create(
        organisation=face, slug="gate", title="What the gate said", heard="Go."
    )
    assert desk.post(owed["report_back"], {"report": ""}).status_code == 422
    assert desk.post(owed["dissent"], {"words": " "}).status_code == 422
    desk.post(owed["report_back"], {"report": report.pk})
    desk.post(owed["dissent"], {"words": "Block B would wait a week."})
    desk.post(owed["answers"], {"words": "Nine of ten said yes."})
    page = nobody.get(square)
    assert not shows(page, "owed-late")
    assert report.title in page.content.decode()
    call.decision.refresh_from_db()
    assert call.decision.dissent == "Block B would wait a week."
    assert not shows(desk.get("/riverside/"), "debt-late")


def test_who_went_the_long_way_owes_nothing(call: Call, amal: Account, bea: Account) -> None:
    Decision.objects.update(dissent="Too early, says block B.")
    call.decision.refresh_from_db()
    assert DebtKind.DISSENT not in list(actions.find_skipped_steps(call))
    Decision.objects.update(dissent="", against=0)
    call.decision.refresh_from_db()
    assert DebtKind.DISSENT not in list(actions.find_skipped_steps(call))
