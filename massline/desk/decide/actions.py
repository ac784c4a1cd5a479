"""Naming principles, making demands, judging them, and recording what was decided."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from massline.desk.decide import rules
from massline.desk.decide.models import Decision, Demand, Mark, Principle, Verdict
from massline.desk.decide.rules import Reason, Refused
from massline.desk.guard import audit
from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.sumup.models import Claim


def add_principle(*, organisation: Organisation, text: str, by: Account) -> Principle:
    """State a red line in the organisation's own words."""
    if not text.strip():
        raise Refused([rules.NoWords("principle")])
    with transaction.atomic(using="desk"):
        principle = Principle.objects.create(organisation=organisation, text=text.strip())
        audit.write(organisation, by, "added a principle", principle)
    return principle


def make_demand(*, organisation: Organisation, text: str, claims: Sequence[Claim], by: Account) -> Demand:
    """Turn claims of signed sum-ups into something we ask for."""
    with transaction.atomic(using="desk"):
        _refuse(_against_demand(organisation, text, claims))
        demand = Demand.objects.create(organisation=organisation, text=text.strip(), made_by=by)
        demand.claims.set(claims)
        audit.write(organisation, by, "made a demand", demand)
    return demand


def _against_demand(organisation: Organisation, text: str, claims: Sequence[Claim]) -> list[Reason]:
    found: list[Reason] = [] if text.strip() else [rules.NoWords("demand")]
    if not claims:
        found.append(rules.NoClaims())
    rows = (
        Claim.objects.of(organisation).filter(pk__in=[claim.pk for claim in claims]).select_related("sum_up")
    )
    ours = {claim.pk for claim in rows}
    found += [rules.NotOurs(str(claim)) for claim in claims if claim.pk not in ours]
    return found + rules.unsigned(rows)


def mark(*, demand: Demand, principle: Principle, verdict: str, by: Account) -> Mark:
    """Keep one member's judgement; the last one counts."""
    if principle.organisation_id != demand.organisation_id:
        raise Refused([rules.NotOurs(principle.text)])
    with transaction.atomic(using="desk"):
        kept, _made = Mark.objects.update_or_create(
            demand=demand, principle=principle, by=by, defaults={"verdict": Verdict(verdict)}
        )
        audit.write(demand.organisation, by, "judged a demand", demand)
    return kept


def decide(
    *,
    organisation: Organisation,
    title: str,
    demands: Sequence[Demand],
    why: str,
    owner: Account | None,
    review_on: date | None,
    by: Account,
    in_favour: int | None = None,
    against: int | None = None,
    abstained: int | None = None,
    dissent: str = "",
    forecast: str = "",
) -> Decision:
    """Record what was decided, on which demands, against whose dissent, and when we look at it again."""
    with transaction.atomic(using="desk"):
        _refuse(
            _against_decision(organisation, title, why, owner, review_on)
            + _against_offer(organisation, demands)
        )
        assert owner is not None
        assert review_on is not None
        decision = Decision.objects.create(
            organisation=organisation,
            title=title.strip(),
            why=why,
            owner=owner,
            review_on=review_on,
            in_favour=in_favour,
            against=against,
            abstained=abstained,
            dissent=dissent,
            forecast=forecast,
        )
        decision.demands.set(demands)
        audit.write(organisation, by, "recorded a decision", decision)
    return decision


def _against_decision(
    organisation: Organisation, title: str, why: str, owner: Account | None, review_on: date | None
) -> list[Reason]:
    found: list[Reason] = [
        rules.NoWords(what) for what, said in (("title", title), ("why", why)) if not said.strip()
    ]
    if owner is None:
        found.append(rules.NoOwner())
    elif not Membership.objects.live().filter(account=owner, organisation=organisation).exists():
        found.append(rules.OwnerNotHere(owner))
    if review_on is None:
        found.append(rules.NoReviewDate())
    elif review_on <= timezone.localdate():
        found.append(rules.ReviewNotAhead(review_on))
    return found


def _against_offer(organisation: Organisation, demands: Sequence[Demand]) -> list[Reason]:
    """Only our own demands, that keep our principles and whose words still carry a signature."""
    if not demands:
        return [rules.NoDemands()]
    found: list[Reason] = [
        rules.NotOurs(demand.text) for demand in demands if demand.organisation_id != organisation.pk
    ]
    found += rules.not_offered(demands, list(organisation.principles.all()))
    claims = Claim.objects.filter(demands__in=[demand.pk for demand in demands]).distinct()
    return found + rules.unsigned(claims.select_related("sum_up"))


def _refuse(reasons: Sequence[Reason]) -> None:
    if reasons:
        raise Refused(reasons)
