"""Demo of a call: a second reader, three languages, sponsors, and a place that changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from massline.demo.clock import days_ago
from massline.demo.first_loop import local_time
from massline.desk.act.phone_lists.actions import create_phone_list
from massline.desk.act.phone_lists.models import Basis
from massline.desk.act.subscriptions.models import Subscription
from massline.desk.call import actions as call
from massline.desk.call.call_draft import CallDraft
from massline.desk.call.models import Call
from massline.desk.call.sponsors import actions as sponsor_actions
from massline.desk.call.translations import actions as version_actions
from massline.desk.call.urgent_calls.actions import request_urgent_publication
from massline.desk.decide.decisions import actions as decide
from massline.desk.decide.demands.models import Demand
from massline.desk.decide.motions.models import Motion, MotionState
from massline.desk.people.models import Contact, Organisation
from massline.square.calls.facts import TranslationFacts
from massline.square.calls.models import PublishedCall
from massline.square.calls.sharing.open_counts import count_opening

if TYPE_CHECKING:
    from massline.demo import DemoCast

PLACE, MOVED_TO = "Harbour Square, by the clock", "Harbour Square, by the ferry steps"
RIGHTS = (
    "Ask: “Am I free to go?” If yes, go.",
    "Say: “I want to speak to a lawyer.” Then say nothing more.",
    "Sign nothing. Note badge number, place and hour.",
)
SPANISH = TranslationFacts(
    language="es",
    slogan="¡Calor para los dos últimos bloques!",
    what="Nos plantamos ante la oficina de vivienda",
    ask="Ven con una vecina.",
    why="Tres calderas tienen fecha. La B y la C, no. Vamos todos los bloques.",
    bring="Un abrigo y algo que suene",
    access="Sin escalones; hay intérpretes de árabe y español.",
)
ARABIC = TranslationFacts(
    language="ar",
    slogan="الدفء لآخر مبنيين",
    what="نقف أمام مكتب الإسكان",
    ask="تعالوا ومعكم جار واحد.",
    why="ثلاث غلايات لها موعد. المبنيان B وC بلا موعد. نذهب جميعًا.",
    bring="معطفًا وما يُحدث صوتًا",
    place="ساحة الميناء، عند الساعة",
    access="لا درج؛ ومعنا مترجمون للعربية والإسبانية.",
)
# By which way, on the last days: posters first, then messages.
OPENED = (("p", 3, 41), ("p", 1, 58), ("f", 2, 23), ("s", 2, 64), ("m", 1, 37), ("t", 1, 9), ("w", 1, 12))


def play_call(cast: DemoCast) -> None:
    with days_ago(4):
        call.save_call_settings(
            organisation=cast.union,
            second_eyes=True,
            legal_number="030 555 0199",
            rights="\n".join(RIGHTS),
            by=cast.amal,
        )
        written = write_call(cast)
        call.review_call(call=written, by=cast.amal)
        call.publish_call(call=written, by=cast.bea)
        add_sponsors(cast, written)
    published = PublishedCall.objects.get(uuid=written.uuid)
    for source, days, times in OPENED:
        with days_ago(days):
            for _ in range(times):
                count_opening(published, source)
    with days_ago(1):
        call.change_call(call=written, by=cast.bea, facts=replace(written.facts, place=MOVED_TO))
        moved = replace(ARABIC, place="ساحة الميناء، عند درج العبّارة")
        version_actions.write_translation(call=written, by=cast.chen, facts=moved)
    tell_those_who_asked(cast, written)
    ask_for_urgent_call(cast)


def tell_those_who_asked(cast: DemoCast, written: Call) -> None:
    """Nine neighbours asked to be told about calls; two key-holders share the calls."""
    asked = Contact.objects.filter(organisation=cast.union).exclude(attendances__event__call=written)
    for contact in asked.with_consent().order_by("pk")[:9]:
        Subscription.objects.create(contact=contact, calls=True, meetings=True)
    create_phone_list(
        event=written.event,
        call=written,
        basis=Basis.ASKED,
        callers=[cast.amal, cast.bea],
        words="We walk together from the ferry steps.",
        by=cast.bea,
    )


def ask_for_urgent_call(cast: DemoCast) -> None:
    """What the meeting carried becomes a call that cannot wait; it waits for a second person."""
    carried = Motion.objects.filter(
        organisation=cast.union, state=MotionState.CARRIED, decision=None
    ).earliest("pk")
    decision = decide.record_decision(
        organisation=cast.union,
        title=carried.text,
        demands=[],
        why="The meeting carried it.",
        motion=carried,
        in_favour=carried.count.in_favour,
        against=carried.count.against,
        abstained=carried.count.abstained,
        owner=cast.bea,
        review_on=timezone.localdate() + timedelta(days=14),
        by=cast.bea,
    )
    draft = call.compose_call(
        decision=decision,
        by=cast.bea,
        facts=CallDraft(
            slogan="Everybody to Block C tomorrow!",
            what="We stand at the door of Block C",
            ask="Come, and bring a lamp.",
            starts_at=local_time(cast.union, days=1, hour=18),
            ends_at=local_time(cast.union, days=1, hour=20),
            place="Block C, main door",
            bring="A lamp",
            access="No steps.",
            why="The owner’s agents come to have papers signed. Nobody signs alone.",
        ),
    )
    request_urgent_publication(call=draft, why="The agents come tomorrow at six.", tonight=False, by=cast.bea)


def write_call(cast: DemoCast) -> Call:
    """Write the call in English, Spanish and Arabic."""
    decision = decide.record_decision(
        organisation=cast.union,
        title="We go back, all blocks, for B and C",
        demands=list(Demand.objects.filter(organisation=cast.union)[:1]),
        why="Three blocks have a date because all five came. Two are still cold.",
        forecast="A hundred and fifty come; the office names the last two dates within a week.",
        in_favour=71,
        against=3,
        abstained=2,
        owner=cast.bea,
        review_on=timezone.localdate() + timedelta(days=40),
        by=cast.amal,
    )
    written = call.compose_call(
        decision=decision,
        by=cast.bea,
        facts=CallDraft(
            slogan="Heat for the last two blocks!",
            what="We stand before the housing office",
            ask="Come, and bring one neighbour.",
            starts_at=local_time(cast.union, days=12, hour=11),
            ends_at=local_time(cast.union, days=12, hour=13),
            place=PLACE,
            bring="A coat and something that makes a noise",
            access="No steps; interpreters for Arabic and Spanish.",
            why="Three boilers have a date. Those of B and C have none. All blocks go.",
            called_by="Riverside Tenants, decided by the mass meeting",
        ),
    )
    version_actions.write_translation(call=written, by=cast.bea, facts=SPANISH)
    version_actions.write_translation(call=written, by=cast.chen, facts=ARABIC)
    return written


def add_sponsors(cast: DemoCast, written: Call) -> None:
    """Add two sponsors: one agreed by phone, one agrees at its own desk."""
    sponsor_actions.add_named_sponsor(call=written, name="Caretakers’ union, local 7", by=cast.bea)
    _asked, code = sponsor_actions.invite_sponsor(call=written, name="Harbour Blocks", by=cast.bea)
    harbour = Organisation.objects.get(slug="harbour")
    sponsor_actions.agree_to_cosponsor(organisation=harbour, code=code, name="Harbour Blocks", by=cast.bea)
