"""What a compartment lives through in the room of decisions, with words of its own in every text."""

from datetime import timedelta

from django.utils import timezone

from massline.desk.decide.assessments import actions as assessment_actions
from massline.desk.decide.ballots.majority_count import VoteCount
from massline.desk.decide.decisions.models import Decision
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.elections import actions as election_actions
from massline.desk.decide.elections.models import Election
from massline.desk.decide.forces.actions import enter_force, record_move
from massline.desk.decide.forces.models import Force
from massline.desk.decide.line.actions import draw_line
from massline.desk.decide.line.models import Line
from massline.desk.decide.motions import actions as motion_actions
from massline.desk.decide.phone_votes.actions import open_phone_vote
from massline.desk.decide.plans import actions as plan_actions
from massline.desk.decide.points_of_unity import actions as unity_actions
from massline.desk.decide.points_of_unity.models import Party
from massline.desk.decide.principles import actions as decide
from massline.desk.decide.promises.actions import record_outcome, record_promise
from massline.desk.decide.slogans.actions import try_slogan, write_slogan
from massline.square.elections.models import PublishedElection
from tests.wall.compartments import Compartment


def decide_more(home: Compartment, demand: Demand) -> None:
    """Everything beside demand and decision: lines let go, the line, and what comes after it."""
    kept = home.marks.kept
    gone = decide.add_principle(organisation=home.organisation, text=f"No letters {kept}", by=home.organiser)
    decide.retire_principle(principle=gone, because=f"We write {kept}", by=home.organiser)
    _shout(home, demand)
    _weigh(home)
    line = draw_line(home.organisation)
    Line.objects.create(organisation=home.organisation, conversation=f"talk-{kept}", body=bytes(line.body))
    home.rows |= {"line": line.pk}


def _shout(home: Compartment, demand: Demand) -> None:
    kept, by = home.marks.kept, home.organiser
    slogan = write_slogan(demand=demand, language="en", text=f"Heat now {kept}", by=by)
    try_slogan(slogan=slogan, place=f"The gate {kept}", understood=5, asked_again=1, walked_on=2, by=by)
    force = enter_force(
        organisation=home.organisation,
        name=f"The housing office {kept} {demand.pk}",
        kind="office",
        strengths=f"It signs {kept}",
        limits=f"It is slow {kept}",
        by=by,
    )
    record_move(force=force, what=f"It met us {kept}", source=f"Our minutes {kept}", stance=4, by=by)
    offer = record_move(
        force=force,
        kind="offer",
        what=f"A voucher {kept}",
        source=f"Its letter {kept}",
        answer=f"Not instead of heat {kept}",
        by=by,
    )
    promise = record_promise(
        organisation=home.organisation,
        force=force,
        demand=demand,
        what=f"A date {kept}",
        due_on=timezone.localdate() + timedelta(days=3),
        proof=f"A letter {kept}",
        is_public=False,
        by=by,
    )
    record_outcome(
        demand=demand, state="won", words=f"We have it {kept}", proof=f"See {kept}", is_public=False, by=by
    )
    home.rows |= {"slogan": slogan.pk, "force": force.pk, "move": offer.pk, "promise": promise.pk}


def _weigh(home: Compartment) -> None:
    kept, by = home.marks.kept, home.organiser
    made = assessment_actions.begin_assessment(
        organisation=home.organisation, question=f"To march {kept}?", by=by
    )
    point = made.points.get(criterion="forces")
    assessment_actions.record_leaning(point=point, leaning="for", words=f"It moves {kept}", by=by)
    assessment_actions.cite_evidence(
        point=point, kind="force", source=Force.objects.filter(name__contains=kept).latest("pk"), by=by
    )
    assessment_actions.conclude_assessment(
        assessment=made, conclusion=f"Now {kept}", dissent=f"Too early {kept}", by=by
    )
    forecast = assessment_actions.add_forecast(
        organisation=home.organisation,
        assessment=made,
        text=f"Eighty come {kept}",
        criterion=f"Counted at the door {kept}",
        percent=70,
        resolves_on=timezone.localdate() + timedelta(days=9),
        by=by,
    )
    home.rows |= {"assessment": made.pk, "point": point.pk, "forecast": forecast.pk}


