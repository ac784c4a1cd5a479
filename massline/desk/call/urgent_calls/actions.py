"""Asking for a call to go out at once, being the second person, and settling what is owed since.

Two persons decide. What a call must say, secrecy, consent and the wall are never skipped; what may be made up for
later becomes a debt with an hour.
"""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import Refused, refuse
from massline.desk.call.actions import publish_call
from massline.desk.call.models import Call
from massline.desk.call.publication_checks import NotPublishable, reasons_against_publishing
from massline.desk.call.published_call import find_report_back
from massline.desk.call.urgent_calls import refusal_reasons
from massline.desk.call.urgent_calls.models import DUE_AFTER, Debt, UrgentRequest
from massline.desk.guard.audit import chain
from massline.desk.guard.second_person.invitation_circles import InvitationCircles
from massline.desk.people.models import Account
from massline.square.calls.models import PublishedCall
from massline.square.calls.urgent_call_debts import DebtKind, publish_debts, settle_debt
from massline.square.organisations.models import PublicOrganisation
from massline.square.reports.models import ReportBack, ReportKind, Resonance


def request_urgent_publication(*, call: Call, why: str, tonight: bool, by: Account) -> UrgentRequest:
    """Ask that a draft goes out at once. Raises Refused without a reason, and TooVague where a fact is missing."""
    refuse([] if call.is_draft else [refusal_reasons.OutAlready()])
    refuse([] if why.strip() else [refusal_reasons.NoReason()])
    missing = reasons_against_publishing(call, insist=True)
    if missing:
        raise NotPublishable(missing)
    with transaction.atomic(using="desk"):
        request, _made = UrgentRequest.objects.update_or_create(
            call=call,
            defaults={
                "why": why.strip(),
                "tonight": tonight,
                "version": call.version,
                "asked_by": by,
                "asked_at": timezone.now(),
            },
        )
        chain.append_line(call.organisation, by, "asked for an urgent call", call)
    return request


def publish_as_second_person(*, call: Call, version: str, by: Account) -> PublishedCall:
    """Publish an urgent call as the second person, and write down what is owed.

    Raises Refused for whoever does not count as another person than the one who asked, and for words that were changed
    since either of them read them.
    """
    with transaction.atomic(using="desk"):
        call = Call.objects.select_for_update(of=("self",)).select_related("decision").get(pk=call.pk)
        request = waiting_request(call)
        if request is None or version != call.version or request.asked_by is None:
            raise Refused([refusal_reasons.NotAsked()])
        reason = InvitationCircles.of(call.organisation).reason_against(request.asked_by, by)
        refuse([reason] if reason else [])
        request.seconded_by, request.seconded_at = by, timezone.now()
        request.save(update_fields=["seconded_by", "seconded_at"])
        call.seen_by = by
        call.save(update_fields=["seen_by"])
        chain.append_line(call.organisation, by, "was the second for an urgent call", call)
        published = publish_call(call=call, by=by, insist=True)
        debts = [
            Debt.objects.create(call=call, kind=kind, due_at=request.seconded_at + DUE_AFTER[kind])
            for kind in find_skipped_steps(call)
        ]
        publish_debts(published, [(debt.kind, debt.due_at) for debt in debts])
    return published


def withdraw_request(*, call: Call, by: Account) -> None:
    """Take the request back; the draft stays and goes the usual way."""
    with transaction.atomic(using="desk"):
        if UrgentRequest.objects.filter(call=call, seconded_at=None).delete()[0]:
            chain.append_line(call.organisation, by, "took an urgent request back", call)


def waiting_request(call: Call) -> UrgentRequest | None:
    request = UrgentRequest.objects.filter(call=call).select_related("call", "asked_by").first()
    return request if request is not None and request.is_waiting else None


def may_be_second_person(call: Call, account: Account) -> bool:
    """True if this account counts as another person than whoever asked."""
    request = waiting_request(call)
    if request is None or request.asked_by is None:
        return False
    return InvitationCircles.of(call.organisation).reason_against(request.asked_by, account) is None


def find_skipped_steps(call: Call) -> Iterator[DebtKind]:
    """The steps of the long way that this call has not gone."""
    decision = call.decision
    if not decision.dissent.strip() and not (decision.has_count and decision.against == 0):
        yield DebtKind.DISSENT
    face = PublicOrganisation.objects.filter(uuid=call.organisation.uuid).first()
    report = find_report_back(call, face) if face else None
    if report is None:
        yield DebtKind.REPORT_BACK
    if report is None or not Resonance.objects.filter(claim__report=report).exists():
        yield DebtKind.ANSWERS


def reports_to_choose(call: Call) -> list[ReportBack]:
    reports = ReportBack.objects.filter(organisation__uuid=call.organisation.uuid, kind=ReportKind.HEARD)
    return list(reports.order_by("-published_on", "-pk")[:20])


def settle_skipped_step(*, debt: Debt, words: str, by: Account, report: ReportBack | None = None) -> None:
    """Say what came of a step that was put off; a report-back is then named on the call's page."""
    call = debt.call
    is_report = debt.kind == DebtKind.REPORT_BACK
    refuse([refusal_reasons.NothingReported()] if is_report and report is None else [])
    refuse([] if words.strip() or is_report else [refusal_reasons.NoWords()])
    with transaction.atomic(using="desk"):
        debt.words = words.strip() or (report.title if report else "")
        debt.paid_at, debt.paid_by = timezone.now(), by
        debt.save(update_fields=["words", "paid_at", "paid_by"])
        if debt.kind == DebtKind.DISSENT and not call.decision.dissent:
            call.decision.dissent = debt.words
            call.decision.save(update_fields=["dissent"])
        chain.append_line(call.organisation, by, f"made up for {debt.kind}", call)
        if is_report:
            PublishedCall.objects.filter(uuid=call.uuid).update(report=report)
        settle_debt(uuid=call.uuid, kind=debt.kind)
