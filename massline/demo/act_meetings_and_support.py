"""Demo of acting beside events: an agenda, a programme, structure tests, legal support and an API key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo.clock import days_ago
from massline.desk.act.events.models import Event
from massline.desk.act.legal_support import actions as legal
from massline.desk.act.legal_support import cards
from massline.desk.act.meetings import actions as meetings
from massline.desk.act.mutual_aid import actions as programmes
from massline.desk.act.structure_tests import actions as structure
from massline.desk.api import key_and_webhook_actions as api
from massline.desk.decide.plans.models import Plan
from massline.desk.listen.rounds.models import Voice, VoiceKind
from massline.desk.people.models import Section

if TYPE_CHECKING:
    from massline.demo import DemoCast

DEEDS = (
    (9, "Hang the blue cloth from your window", (0.62, 0.41, 0.18, 0.55, 0.3)),
    (2, "Sign the poster in your stairwell", (0.71, 0.52, 0.33, 0.68, 0.37)),
)
RIGHTS = (
    "You need not let anybody in without a court order.",
    "Ask for it in writing, read it, photograph it.",
    "Sign nothing at the door.",
    "Heating below 19 degrees: write down day, hour, room.",
    "Call us before you answer a letter of notice.",
)


def play_meetings(cast: DemoCast) -> None:
    """Use every room of the act stage beside events."""
    run_structure_tests(cast)
    run_programme(cast)
    set_up_legal_support(cast)
    prepare_meeting(cast)
    until = timezone.localdate() + timedelta(days=90)
    api.make_key(
        organisation=cast.union,
        name="The city’s calendar",
        scopes=["calls", "heard"],
        expires_on=until,
        by=cast.amal,
    )


def run_structure_tests(cast: DemoCast) -> None:
    sections = list(Section.objects.filter(organisation=cast.union))
    for days, deed, shares in DEEDS:
        with days_ago(days):
            today = timezone.localdate()
            test = structure.create_structure_test(
                organisation=cast.union,
                deed=deed,
                begins_on=today,
                ends_on=today + timedelta(days=5),
                strong_percent=50,
                by=cast.bea,
            )
            counts = {
                section: round(section.headcount * share)
                for section, share in zip(sections, shares, strict=True)
            }
            structure.record_section_counts(test=test, counts=counts, by=cast.bea)


def run_programme(cast: DemoCast) -> None:
    needs = Voice.objects.filter(report__round__organisation=cast.union, kind=VoiceKind.NEED)[:2]
    with days_ago(8):
        soup = programmes.begin_programme(
            organisation=cast.union,
            name="Warm soup on Sundays",
            need="Kitchens without heat, and nobody wants to eat alone.",
            voices=list(needs),
            plan=Plan.objects.filter(organisation=cast.union).first(),
            by=cast.bea,
        )
        sessions = []
        for days, who in ((3, "Block D"), (10, "Block C and Block D")):
            start = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=days)
            sessions.append(
                programmes.plan_session(
                    programme=soup,
                    starts_at=start,
                    ends_at=start + timedelta(hours=2),
                    place="The laundry, Block C",
                    run_by=who,
                    by=cast.bea,
                )
            )
    with days_ago(4):
        programmes.count_session(session=sessions[0], served=46, ran=7, ran_once_served=3, by=cast.bea)
        for kind, words in (
            ("ask", "A second electric heater until the boiler runs"),
            ("offer", "Two oil heaters, to lend"),
            ("offer", "I can cook for thirty on the 6th"),
        ):
            programmes.add_aid_post(programme=soup, kind=kind, words=words, by=cast.chen)


def set_up_legal_support(cast: DemoCast) -> None:
    today, now = timezone.localdate(), timezone.now()
    facts: cards.CardFacts = {
        "title": "When somebody stands at your door",
        "place": "Harbour district",
        "lines": "\n".join(RIGHTS),
        "lawyer": "Tenants’ law office at the quay",
        "hotline": "555 0199",
        "as_of": today,
        "review_on": today + timedelta(days=180),
    }
    cards.write_card(organisation=cast.union, facts=facts, by=cast.bea)
    for hours in (20, 24):
        slot = legal.open_hotline_slot(
            organisation=cast.union,
            starts_at=now + timedelta(hours=hours),
            ends_at=now + timedelta(hours=hours + 4),
            by=cast.bea,
        )
        if hours == 20:
            legal.take_hotline_slot(slot=slot, by=cast.chen)
    seen, _rumour = (
        legal.record_street_report(organisation=cast.union, what=what, place=place, seen_at=now, by=cast.chen)
        for what, place in (
            ("The owner’s agents go from door to door with papers to sign.", "Block B, second stairwell"),
            ("Somebody says the water will be turned off.", "Mill Lane"),
        )
    )
    how = "Two of us stood beside them"
    legal.record_verification(report=seen, result="verified", how=how, by=cast.bea)
    legal.toggle_publication(report=seen, by=cast.bea)


def prepare_meeting(cast: DemoCast) -> None:
    event = Event.objects.of(cast.union).coming_up().mass_meetings().first()
    if event is None:
        raise LookupError("The story has no mass meeting ahead; second_loop plans one.")
    meeting = meetings.create_agenda(event=event, by=cast.bea)
    item = meetings.add_agenda_item(
        meeting=meeting,
        title="The boilers: what did the office answer?",
        minutes=20,
        who="Block C",
        by=cast.bea,
    )
    meetings.put_new_motion(
        item=item, text="We go to the council on its next open evening, all five blocks.", by=cast.bea
    )
    first = meeting.items.all()[0]
    meetings.add_speaker_to_queue(item=first, name="Rosa", is_first_time=True)
