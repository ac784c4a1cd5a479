"""Making a plan for a decision: its phases, mobilisations and safeguards."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from massline.core.refusal import refuse
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.plans.models import Mobilisation, Phase, Plan, Readiness, Safeguard
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account


def make_plan(*, decision: Decision, title: str, by: Account) -> Plan:
    refuse([] if title.strip() else [shared_refusal_reasons.NoWords("title")])
    with transaction.atomic(using="desk"):
        plan = Plan.objects.create(organisation=decision.organisation, decision=decision, title=title.strip())
        for safeguard in Safeguard:
            Readiness.objects.create(plan=plan, safeguard=safeguard)
        chain.append_line(plan.organisation, by, "made a plan", plan)
    return plan


def add_phase(
    *,
    plan: Plan,
    title: str,
    aim: str,
    starts_on: date,
    ends_on: date,
    by: Account,
    stays: str = "",
    stay_count: int | None = None,
) -> Phase:
    texts = {"phase": title, "aim": aim}
    refuse(
        [shared_refusal_reasons.NoWords(name) for name, text in texts.items() if not text.strip()]
        + ([] if ends_on >= starts_on else [shared_refusal_reasons.EndsBefore(ends_on)])
    )
    with transaction.atomic(using="desk"):
        phase = Phase.objects.create(
            plan=plan,
            title=title,
            aim=aim,
            starts_on=starts_on,
            ends_on=ends_on,
            stays=stays,
            stay_count=stay_count,
        )
        chain.append_line(plan.organisation, by, "added a phase", phase)
    return phase


def add_mobilisation(
    *,
    phase: Phase,
    what: str,
    day: date,
    reach: str,
    by: Account,
    ask: str = "",
    expected: int | None = None,
    owner: Account | None = None,
) -> Mobilisation:
    """Add a mobilisation to a phase; the plan warns of one without an owner."""
    refuse([] if what.strip() else [shared_refusal_reasons.NoWords("what")])
    with transaction.atomic(using="desk"):
        mobilisation = Mobilisation.objects.create(
            phase=phase, what=what, day=day, reach=reach, ask=ask, expected=expected, owner=owner
        )
        chain.append_line(phase.plan.organisation, by, "added a mobilisation", mobilisation)
    return mobilisation


def remove_mobilisation(*, mobilisation: Mobilisation, by: Account) -> None:
    with transaction.atomic(using="desk"):
        chain.append_line(mobilisation.phase.plan.organisation, by, "took out a mobilisation", mobilisation)
        mobilisation.delete()


def set_readiness(
    *, plan: Plan, stands: Mapping[str, bool], owners: Mapping[str, Account | None], by: Account
) -> None:
    """Record which safeguards are in place, and the owner of each."""
    with transaction.atomic(using="desk"):
        for readiness in plan.readiness.all():
            readiness.stands = stands.get(readiness.safeguard, False)
            readiness.owner = owners.get(readiness.safeguard)
            readiness.save(update_fields=["stands", "owner"])
        chain.append_line(plan.organisation, by, "checked the safeguards", plan)
