"""A list that was brought in, a ladder, a mandate, somebody who is welcomed, vouched for and taught."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from massline.desk.contacts.imports import actions as import_actions
from massline.desk.contacts.imports.import_candidates import Candidate, OfferedContactPoint
from massline.desk.guard.keys.vault import Vault
from massline.desk.learn.corrections import actions as correction_actions
from massline.desk.learn.hypotheses import actions as hypothesis_actions
from massline.desk.learn.lessons.models import Lesson
from massline.desk.learn.reviews.models import Agreement
from massline.desk.learn.sharing import actions as sharing_actions
from massline.desk.learn.sharing import signed_lesson_files
from massline.desk.learn.sharing.models import ForeignLesson
from massline.desk.people import contact_welcome, ladder_and_study_actions, mandate_actions
from massline.desk.people.models import Contact
from tests.wall.compartments import Compartment


def grow(home: Compartment) -> None:
    kept, by = home.marks.kept, home.holder
    # Whoever is known already is not brought in again by a second life.
    point = f"{home.marks.way}{Contact.objects.count()}@list.example"
    listed = Candidate(0, home.marks.nym, (OfferedContactPoint(point, agreed=True),), "en", None, None, None)
    brought = import_actions.import_contacts(
        organisation=home.organisation,
        vault=home.vault,
        candidates=[listed],
        origin=import_actions.ListOrigin(f"The stall {kept}"),
        by=by,
    )
    rung = ladder_and_study_actions.add_rung(
        organisation=home.organisation, name=f"Came {kept}", deed="came", times=1, by=by
    )
    mandate = mandate_actions.give_mandate(
        organisation=home.organisation,
        what=f"Stewards {kept}",
        given_by=f"The meeting {kept}",
        ends_on=timezone.localdate() + timedelta(days=90),
        by=by,
    )
    step = ladder_and_study_actions.add_study_step(
        organisation=home.organisation, path=f"First weeks {kept}", what=f"Speak {kept}", teacher=by, by=by
    )
    contact = Contact.objects.get(brought_by=brought)
    mandate_actions.assign_part(mandate=mandate, part="main", account=home.organiser, by=by)
    mandate_actions.assign_part(mandate=mandate, part="learner", contact=contact, by=by)
    contact_welcome.welcome_contact(contact=contact, buddy=home.organiser, by=by)
    contact_welcome.vouch_for_contact(contact=contact, by=by)
    ladder_and_study_actions.record_learnt(contact=contact, step=step, by=by)
    home.rows |= {"brought": brought.pk, "rung": rung.pk, "mandate": mandate.pk}


def carry_on(home: Compartment) -> None:
    kept, by, today = home.marks.kept, home.organiser, timezone.localdate()
    lesson = Lesson.objects.of(home.organisation).earliest("pk")
    elsewhere = Vault(home.organisation.uuid, 1, f"{home.slug:>32}".encode())
    signed = signed_lesson_files.sign_lesson(lesson, elsewhere, held=0, did_not=0)
    document = {
        **vars(signed_lesson_files.read_signed_lesson(signed)),
        "uuid": uuid4(),
        "claim": f"Ask by stairwell {kept}",
    }
    foreign = ForeignLesson.objects.create(organisation=home.organisation, **document)
    agreement = Agreement.objects.create(review=lesson.review, what=f"Knock {kept}", who=by, due_on=today)
    correction = correction_actions.admit_error(
        organisation=home.organisation,
        wrong=f"241 {kept}",
        where=f"Flyer {kept}",
        owner=by,
        due_on=today,
        by=by,
    )
    believed = hypothesis_actions.add_hypothesis(
        organisation=home.organisation, claim=f"Doors {kept}", would_fall=f"If {kept}", review_on=today, by=by
    )
    hypothesis_actions.add_evidence(
        hypothesis=believed, speaks_for=True, words=f"94 {kept}", review=lesson.review, by=by
    )
    sharing_actions.trust_key(lesson=foreign, by=by)
    sharing_actions.record_trial(
        organisation=home.organisation, lesson=foreign.uuid, held=True, words=f"It went {kept}", by=by
    )
    sharing_actions.share_public_text(
        organisation=home.organisation,
        what="call",
        text=f"Fix {kept}",
        address="https://g.example",
        to=[],
        by=by,
    )
    home.rows |= {"foreign_lesson": foreign.pk, "agreement": agreement.pk, "correction": correction.pk}
    home.rows |= {"hypothesis": believed.pk}
