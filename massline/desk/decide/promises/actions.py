"""Recording promises, what came of them, and the outcome of demands; the public page follows at once."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from massline.core.refusal import Reason, refuse
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.forces.models import Force
from massline.desk.decide.promises import refusal_reasons
from massline.desk.decide.promises.models import DemandOutcome, Promise, PromiseState, PromiseStep
from massline.desk.decide.promises.public_wins import publish_demand_outcome, publish_promise
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation


def record_promise(
    *,
    organisation: Organisation,
    force: Force,
    what: str,
    due_on: date,
    proof: str,
    by: Account,
    demand: Demand | None = None,
    is_public: bool = True,
) -> Promise:
    """Record what an organisation or office promised, and show it on the public page if `is_public`."""
    with transaction.atomic(using="desk"):
        promise = Promise.objects.create(
            organisation=organisation,
            force=force,
            demand=demand,
            what=what.strip(),
            due_on=due_on,
            proof=proof.strip(),
            is_public=is_public,
        )
        _note(promise, PromiseState.OPEN, proof, by=by, due_on=due_on)
        chain.append_line(organisation, by, "recorded a promise", promise)
        publish_promise(promise)
    return promise


def settle_promise(
    *, promise: Promise, state: str, proof: str, by: Account, due_on: date | None = None
) -> None:
    """Record that a promise was kept, broken or put off to a later day. Raises Refused once it is kept or broken."""
    with transaction.atomic(using="desk"):
        promise = Promise.objects.select_for_update(of=("self",)).get(pk=promise.pk)
        refuse(_against(promise, state, due_on))
        moved = state == PromiseState.MOVED
        promise.state = PromiseState(state)
        if moved and due_on is not None:
            promise.due_on = due_on
        promise.save(update_fields=["state", "due_on"])
        _note(promise, state, proof, by=by, due_on=due_on if moved else None)
        chain.append_line(promise.organisation, by, "settled a promise", promise)
        publish_promise(promise)


def _against(promise: Promise, state: str, due_on: date | None) -> list[Reason]:
    if not promise.is_running:
        return [refusal_reasons.SettledAlready()]
    latest = max(promise.due_on, timezone.localdate())
    has_later_day = due_on is not None and due_on > latest
    return [refusal_reasons.NoLaterDay()] if state == PromiseState.MOVED and not has_later_day else []


def _note(promise: Promise, state: str, proof: str, *, by: Account, due_on: date | None) -> None:
    PromiseStep.objects.create(promise=promise, state=state, proof=proof.strip(), due_on=due_on, by=by)


def record_outcome(
    *, demand: Demand, state: str, words: str, proof: str, by: Account, is_public: bool = True
) -> DemandOutcome:
    """Record what came of a demand; said again, the newer words stand."""
    with transaction.atomic(using="desk"):
        outcome, _created = DemandOutcome.objects.update_or_create(
            demand=demand,
            defaults={
                "state": state,
                "words": words.strip(),
                "proof": proof.strip(),
                "day": timezone.localdate(),
                "is_public": is_public,
            },
        )
        chain.append_line(demand.organisation, by, "recorded what came of a demand", outcome)
        publish_demand_outcome(outcome)
    return outcome
