"""How the union decides: red lines voted on, the line, slogans tried, forces, the moment, a plan, a motion, points of unity."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo.clock import days_ago
from massline.desk.decide.assessments import actions as assessment_actions
from massline.desk.decide.ballots.count import Count
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands import actions as demand_actions
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.forces.actions import enter_force, note_move
from massline.desk.decide.line.actions import draw_line
from massline.desk.decide.line.models import Line
from massline.desk.decide.motions import actions as motion_actions
from massline.desk.decide.plans import actions as plan_actions
from massline.desk.decide.principles import actions as principle_actions
from massline.desk.decide.slogans.actions import try_slogan, write_slogan
from massline.desk.decide.unity import actions as unity_actions
from massline.desk.people.models import Organisation
from massline.desk.sumup.claims.models import Claim

if TYPE_CHECKING:
    from massline.demo import Cast

MORE = (("All five blocks are heard at the housing office on one day.", "go alone"),)
SLOGANS = (
    ("en", "Fix the heat before the frost", (31, 5, 4), "The laundry, Mill Lane"),
    ("en", "A repair date for every boiler, signed and in writing", (14, 17, 9), "The laundry, Mill Lane"),
    ("es", "¡Calor antes del frío!", (12, 2, 1), "The bakery"),
    ("ar", "الدفء قبل البرد", (9, 1, 0), "The bakery"),
)
FORCES = (
    ("Riverside Homes Ltd", "company", 1, 4, "Owns all five blocks.", "Loans fall due in spring."),
    ("The housing office", "office", 3, 3, "Can order repairs.", "Two people for the whole district."),
    ("The city council", "authority", 3, 3, "Votes on the housing budget.", "Elections in May."),
    ("The Harbour Post", "press", 4, 2, "Read in every stairwell.", "Wants a new picture each week."),
    ("Caretakers’ union", "organisation", 5, 2, "Knows every boiler.", "Nine members."),
    ("Landlords’ association", "organisation", 2, 3, "Lawyers.", "Does not know our owner well."),
)
WEIGHED = (
    ("mood", "for", "Blocks A, D and E would come if the others come. Block C does not believe us yet."),
    ("pulse", "for", "Frost is forecast; failures rise every week."),
    ("forces", "open", "The office listens; the council waits for May."),
    ("strength", "open", "Ninety-four came. Two of five blocks have a stairwell group."),
    ("obstacles", "against", "Nobody has spoken to the night workers."),
    ("duty", "for", "Two blocks are cold now, whatever our chances."),
)
FORECASTS = ((80, True), (70, True), (60, False), (90, True), (30, False), (40, True))
# The first is due by now: somebody has yet to say whether it came true.
OPEN = (
    ("Thirty sign the letter of Block C.", "Counted on the list in the laundry.", 75, 2),
    ("Blocks B and C have a date in writing.", "A letter from the office that names both boilers.", 55, 30),
)
UNITY = (
    "No flat under 19 degrees.",
    "What one chapter learns, all learn the same week.",
    "We hold back rent together or not at all.",
)


def live(cast: Cast) -> None:
    """Use everything the room of decisions has, by the verbs its pages call."""
    with days_ago(4):
        demands = compare(cast, *vote(cast))
        line = draw_line(cast.union)
    with days_ago(3):
        shout(cast, demands[0])
        weigh(cast, line)
    with days_ago(2):
        carry_out(cast)
        agree(cast)


def vote(cast: Cast) -> list[Demand]:
    """Everybody votes on the red lines; all but the last are counted, the last waits for one more voice."""
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
                demand_actions.judge_demand(demand=made, principle=principle, verdict="keeps", by=member)
    return list(Demand.objects.filter(organisation=cast.union))


def compare(cast: Cast, *demands: Demand) -> list[Demand]:
    """Three members compare every pair; one of them sees the second pair the other way round."""
    order = {
        demand.pk: place for place, demand in enumerate([demands[2], demands[1], demands[0], *demands[3:]])
    }
    for number, member in enumerate((cast.amal, cast.bea, cast.chen)):
        for i, one in enumerate(demands):
            for other in demands[i + 1 :]:
                further = max((one, other), key=lambda demand: order[demand.pk])
                unlike = number == 2 and i == 1
                if unlike:
                    further = one if further is other else other
                demand_actions.compare_demands(one=one, other=other, further=further, by=member)
    return list(demands)


def shout(cast: Cast, demand: Demand) -> None:
    for language, text, (understood, again, on), place in SLOGANS:
        slogan = write_slogan(demand=demand, language=language, text=text, by=cast.bea)
        try_slogan(
            slogan=slogan, place=place, understood=understood, asked_again=again, walked_on=on, by=cast.chen
        )


def weigh(cast: Cast, line: Line) -> None:
    """Enter the forces, weigh the moment on what was heard, and forecast; older forecasts are settled."""
    office = None
    for name, kind, stance, influence, strengths, limits in FORCES:
        force = enter_force(
            organisation=cast.union,
            name=name,
            kind=kind,
            stance=stance,
            influence=influence,
            strengths=strengths,
            limits=limits,
            by=cast.amal,
        )
        office = force if kind == "office" else office
    assert office is not None
    note_move(
        force=office,
        what="Took 214 letters at the door and named dates for three boilers.",
        source="Our review of the walk; The Harbour Post",
        stance=4,
        by=cast.bea,
    )
    made = assessment_actions.begin_assessment(
        organisation=cast.union, question="To go again, for Blocks B and C?", by=cast.amal
    )
    claim = Claim.objects.of(cast.union).signed().order_by("pk")[0]
    sources = {"mood": ("claim", claim), "forces": ("force", office), "strength": ("line", line)}
    for criterion, leaning, words in WEIGHED:
        point = made.points.get(criterion=criterion)
        assessment_actions.weigh_point(point=point, leaning=leaning, words=words, by=cast.amal)
        if criterion in sources:
            kind, source = sources[criterion]
            assessment_actions.cite_evidence(point=point, kind=kind, source=source, by=cast.amal)
    assessment_actions.conclude_assessment(
        assessment=made,
        conclusion="In two weeks, after the night workers were asked. Not before.",
        dissent="Block B would go tomorrow: “We are cold tonight, not in two weeks.”",
        by=cast.amal,
    )
    forecast(cast)


def forecast(cast: Cast) -> None:
    day = timezone.localdate() + timedelta(days=1)
    for number, (percent, came_true) in enumerate(FORECASTS, 1):
        told = assessment_actions.add_forecast(
            organisation=cast.union,
            text=f"Stairwell meeting {number} brings ten neighbours or more.",
            criterion="Counted at the door by two of us.",
            percent=percent,
            resolves_on=day,
            by=cast.amal,
        )
        assessment_actions.settle_forecast(forecast=told, came_true=came_true, by=cast.bea)
    for text, criterion, percent, days in OPEN:
        assessment_actions.add_forecast(
            organisation=cast.union,
            text=text,
            criterion=criterion,
            percent=percent,
            resolves_on=timezone.localdate() + timedelta(days=days),
            by=cast.amal,
        )


def carry_out(cast: Cast) -> None:
    """Plan the decision, and put a motion to the meeting: hands, paper and phones in one count."""
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
    stands = dict.fromkeys(("lawyer", "rights", "deputy"), True)
    plan_actions.set_readiness(plan=plan, stands=stands, owners={"lawyer": cast.bea}, by=cast.bea)
    meet(cast)


def meet(cast: Cast) -> None:
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
    motion_actions.settle_amendment(amendment=amendment, count=Count(61, 4, 3), by=cast.bea)
    motion_actions.vote_by_phone(motion=moved, answer="yes", by=cast.chen)
    motion_actions.record_tallies(
        motion=moved, counts={"hands": Count(58, 6, 2), "paper": Count(12, 1, 0)}, by=cast.bea
    )
    motion_actions.close_motion(
        motion=moved, present=88, dissent="Six fear for their own date.", by=cast.amal
    )
    motion_actions.put_motion(
        organisation=cast.union, text="The next meeting is in Block C.", meeting="Mass meeting", by=cast.bea
    )


def agree(cast: Cast) -> None:
    """The union offers its chapters points of unity; one of them takes its place by a code."""
    text = unity_actions.offer_text(
        organisation=cast.union, title="What the chapters hold together", sentences=UNITY, by=cast.amal
    )
    harbour = Organisation.objects.get(slug="harbour")
    code = unity_actions.invite_party(text=text, by=cast.amal)
    unity_actions.join_text(organisation=harbour, code=code, name=harbour.name, by=cast.bea)
    one, other, last = text.sentences.all()
    ours, theirs = text.parties.all()
    told = {one: ("agree", ""), other: ("agree", ""), last: ("agree", "")}
    unity_actions.take_positions(party=ours, stands=told, by=cast.amal)
    for stand in (("cannot", ""), ("amend", "Whoever holds back rent is carried by all.")):
        positions = {one: ("agree", ""), other: ("live_with", ""), last: stand}
        unity_actions.take_positions(party=theirs, stands=positions, by=cast.bea)