def carry_out(home: Compartment, decision: Decision) -> None:
    """A plan with a phase and something to do, and a motion that is being spoken to."""
    kept, by, day = home.marks.kept, home.organiser, timezone.localdate()
    plan = plan_actions.make_plan(decision=decision, title=f"Until the frost {kept}", by=by)
    phase = plan_actions.add_phase(
        plan=plan,
        title=f"Knock {kept}",
        aim=f"All have heard {kept}",
        starts_on=day,
        ends_on=day,
        stays=f"A committee {kept}",
        by=by,
    )
    doing = plan_actions.add_mobilisation(
        phase=phase, what=f"Walk {kept}", ask=f"Come {kept}", day=day, reach="breadth", by=by
    )
    other = plan_actions.add_mobilisation(phase=phase, what=f"Sit {kept}", day=day, reach="edge", by=by)
    closed, motion = (
        motion_actions.put_motion(
            organisation=home.organisation, text=f"We walk {kept}", meeting=f"Meeting {kept}", by=by
        )
        for _ in range(2)
    )
    motion_actions.record_tally(motion=closed, method="hands", count=VoteCount(1, 2, 0), by=by)
    motion_actions.close_motion(motion=closed, present=3, dissent=f"Too early {kept}", by=by)
    amendment = motion_actions.put_amendment(motion=motion, text=f"On Sunday {kept}", by=by)
    hall = open_phone_vote(organisation=home.organisation, meeting=f"Hall {home.marks.said}", by=by)
    home.rows |= {"hall": hall.pk, "hall_slug": hall.slug}
    speaker = motion_actions.add_speaker(motion=motion, name=f"R {kept}"[:40], is_first_time=False)
    home.rows |= {"plan": plan.pk, "mobilisation": doing.pk, "other_doing": other.pk, "motion": motion.pk}
    home.rows |= {"amendment": amendment.pk, "speaker": speaker.pk}
    _hold_elections(home)
    _agree(home)


def _hold_elections(home: Compartment) -> None:
    """One election in preparation, one that is open with a pile of paper, and one that is counted."""
    draft, running, counted = (_prepare_election(home, number) for number in range(3))
    for election in (running, counted):
        election_actions.publish_election(election=election, by=home.organiser)
    running, counted = (Election.objects.get(pk=election.pk) for election in (running, counted))
    pile = election_actions.type_in_batch(
        election=running, name=f"Table {home.marks.kept}"[:60], text="1 2 -", by=home.organiser
    )
    paper = "\n".join(["1 2 -"] * 6)
    twice = election_actions.type_in_batch(election=counted, name="Table", text=paper, by=home.organiser)
    election_actions.type_in_again(batch=twice, text=paper, by=home.organiser)
    election_actions.close_election(election=counted, by=home.organiser)
    counted = Election.objects.get(pk=counted.pk)
    election_actions.count_election(election=counted, seed=31662, entitled=9, by=home.organiser)
    home.rows |= {"election_draft": draft.pk, "election": running.pk, "pile": pile.pk}
    for name, election in (("election_slug", running), ("counted_slug", counted)):
        published = PublishedElection.objects.select_related("page").get(uuid=election.uuid)
        home.rows |= {name: published.page.slug}


def _prepare_election(home: Compartment, number: int) -> Election:
    """On the square stand its own public words; those of the draft are kept inside."""
    mark = home.marks.said if number else home.marks.kept
    return election_actions.make_election(
        organisation=home.organisation,
        by=home.organiser,
        title=f"Who speaks {number} {mark}",
        decides=f"They go {mark}",
        who=f"All of us {mark}",
        method="stv",
        seats=2,
        options=[{"name": f"{name} {mark}", "line": ""} for name in ("Rosa", "Ines", "Tom")],
        closes_at=timezone.now() + timedelta(days=2),
        may_close_early=True,
        has_paper=True,
    )


def _agree(home: Compartment) -> None:
    """A text of one sentence that was reworded, weighed, and left again by somebody known from a file."""
    kept, by = home.marks.kept, home.organiser
    text = unity_actions.offer_text(
        organisation=home.organisation, title=f"Together {kept}", sentences=[f"Nobody freezes {kept}"], by=by
    )
    sentence = text.sentences.get()
    unity_actions.reword_sentence(sentence=sentence, words=f"Nobody pays more {kept}", by=by)
    stands = {sentence: ("amend", f"Nobody pays {kept}")}
    unity_actions.take_positions(party=text.parties.get(), stands=stands, by=by)
    gone = Party.objects.create(text=text, name=f"Gone {kept}", joined_on=timezone.localdate())
    unity_actions.leave_text(party=gone, because=f"Too narrow {kept}", by=by)
    home.rows |= {"unity": text.pk, "sentence": sentence.pk}
