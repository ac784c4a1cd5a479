"""Demo of an assessment: forces, the evidence for and against acting now, and forecasts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo.clock import days_ago
from massline.desk.decide.assessments import actions as assessment_actions
from massline.desk.decide.assessments.models import Reading
from massline.desk.decide.decisions.actions import record_decision
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.forces.actions import enter_force, record_move
from massline.desk.decide.forces.models import Force
from massline.desk.decide.line.models import Line
from massline.desk.decide.promises.actions import record_outcome, record_promise, settle_promise
from massline.desk.sumup.claims.models import Claim

if TYPE_CHECKING:
    from massline.demo import DemoCast

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

PROMISED = (
    ("Three boilers repaired: blocks A, D and E", 9, "The office’s letter, read aloud at the mass meeting"),
    ("The director meets the tenants", 12, "Minutes of the visit, signed by both sides"),
    ("A date in writing for blocks B and C", 16, "The office’s letter, page 2"),
)

_OWNER, _LANDLORDS, _COUNCIL = "Riverside Homes Ltd", "Landlords’ association", "The city council"
MOVES = (
    (40, _LANDLORDS, "join", _OWNER, "They speak with one voice to the paper.", "The Harbour Post", 1, ""),
    (
        33,
        _OWNER,
        "deed",
        "",
        "Sent two engineers to Block A, and nobody after.",
        "The caretakers’ notebook",
        None,
        "",
    ),
    (
        19,
        "Caretakers’ union",
        "deed",
        "",
        "Its nine members keep the list of dead boilers.",
        "Their minutes",
        5,
        "",
    ),
    (12, _LANDLORDS, "rift", _OWNER, "“Cold flats harm us all”, says its chair.", "Radio Harbour", 2, ""),
    (
        9,
        _OWNER,
        "offer",
        "",
        "A heater for each family that signs alone.",
        "Their letter to Block C",
        None,
        "One heater, no date. We sign together or not at all.",
    ),
    (2, _COUNCIL, "offer", "", "A round table in May.", "The council’s press release", None, ""),
)

FORECASTS = ((80, True), (70, True), (60, False), (90, True), (30, False), (40, True))

# The first is due by now: somebody has yet to say whether it came true.
OPEN = (
    ("Thirty sign the letter of Block C.", "Counted on the list in the laundry.", 75, 2),
    ("Blocks B and C have a date in writing.", "A letter from the office that names both boilers.", 55, 30),
)


def promise_things(cast: DemoCast, office: Force) -> None:
    """What the office promised after the first walk: three boilers kept, a tenants' meeting put off, two due today."""
    demand = Demand.objects.filter(organisation=cast.union).earliest("pk")
    with days_ago(16):
        kept, moved, _due = (
            record_promise(
                organisation=cast.union,
                force=office,
                demand=demand,
                what=what,
                due_on=timezone.localdate() + timedelta(days=days),
                proof=proof,
                by=cast.amal,
            )
            for what, days, proof in PROMISED
        )
    with days_ago(4):
        settle_promise(promise=kept, state="kept", proof="We looked at all three on Friday.", by=cast.bea)
        settle_promise(
            promise=moved,
            state="moved",
            proof="A mail of the office, with excuses",
            due_on=timezone.localdate() + timedelta(days=20),
            by=cast.bea,
        )
    record_outcome(
        demand=demand,
        state="partly",
        words="Three of five boilers are repaired. Blocks B and C still have no date.",
        proof="The engineers’ sheets hang in the stairwells of A, D and E.",
        by=cast.amal,
    )


def assess_moment(cast: DemoCast, line: Line) -> None:
    """Enter the forces, assess the moment, make forecasts and settle the older ones."""
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
    promise_things(cast, office)
    record_move(
        force=office,
        what="Took 214 letters at the door and named dates for three boilers.",
        source="Our review of the walk; The Harbour Post",
        stance=4,
        by=cast.bea,
    )
    move_forces(cast)
    made = assessment_actions.begin_assessment(
        organisation=cast.union, question="To go again, for Blocks B and C?", by=cast.amal
    )
    turnout = Reading.objects.filter(point__assessment=made, key="strength:turnout").first()
    overruled = {turnout.pk: "It was the first walk. A second one is harder."} if turnout else {}
    assessment_actions.accept_or_overrule_readings(assessment=made, overruled=overruled, by=cast.amal)
    claim = Claim.objects.of(cast.union).signed().order_by("pk")[0]
    sources = {"mood": ("claim", claim), "forces": ("force", office), "strength": ("line", line)}
    for criterion, leaning, words in WEIGHED:
        point = made.points.get(criterion=criterion)
        assessment_actions.record_leaning(point=point, leaning=leaning, words=words, by=cast.amal)
        if criterion in sources:
            kind, source = sources[criterion]
            assessment_actions.cite_evidence(point=point, kind=kind, source=source, by=cast.amal)
    assessment_actions.conclude_assessment(
        assessment=made,
        conclusion="In two weeks, after the night workers were asked. Not before.",
        dissent="Block B would go tomorrow: “We are cold tonight, not in two weeks.”",
        by=cast.amal,
    )
    make_forecasts(cast)


def move_forces(cast: DemoCast) -> None:
    """What the others did before and after the walk: a tie, a rift, an offer we answered and one that is open."""
    forces = {force.name: force for force in Force.objects.filter(organisation=cast.union)}
    for days, name, kind, toward, what, source, stance, answer in MOVES:
        with days_ago(days):
            record_move(
                force=forces[name],
                kind=kind,
                toward=forces.get(toward),
                what=what,
                source=source,
                stance=stance,
                answer=answer,
                by=cast.bea,
            )


def make_forecasts(cast: DemoCast) -> None:
    day = timezone.localdate() + timedelta(days=1)
    for number, (percent, came_true) in enumerate(FORECASTS, 1):
        made = assessment_actions.add_forecast(
            organisation=cast.union,
            text=f"Stairwell meeting {number} brings ten neighbours or more.",
            criterion="Counted at the door by two of us.",
            percent=percent,
            resolves_on=day,
            by=cast.amal,
        )
        assessment_actions.settle_forecast(forecast=made, came_true=came_true, by=cast.bea)
    for text, criterion, percent, days in OPEN:
        assessment_actions.add_forecast(
            organisation=cast.union,
            text=text,
            criterion=criterion,
            percent=percent,
            resolves_on=timezone.localdate() + timedelta(days=days),
            by=cast.amal,
        )


def wait_for_strength(cast: DemoCast) -> None:
    """A decision to wait that names the number it waits for."""
    record_decision(
        organisation=cast.union,
        title="No rent strike before four blocks are strong",
        demands=[],
        why="Two of five blocks could not hold a strike for a month.",
        waits=True,
        would_change="Four blocks are strong in a structure test.",
        sign="strength:structure",
        at_least=4,
        owner=cast.bea,
        review_on=timezone.localdate() + timedelta(days=45),
        by=cast.amal,
    )
