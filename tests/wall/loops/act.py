"""What a compartment lives through in the acting rooms beside its events, with words of its own in every text."""

from datetime import timedelta

from django.utils import timezone

from massline.desk.act.announcements.models import Announcement
from massline.desk.act.events.models import Event
from massline.desk.act.legal_support import actions as legal
from massline.desk.act.legal_support import cards, custody
from massline.desk.act.meetings import actions as meetings
from massline.desk.act.mutual_aid import actions as programmes
from massline.desk.act.phone_lists.models import PhoneList
from massline.desk.act.push import actions as push
from massline.desk.act.push.models import PushKind
from massline.desk.act.push.subscription import Subscription
from massline.desk.act.structure_tests import actions as structure
from massline.desk.api import key_and_webhook_actions as api
from massline.desk.api.models import WebhookDelivery
from massline.square.envelopes.news_requests import leave_news_request
from massline.square.envelopes.news_unsubscribe import make_stop_links
from massline.square.envelopes.sealing import new_manage_token
from massline.square.organisations.models import PublicOrganisation
from tests.wall.compartments import Compartment


def act_together(home: Compartment) -> None:
    """Everything people do between a call and its lesson."""
    _meet(home, Event.objects.get(uuid=str(home.rows["public_event"])))
    _help_each_other(home)
    _test_the_structure(home)
    _tell_programs(home)
    _stand_by(home)
    _tell_whoever_asked(home, Event.objects.get(uuid=str(home.rows["public_event"])))


def _tell_whoever_asked(home: Compartment, event: Event) -> None:
    """A wish to be told that is still sealed, and a list of people to call."""
    face = PublicOrganisation.objects.get(uuid=home.organisation.uuid)
    contents = {"name": home.marks.nym, "contact": f"{home.marks.way}wish@example.org", "wants": "calls"}
    home.rows["wish"] = leave_news_request(organisation=face, contents=contents, form_id=f"wish {home.slug}")
    phone_list = PhoneList.objects.create(
        organisation=home.organisation, event=event, basis="asked", words=f"Bring a lamp {home.marks.kept}"
    )
    home.rows["phone_list"] = phone_list.pk
    announcement = Announcement.objects.create(
        organisation=home.organisation, event=event, kind="calls", words=f"Bring a lamp {home.marks.kept}"
    )
    home.rows["announcement"] = announcement.pk
    secret = new_manage_token()
    make_stop_links(face, "calls", [secret])
    home.rows["stop_link"] = secret


def _meet(home: Compartment, event: Event) -> None:
    kept, by = home.marks.kept, home.organiser
    meeting = meetings.create_agenda(event=event, by=by)
    type(meeting).objects.filter(pk=meeting.pk).update(no_next_because=f"The hall is lost {kept}")
    item = meetings.add_agenda_item(
        meeting=meeting, title=f"The boilers {kept}", minutes=10, who=f"C {kept}", by=by
    )
    meetings.change_item(
        item=item, title=item.title, minutes=12, who=item.who, minute=f"We write {kept}", by=by
    )
    waiting = meetings.add_speaker_to_queue(item=item, name=f"R {kept}"[:40], is_first_time=True)
    meetings.begin_item(item=item)
    home.rows |= {"item": item.pk, "waiting": waiting.pk}


def _help_each_other(home: Compartment) -> None:
    said, kept, by = home.marks.said, home.marks.kept, home.organiser
    made = programmes.begin_programme(
        organisation=home.organisation, name=f"Warm soup {said}", need=f"Nobody eats warm {kept}", by=by
    )
    start = timezone.now() + timedelta(days=2)
    session = programmes.plan_session(
        programme=made,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place=f"The laundry {said}",
        run_by=f"Block C {kept}",
        by=by,
    )
    ask, offer = (
        programmes.add_aid_post(programme=made, kind=kind, words=f"A heater {kept}", by=by)
        for kind in ("ask", "offer")
    )
    home.rows |= {"programme": made.pk, "session": session.pk, "ask": ask.pk, "offer": offer.pk}


def _test_the_structure(home: Compartment) -> None:
    today = timezone.localdate()
    made = structure.create_structure_test(
        organisation=home.organisation,
        deed=f"Sign the poster {home.marks.kept}",
        begins_on=today,
        ends_on=today,
        strong_percent=60,
        by=home.organiser,
    )
    structure.record_section_counts(
        test=made, counts=dict.fromkeys(home.organisation.sections.all(), 20), by=home.organiser
    )
    home.rows |= {"structure_test": made.pk}


def _tell_programs(home: Compartment) -> None:
    kept, by, organisation = home.marks.kept, home.holder, home.organisation
    until = timezone.localdate() + timedelta(days=30)
    key, _secret = api.make_key(
        organisation=organisation, name=f"A map {kept}", scopes=["calls"], expires_on=until, by=by
    )
    kinds = ["call.published"]
    hook = api.add_webhook(organisation=organisation, url=f"https://example.org/{kept}", kinds=kinds, by=by)
    api.queue_webhooks(organisation=organisation, kind=kinds[0], facts={"slogan": f"Heat {kept}"})
    WebhookDelivery.objects.filter(webhook=hook).update(problem=f"No answer {kept}")
    home.rows |= {"api_key": key.pk, "webhook": hook.pk}
    browser = Subscription(f"https://push.example/{kept}", "key", "secret")
    device = push.add_device(
        organisation=organisation, account=home.organiser, subscription=browser, kinds=[PushKind.ALARM]
    )
    push.tell_devices(organisation, PushKind.ALARM)
    home.rows |= {"push_device": device.pk}


def _stand_by(home: Compartment) -> None:
    said, kept, organisation, now = home.marks.said, home.marks.kept, home.organisation, timezone.now()
    facts: cards.CardFacts = {
        "title": f"Your rights {kept}",
        "place": f"Here {kept}",
        "lines": f"I say nothing {kept}",
        "lawyer": f"The office {kept}",
        "hotline": f"555 {kept}"[:40],
        "as_of": timezone.localdate(),
        "review_on": timezone.localdate() + timedelta(days=90),
    }
    card = cards.write_card(organisation=organisation, facts=facts, by=home.organiser)
    slot = legal.open_hotline_slot(
        organisation=organisation, starts_at=now, ends_at=now + timedelta(hours=2), by=home.organiser
    )
    event = Event.objects.get(uuid=str(home.rows["public_event"]))
    legal.post_observer(event=event, post=f"At the gate {kept}", by=home.member)
    held = custody.log_custody(
        organisation=organisation, word=home.marks.nym, taken="noon", where=home.marks.way, by=home.member
    )
    shown, report = (
        legal.record_street_report(
            organisation=organisation, what=f"Vans {mark}", place=f"Quay {mark}", seen_at=now, by=home.member
        )
        for mark in (said, kept)
    )
    for one in (shown, report):
        legal.record_verification(report=one, result="verified", how=f"An observer {kept}", by=home.organiser)
    legal.toggle_publication(report=shown, by=home.organiser)
    home.rows |= {"rights_card": card.pk, "slot": slot.pk, "custody": held.pk, "street_report": report.pk}
