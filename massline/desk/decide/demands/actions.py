"""Making demands from claims, judging them by the principles, and comparing two of them."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from massline.core.refusal import Reason, Refused, refuse
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.ballots.secret_ballots import cast_ballot
from massline.desk.decide.demands import refusal_reasons
from massline.desk.decide.demands.models import Comparison, Demand, Mark, Verdict
from massline.desk.decide.principles.models import Principle
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims.models import Citation, Claim


def make_demand(*, organisation: Organisation, text: str, claims: Sequence[Claim], by: Account) -> Demand:
    """Make a demand that rests on claims of signed sum-ups."""
    with transaction.atomic(using="desk"):
        refuse(_against_demand(organisation, text, claims))
        demand = Demand.objects.create(organisation=organisation, text=text.strip(), made_by=by)
        demand.claims.set(claims)
        chain.append_line(organisation, by, "made a demand", demand)
    return demand


def _against_demand(organisation: Organisation, text: str, claims: Sequence[Claim]) -> list[Reason]:
    reasons: list[Reason] = [] if text.strip() else [shared_refusal_reasons.NoWords("demand")]
    if not claims:
        reasons.append(refusal_reasons.NoClaims())
    ours = Claim.objects.of(organisation).filter(pk__in=[claim.pk for claim in claims])
    ours = ours.select_related("sum_up")
    known = {claim.pk for claim in ours}
    reasons += [refusal_reasons.NotOurs(str(claim)) for claim in claims if claim.pk not in known]
    return reasons + refusal_reasons.find_unsigned(ours)


def record_judgement(*, demand: Demand, principle: Principle, verdict: str, by: Account) -> Mark:
    """Record one member's judgement; a later one replaces it."""
    if principle.organisation_id != demand.organisation_id:
        raise Refused([refusal_reasons.NotOurs(principle.text)])
    with transaction.atomic(using="desk"):
        mark, _made = Mark.objects.update_or_create(
            demand=demand, principle=principle, by=by, defaults={"verdict": Verdict(verdict)}
        )
        chain.append_line(demand.organisation, by, "judged a demand", demand)
    return mark


def choose_statement(*, demand: Demand, statement: UUID | None, by: Account) -> None:
    """Choose the cited statement whose votes speak for the demand; None: the one with the least support."""
    cited = Citation.objects.filter(claim__demands=demand, statement=statement)
    if statement is not None and not cited.exists():
        raise Refused([refusal_reasons.NotOurs(str(statement))])
    with transaction.atomic(using="desk"):
        demand.asked_as = statement
        demand.save(update_fields=["asked_as"])
        chain.append_line(demand.organisation, by, "said which statement speaks for a demand", demand)


def record_comparison(
    *, one: Demand, other: Demand, further: Demand | None, by: Account, nonce: str = ""
) -> None:
    """Count one member's answer to which of two demands goes further; None where they would rather not say."""
    if one.organisation_id != other.organisation_id or one.pk == other.pk:
        raise Refused([refusal_reasons.NotOurs(other.text)])
    low, high = sorted((one, other), key=lambda demand: demand.pk)
    comparison, _made = Comparison.objects.get_or_create(one=low, other=high)
    field = "skipped" if further is None else "one_further" if further.pk == low.pk else "other_further"
    roll = Comparison.roll_name(low.pk, high.pk)
    cast_ballot(comparison, field=field, subject=roll, organisation=one.organisation, by=by, nonce=nonce)
