"""Deciding: demands rest on claims, principles bar what breaks them, and a decision says who owns it and when we look again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.core.refusal import Refused
from massline.desk.decide import shared_refusal_reasons
from massline.desk.decide.decisions import actions as decision_actions
from massline.desk.decide.decisions import refusal_reasons as decision_reasons
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands import actions as demand_actions
from massline.desk.decide.demands import judgements
from massline.desk.decide.demands import refusal_reasons as demand_reasons
from massline.desk.decide.demands.models import Demand, Mark
from massline.desk.decide.principles import actions as principle_actions
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims import actions as sumup
from massline.desk.sumup.claims.models import SumUp
from tests.desk import heard_round
from tests.desk.heard_round import claims
from tests.parts import expect_refusal


@pytest.fixture
def signed(riverside: Organisation, bea: Account, amal: Account) -> SumUp:
    return heard_round.signed(heard_round.heating(riverside, bea), bea, amal)


@pytest.fixture
def warm(riverside: Organisation, signed: SumUp, bea: Account) -> Demand:
    return heard_round.demand(riverside, signed, bea)


def said(
    organisation: Organisation, demands: list[Demand], owner: Account | None, **fields: Any
) -> dict[str, Any]:
    """Everything a decision has to say."""
    return {
        "organisation": organisation,
        "title": "We demand 18 degrees",
        "demands": demands,
        "why": "Nine people told us so.",
        "owner": owner,
        "review_on": timezone.localdate() + timedelta(days=30),
        "by": owner,
        **fields,
    }


def kinds(refused: pytest.ExceptionInfo[Refused]) -> list[type]:
    return [type(reason) for reason in refused.value.reasons]


def test_a_demand_rests_on_claims_that_a_second_organiser_signed(
    riverside: Organisation, signed: SumUp, bea: Account
) -> None:
    demand = heard_round.demand(riverside, signed, bea, text="18 درجة في كل غرفة 🔥")
    assert [claim.text for claim in demand.claims.all()] == ["Children freeze in Block C."]
    claim = claims(signed)[0]
    sumup.edit_claim(claim=claim, text="Changed.", voices=[], statements=[], minority=False, by=bea)
    for chosen, reason in (([], demand_reasons.NoClaims), ([claim], demand_reasons.NotSigned)):
        with pytest.raises(Refused) as refused:
            demand_actions.make_demand(organisation=riverside, text="More", claims=chosen, by=bea)
        assert kinds(refused) == [reason]


def test_a_claim_that_carries_a_demand_stays(warm: Demand, signed: SumUp, bea: Account) -> None:
    with expect_refusal("has-demands"):
        sumup.remove_claim(claim=claims(signed)[0], by=bea)
    sumup.remove_claim(claim=claims(signed)[1], by=bea)


def test_what_half_judge_to_break_a_principle_is_never_offered(
    riverside: Organisation, warm: Demand, amal: Account, bea: Account, chen: Account
) -> None:
    line = principle_actions.add_principle(organisation=riverside, text="Nobody is evicted.", by=bea)
    for by, verdict in ((amal, "breaks"), (bea, "keeps"), (chen, "keeps")):
        demand_actions.record_judgement(demand=warm, principle=line, verdict=verdict, by=by)
    assert judgements.count_judgements([warm], [line])[0].is_offered
    Mark.objects.get(by=chen).delete()
    assert not judgements.count_judgements([warm], [line])[0].is_offered, (
        "half is enough, as where the line is drawn"
    )
    demand_actions.record_judgement(demand=warm, principle=line, verdict="breaks", by=chen)
    with pytest.raises(Refused) as refused:
        decision_actions.record_decision(**said(riverside, [warm], bea))
    assert refused.value.reasons == (demand_reasons.BreaksPrinciple(warm, line, 2, 3),)
    assert "2 of 3 say it breaks “Nobody is evicted.”" in str(refused.value)
    demand_actions.record_judgement(demand=warm, principle=line, verdict="touches", by=chen)
    assert Mark.objects.count() == 3
    assert decision_actions.record_decision(**said(riverside, [warm], bea)).demands.get() == warm


def test_a_decision_says_what_it_lacks(
    riverside: Organisation, warm: Demand, bea: Account, dina: Account
) -> None:
    today = timezone.localdate()
    empty = said(riverside, [], None, title=" ", why="", review_on=None)
    with pytest.raises(Refused) as refused:
        decision_actions.record_decision(**empty)
    assert kinds(refused) == [
        shared_refusal_reasons.NoWords,
        shared_refusal_reasons.NoWords,
        decision_reasons.NoOwner,
        decision_reasons.NoReviewDate,
        decision_reasons.NoDemands,
    ]
    with pytest.raises(Refused) as refused:
        decision_actions.record_decision(**said(riverside, [warm], dina, review_on=today))
    assert kinds(refused) == [decision_reasons.OwnerNotHere, shared_refusal_reasons.ReviewNotAhead]
    assert not Decision.objects.exists()


def test_a_decision_rests_on_words_that_still_carry_a_signature(
    riverside: Organisation, warm: Demand, signed: SumUp, bea: Account, amal: Account
) -> None:
    sumup.move_claim(claim=claims(signed)[0], up=False, by=bea)
    with pytest.raises(Refused) as refused:
        decision_actions.record_decision(**said(riverside, [warm], bea))
    assert kinds(refused) == [demand_reasons.NotSigned]
    sumup.sign_sum_up(sum_up=SumUp.objects.get(), by=amal)
    decision_actions.record_decision(**said(riverside, [warm], bea))


def test_nothing_joins_two_compartments(
    riverside: Organisation, warm: Demand, signed: SumUp, harbour: Organisation, dina: Account
) -> None:
    foreign = principle_actions.add_principle(organisation=harbour, text="Theirs", by=dina)
    for act in (
        lambda: demand_actions.make_demand(organisation=harbour, text="x", claims=claims(signed), by=dina),
        lambda: demand_actions.record_judgement(demand=warm, principle=foreign, verdict="breaks", by=dina),
        lambda: decision_actions.record_decision(**said(harbour, [warm], dina)),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert set(kinds(refused)) == {demand_reasons.NotOurs}
