"""Red lines voted by members, and which of two demands goes further: totals are kept, single answers are not."""

from typing import Any

import pytest
from django.core import serializers

from massline.core.refusal import Refused
from massline.desk.decide.ballots.majority_count import MajorityRule, VoteCount, compute_quorum
from massline.desk.decide.ballots.models import Roll
from massline.desk.decide.demands import actions as demand_actions
from massline.desk.decide.demands import refusal_reasons
from massline.desk.decide.demands.comparison import choose_pair, measure_advance
from massline.desk.decide.demands.models import Comparison, Demand
from massline.desk.decide.principles import actions as principle_actions
from massline.desk.decide.principles.models import Principle
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.claims.models import SumUp
from tests.conftest import _member, at_desk
from tests.desk import heard_round
from tests.parts import shows


@pytest.fixture
def signed(riverside: Organisation, bea: Account, amal: Account) -> SumUp:
    return heard_round.signed(heard_round.heating(riverside, bea), bea, amal)


def demands(riverside: Organisation, signed: SumUp, bea: Account) -> list[Demand]:
    return [
        heard_round.demand(riverside, signed, bea, text=text) for text in ("Letter", "Date", "Rent strike")
    ]


@pytest.mark.parametrize(
    ("rule", "count", "carries"),
    [
        (MajorityRule.MAJORITY, VoteCount(3, 2, 9), True),
        (MajorityRule.MAJORITY, VoteCount(2, 2, 0), False),
        (MajorityRule.TWO_THIRDS, VoteCount(4, 2, 0), True),
        (MajorityRule.TWO_THIRDS, VoteCount(3, 2, 0), False),
        (MajorityRule.NOBODY_AGAINST, VoteCount(1, 0, 8), True),
        (MajorityRule.NOBODY_AGAINST, VoteCount(9, 1, 0), False),
        (MajorityRule.NOBODY_AGAINST, VoteCount(0, 0, 8), False),
    ],
)
def test_a_vote_carries_by_the_rule_stated_before(
    rule: MajorityRule, count: VoteCount, carries: bool
) -> None:
    assert count.carries(rule) is carries
    assert compute_quorum(5, 50) == 3


def test_members_vote_once_and_only_the_total_stays(
    riverside: Organisation, amal: Account, bea: Account, chen: Account
) -> None:
    at_desk(bea).post(
        "/riverside/decide/principles/", {"text": "لا إخلاء 🔥", "rule": "two_thirds", "quorum": 60}
    )
    line = Principle.objects.get()
    door = at_desk(chen)
    vote = f"/riverside/decide/principles/{line.pk}/vote/"
    assert door.post(vote, {"answer": "no"}).status_code == 302
    told = door.post(vote, {"answer": "yes"}, follow=True).content.decode()
    assert shows(told, "answered-already")
    assert shows(told, "answer-in-box")
    assert not shows(told, "count-vote")
    refused = at_desk(bea).post(f"/riverside/decide/principles/{line.pk}/count/", follow=True)
    assert "1 have voted; we count when there are 3." in refused.content.decode()
    for who in (amal, bea):
        principle_actions.vote_on_principle(principle=line, answer="yes", by=who)
    at_desk(bea).post(f"/riverside/decide/principles/{line.pk}/count/")
    line.refresh_from_db()
    assert (line.state, line.in_favour, line.against, line.members) == ("adopted", 2, 1, 4)
    assert not Roll.objects.exists()
    assert "chen" not in serializers.serialize("json", [line])
    assert (
        "2 yes, 1 no, 0 abstained, of 4 members" in door.get("/riverside/decide/principles/").content.decode()
    )


def test_a_line_turned_down_or_let_go_bars_nothing(
    riverside: Organisation, signed: SumUp, amal: Account, bea: Account
) -> None:
    demand = demands(riverside, signed, bea)[0]
    line = principle_actions.add_principle(organisation=riverside, text="No letters.", by=bea, quorum=0)
    demand_actions.record_judgement(demand=demand, principle=line, verdict="breaks", by=bea)
    assert refusal_reasons.find_broken_principles([demand], list(riverside.principles.holding()))
    with pytest.raises(Refused):
        principle_actions.retire_principle(principle=line, because=" ", by=bea)
    principle_actions.retire_principle(principle=line, because="We write letters now.", by=bea)
    assert not refusal_reasons.find_broken_principles([demand], list(riverside.principles.holding()))
    page = at_desk(amal).get("/riverside/decide/principles/").content.decode()
    assert "We write letters now." in page
    other = principle_actions.add_principle(organisation=riverside, text="x", by=bea, quorum=0)
    principle_actions.vote_on_principle(principle=other, answer="no", by=bea)
    assert principle_actions.count_principle(principle=other, by=bea).state == "turned_down"
    with pytest.raises(Refused):
        principle_actions.vote_on_principle(principle=other, answer="no", by=amal)


def test_two_demands_one_tap_and_nobodys_answer_is_kept(
    riverside: Organisation, signed: SumUp, bea: Account, chen: Account
) -> None:
    letter, date, strike = demands(riverside, signed, bea)
    voters = [bea, chen, *(_member(f"member {n}", riverside, 1) for n in range(4))]
    for who in voters:
        demand_actions.record_comparison(one=letter, other=strike, further=strike, by=who)
        demand_actions.record_comparison(one=strike, other=date, further=strike, by=who)
        demand_actions.record_comparison(
            one=date, other=letter, further=None if who == chen else date, by=who
        )
    measured = measure_advance(riverside)
    assert measured[letter.pk].value < measured[date.pk].value < measured[strike.pk].value
    assert all(one.low < one.value < one.high for one in measured.values())
    assert Comparison.objects.get(one=letter, other=date).skipped == 1
    assert {field.name for field in Comparison._meta.fields}.isdisjoint({"by", "account", "member"})
    with pytest.raises(Refused):
        demand_actions.record_comparison(one=letter, other=strike, further=letter, by=bea)
    page = at_desk(chen).get("/riverside/decide/further/").content.decode()
    assert shows(page, "all-compared")
    assert "Based on 17 answers" in page


def test_the_pair_that_tells_most_is_asked_first(
    riverside: Organisation, signed: SumUp, bea: Account, chen: Account
) -> None:
    letter, date, strike = demands(riverside, signed, bea)
    for n in range(5):
        demand_actions.record_comparison(
            one=letter, other=strike, further=strike, by=_member(f"m{n}", riverside, 1)
        )
    pair = choose_pair(riverside, [letter, date, strike], chen)
    assert pair is not None
    assert (pair.left, date in (pair.one, pair.other)) == (3, True)
    door = at_desk(chen)
    answer: dict[str, Any] = {"one": pair.one.pk, "other": pair.other.pk, "further": pair.one.pk}
    assert door.post("/riverside/decide/further/", answer).status_code == 302
    assert shows(door.get("/riverside/decide/further/").content.decode(), "pairs-left", 2)
    assert door.post("/riverside/decide/further/", {"one": 1, "other": 999_999}).status_code == 404


def test_one_answer_is_not_shown(riverside: Organisation, signed: SumUp, bea: Account) -> None:
    letter, _date, strike = demands(riverside, signed, bea)
    demand_actions.record_comparison(one=letter, other=strike, further=strike, by=bea)
    assert measure_advance(riverside) == {}
    assert "Too few answers" in at_desk(bea).get("/riverside/decide/further/").content.decode()
