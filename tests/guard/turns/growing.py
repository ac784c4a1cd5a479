"""A list that was brought in, a ladder, a mandate, somebody who is welcomed, vouched for and taught."""

from datetime import timedelta

from django.utils import timezone

from massline.desk.act.contacts import bringing
from massline.desk.act.contacts.mapping import Candidate
from massline.desk.people import actions
from massline.desk.people.models import Contact
from tests.guard.compartments import Compartment


def grow(home: Compartment) -> None:
    kept, by = home.marks.kept, home.holder
    listed = Candidate(0, home.marks.nym, (f"{home.marks.way}@list.example",), "en", None, True, None, None)
    brought = bringing.bring_in(
        organisation=home.organisation, vault=home.vault, listed=[listed], source=f"The stall {kept}", by=by
    )
    rung = actions.add_rung(organisation=home.organisation, name=f"Came {kept}", deed="came", times=1, by=by)
    mandate = actions.give_mandate(
        organisation=home.organisation,
        what=f"Stewards {kept}",
        given_by=f"The meeting {kept}",
        ends_on=timezone.localdate() + timedelta(days=90),
        by=by,
    )
    step = actions.add_study_step(
        organisation=home.organisation, path=f"First weeks {kept}", what=f"Speak {kept}", teacher=by, by=by
    )
    contact = Contact.objects.get(brought_by=brought)
    actions.take_part(mandate=mandate, part="main", account=home.organiser, by=by)
    actions.take_part(mandate=mandate, part="learner", contact=contact, by=by)
    actions.welcome(contact=contact, buddy=home.organiser, by=by)
    actions.vouch(contact=contact, by=by)
    actions.teach(contact=contact, step=step, by=by)
    home.rows |= {"brought": brought.pk, "rung": rung.pk, "mandate": mandate.pk}
