"""Demo of deciding: principles, compared demands, slogans, a plan, motions and points of unity."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo.assessment import assess_moment
from massline.demo.clock import days_ago
from massline.demo.simulated_voters import vote_in_election, vote_in_hall
from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands import actions as demand_actions
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.elections import actions as election_actions
from massline.desk.decide.elections.models import Election
from massline.desk.decide.line.actions import draw_line
from massline.desk.decide.motions import actions as motion_actions
from massline.desk.decide.motions.models import Motion
from massline.desk.decide.motions.phone_vote import ask_motion_by_phone
from massline.desk.decide.plans import actions as plan_actions
from massline.desk.decide.points_of_unity import actions as unity_actions
from massline.desk.decide.principles import actions as principle_actions
from massline.desk.decide.slogans.actions import try_slogan, write_slogan
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims.models import Claim
from massline.square.conversations.trust_levels import Level
from massline.square.elections.methods import CountingMethod

if TYPE_CHECKING:
    from massline.demo import DemoCast

MORE = (("All five blocks are heard at the housing office on one day.", "go alone"),)
SLOGANS = (
    ("en", "Fix the heat before the frost", (31, 5, 4), "The laundry, Mill Lane"),
    ("en", "A repair date for every boiler, signed and in writing", (14, 17, 9), "The laundry, Mill Lane"),
    ("es", "¡Calor antes del frío!", (12, 2, 1), "The bakery"),
    ("ar", "الدفء قبل البرد", (9, 1, 0), "The bakery"),
)
DELEGATES = (
    ("Rosa Lima", "Block B, speaks Portuguese; was at every meeting with the office"),
    ("Yusuf Demir", "Block C, repairs boilers for a living"),
    ("Ines Ortega", "Block A, keeps the list of cold flats"),
    ("Tom Baker", "Block D, on the works council of the bus depot"),
    ("Farida Haidari", "Block E, interprets for Arabic and Dari"),
)
# The numbers each gives to the delegates above, and how many people do.
PHONE_BALLOTS = (
    ((1, 2, 3, 0, 0), 11),
    ((2, 1, 0, 3, 0), 7),
    ((0, 2, 0, 0, 1), 9),
    ((3, 0, 1, 2, 0), 6),
    ((0, 0, 2, 1, 3), 5),
    ((2, 0, 0, 0, 1), 4),
)
PAPER_BALLOTS = {
    "Table at the door": "1 2 3 - -\n1 - 2 - 3\n- 1 - 2 -\n- 1 2 - -\n2 - - - 1\n- - 1 2 -",
    "Table at the stage": "1 3 2 - -\n- - - 1 2\n- 2 - 1 -\n?\n3 1 - - 2\n- - 2 - 1",
}
UNITY = (
    "No flat under 19 degrees.",
    "What one chapter learns, all learn the same week.",
    "We hold back rent together or not at all.",
)


def play_decisions(cast: DemoCast) -> None:
    """Use every room of the decide stage."""
    with days_ago(4):
        demands = compare_demands(cast, *vote_on_principles(cast))
        line = draw_line(cast.union)
    with days_ago(3):
        try_slogans(cast, demands[0])
        assess_moment(cast, line)
    with days_ago(2):
        plan_decision(cast)
        agree_on_unity(cast)


def vote_on_principles(cast: DemoCast) -> list[Demand]:
    """Vote on the principles and count all but the last, which waits for one more vote."""
    *settled, last = cast.union.principles.holding()
    for principle in settled:
        for member in (cast.amal, cast.bea, cast.chen):
            principle_actions.vote_on_principle(principle=principle, answer="yes", by=member)
        principle_actions.count_principle(principle=principle, by=cast.amal)
    principle_actions.vote_on_principle(principle=last, answer="yes", by=cast.bea)
    for text, words in MORE:
        claim = Claim.objects.of(cast.union).signed().filter(text__contains=words).order_by("pk")[0]
        made = demand_actions.make_demand(organisation=cast.union, text=text, claims=[claim], by=cast.amal)
        for principle in cast.union.principles.holding():
            for member in (cast.amal, cast.bea):
                demand_actions.record_judgement(demand=made, principle=principle, verdict="keeps", by=member)
    return list(Demand.objects.filter(organisation=cast.union))


def compare_demands(cast: DemoCast, *demands: Demand) -> list[Demand]:
    """Let three members compare every pair; one of them disagrees on the second."""
    order = {
        demand.pk: place for place, demand in enumerate([demands[2], demands[1], demands[0], *demands[3:]])
    }
    for number, member in enumerate((cast.amal, cast.bea, cast.chen)):
        for i, demand in enumerate(demands):
            for rival in demands[i + 1 :]:
                further, less = sorted((demand, rival), key=lambda compared: -order[compared.pk])
                is_dissent = number == 2 and i == 1
                demand_actions.record_comparison(
                    one=demand, other=rival, further=less if is_dissent else further, by=member
                )
    return list(demands)


def try_slogans(cast: DemoCast, demand: Demand) -> None:
    for language, text, (understood, again, on), place in SLOGANS:
        slogan = write_slogan(demand=demand, language=language, text=text, by=cast.bea)
        try_slogan(
            slogan=slogan, place=place, understood=understood, asked_again=again, walked_on=on, by=cast.chen
        )


def plan_decision(cast: DemoCast) -> None:
    """Plan the decision, and hold a vote by hands, paper and phones."""
    today = timezone.localdate()
    decision = Decision.objects.filter(organisation=cast.union).earliest("pk")
    plan = plan_actions.make_plan(decision=decision, title="Until every boiler has a date", by=cast.amal)
    for title, aim, first, days, stays, doings in (
        ("Knock", "Every stairwell of B and C has been asked.", 0, 14, "A stairwell group in B and C",
         (("Doors in Block C", "Open the door and say how cold it is.", 7, "breadth", 40, cast.chen),)),
        ("Press", "The office names the last two dates.", 15, 14, "Ten who can chair a meeting",
         (("Walk with all five blocks", "Come, and bring one neighbour.", 16, "breadth", 150, cast.amal),
          ("Stay in the warm office until six", "Stay with us until six.", 26, "edge", 30, None))),
    ):  # fmt: skip
        phase = plan_actions.add_phase(
            plan=plan,
            title=title,
            aim=aim,
            starts_on=today + timedelta(days=first),
            ends_on=today + timedelta(days=first + days),
            stays=stays,
            by=cast.amal,
        )
        for what, ask, day, reach, expected, owner in doings:
            plan_actions.add_mobilisation(
                phase=phase,
                what=what,
                ask=ask,
                day=today + timedelta(days=day),
                reach=reach,
                expected=expected,
                owner=owner,
                by=cast.amal,
            )
    in_place = dict.fromkeys(("lawyer", "rights", "deputy"), True)
    plan_actions.set_readiness(plan=plan, stands=in_place, owners={"lawyer": cast.bea}, by=cast.bea)
    hold_vote(cast)
    hold_election(cast)


def hold_election(cast: DemoCast) -> None:
    """Elect three delegates by phone and on paper, and count."""
    election = election_actions.make_election(
        organisation=cast.union,
        title="Who speaks for us at the housing office?",
        decides="The three elected carry our demands to the housing office and report to the next mass meeting.",
        who="Everyone who lives in blocks A to E, from 16",
        method=CountingMethod.STV,
        seats=3,
        options=[{"name": name, "line": line} for name, line in DELEGATES],
        closes_at=timezone.now() + timedelta(days=1),
        may_close_early=True,
        has_paper=True,
        by=cast.amal,
    )
    published = election_actions.publish_election(election=election, by=cast.amal)
    election = Election.objects.get(pk=election.pk)
    election_actions.print_election_cards(election=election, level=Level.CARD, most=80, by=cast.bea)
    vote_in_election(published, PHONE_BALLOTS)
    for table, paper in PAPER_BALLOTS.items():
        pile = election_actions.type_in_batch(election=election, name=table, text=paper, by=cast.bea)
        election_actions.type_in_again(batch=pile, text=paper, by=cast.amal)
    election_actions.close_election(election=election, by=cast.amal)
    election = Election.objects.get(pk=election.pk)
    election_actions.count_election(election=election, seed=31662, entitled=80, by=cast.amal)


def hold_vote(cast: DemoCast) -> None:
    moved = motion_actions.put_motion(
        organisation=cast.union,
        text="The blocks with a date come when we go for those without.",
        meeting="Mass meeting",
        quorum=40,
        by=cast.amal,
    )
    amendment = motion_actions.put_amendment(
        motion=moved,
        text="The blocks with a date come when we go for those without, with interpreters in front.",
        by=cast.bea,
    )
    motion_actions.settle_amendment(amendment=amendment, count=VoteCount(61, 4, 3), by=cast.bea)
    motion_actions.record_phone_vote(motion=moved, answer="yes", by=cast.chen)
    motion_actions.record_tallies(
        motion=moved, counts={"hands": VoteCount(58, 6, 2), "paper": VoteCount(12, 1, 0)}, by=cast.bea
    )
    motion_actions.close_motion(
        motion=moved, present=88, dissent="Six fear for their own date.", by=cast.amal
    )
    place = motion_actions.put_motion(
        organisation=cast.union, text="The next meeting is in Block C.", meeting="Mass meeting", by=cast.bea
    )
    let_hall_vote(cast, place)


def let_hall_vote(cast: DemoCast, motion: Motion) -> None:
    """Ask the whole hall by phone: twenty-three cards have been used so far."""
    ask_motion_by_phone(motion=motion, by=cast.bea)
    motion_actions.record_tallies(motion=motion, counts={"hands": VoteCount(31, 3, 4)}, by=cast.bea)
    if motion.hall is None or motion.hall.page is None:
        raise LookupError("The union has a public face, so its hall has a page.")
    vote_in_hall(motion.hall.page, yes=17, no=4, neither=2)


def agree_on_unity(cast: DemoCast) -> None:
    """Offer points of unity to the chapters; one of them joins by a code."""
    text = unity_actions.offer_text(
        organisation=cast.union, title="What the chapters hold together", sentences=UNITY, by=cast.amal
    )
    harbour = Organisation.objects.get(slug="harbour")
    code = unity_actions.invite_party(text=text, by=cast.amal)
    unity_actions.join_text(organisation=harbour, code=code, name=harbour.name, by=cast.bea)
    first, second, last = text.sentences.all()
    ours, theirs = text.parties.all()
    agreed = dict.fromkeys((first, second, last), ("agree", ""))
    unity_actions.take_positions(party=ours, stands=agreed, by=cast.amal)
    for stand in (("cannot", ""), ("amend", "Whoever holds back rent is carried by all.")):
        positions = {first: ("agree", ""), second: ("live_with", ""), last: stand}
        unity_actions.take_positions(party=theirs, stands=positions, by=cast.bea)
