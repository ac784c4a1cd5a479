"""Name sections, welcome and vouch for contacts, and manage mandates, rungs and study paths."""

from datetime import date

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from massline.desk.people.mandate_models import Holding, Mandate, Part, Vouch
from massline.desk.people.models import Account, Contact, Organisation, Section
from massline.desk.people.rung_models import Deed, Learnt, Rung, StudyPath, StudyStep
from massline.desk.people.signals import row_changed


def add_section(*, organisation: Organisation, name: str, headcount: int, by: Account | None) -> Section:
    """Add a section; an existing name gets the new headcount."""
    with transaction.atomic(using="desk"):
        section, _made = Section.objects.update_or_create(
            organisation=organisation, name=name.strip(), defaults={"headcount": headcount}
        )
        row_changed.send(Section, organisation=organisation, by=by, verb="named a section", subject=section)
    return section


def change_section(*, section: Section, name: str, headcount: int, by: Account | None) -> Section:
    with transaction.atomic(using="desk"):
        section.name, section.headcount = name.strip(), headcount
        section.save()
        row_changed.send(
            Section, organisation=section.organisation, by=by, verb="changed a section", subject=section
        )
    return section


def welcome_contact(*, contact: Contact, buddy: Account | None, by: Account) -> Contact:
    """Record that this account spoke with a contact, and who is their buddy for the first weeks."""
    with transaction.atomic(using="desk"):
        contact.welcomed_on = contact.welcomed_on or timezone.localdate()
        contact.welcomed_by = contact.welcomed_by or by
        contact.buddy = buddy
        contact.save(update_fields=["welcomed_on", "welcomed_by", "buddy"])
        _send_row_changed(contact.organisation, by, "welcomed somebody", contact)
    return contact


def vouch_for_contact(*, contact: Contact, by: Account) -> Vouch:
    """Record that this account knows a contact; a second vouch of the same account counts once."""
    with transaction.atomic(using="desk"):
        vouched, made = Vouch.objects.get_or_create(contact=contact, by=by)
        if made:
            _send_row_changed(contact.organisation, by, "vouched for somebody", contact)
    return vouched


def record_learnt(*, contact: Contact, step: StudyStep, by: Account) -> Learnt:
    """Record that a contact learnt a step, taught by this account."""
    with transaction.atomic(using="desk"):
        learnt, made = Learnt.objects.get_or_create(step=step, contact=contact, defaults={"taught_by": by})
        if made:
            _send_row_changed(contact.organisation, by, "taught a step", step)
    return learnt


def give_mandate(
    *, organisation: Organisation, what: str, given_by: str, ends_on: date, by: Account | None
) -> Mandate:
    """Create a mandate with a term; its parts are assigned one by one."""
    with transaction.atomic(using="desk"):
        mandate = Mandate.objects.create(
            organisation=organisation, what=what, given_by=given_by, ends_on=ends_on
        )
        _send_row_changed(organisation, by, "gave a mandate", mandate)
    return mandate


def assign_part(
    *,
    mandate: Mandate,
    part: str,
    by: Account,
    account: Account | None = None,
    contact: Contact | None = None,
) -> Holding:
    """Assign a part to an account or a contact; its previous holder ends today. A new main ends a stall.

    Raises ValueError unless exactly one person is named.
    """
    if (account is None) == (contact is None):
        raise ValueError("A part is taken by one person.")
    today = timezone.localdate()
    with transaction.atomic(using="desk"):
        replaced = Q(part=Part(part)) | Q(account=account, contact=contact)
        mandate.holdings.filter(replaced, until=None).update(until=today)
        holding = Holding.objects.create(mandate=mandate, part=Part(part), account=account, contact=contact)
        if part == Part.MAIN:
            mandate.stalled_on = None
            mandate.save(update_fields=["stalled_on"])
        _send_row_changed(mandate.organisation, by, f"made somebody {Part(part).name.lower()}", mandate)
    return holding


def mark_stalled(*, mandate: Mandate, by: Account) -> Mandate:
    """Mark a mandate as stalled from today, so that the deputy is asked to go on."""
    with transaction.atomic(using="desk"):
        mandate.stalled_on = mandate.stalled_on or timezone.localdate()
        mandate.save(update_fields=["stalled_on"])
        _send_row_changed(mandate.organisation, by, "said a mandate stalls", mandate)
    return mandate


def hand_over_mandate(*, mandate: Mandate, by: Account) -> Mandate:
    """Make the deputy main and the learner deputy. Raises ValueError, and changes nothing, without a deputy."""
    with transaction.atomic(using="desk"):
        parts = {holding.part: holding for holding in mandate.holdings.filter(until=None)}
        deputy, learner = parts.get(Part.DEPUTY), parts.get(Part.LEARNER)
        if deputy is None:
            raise ValueError("Nobody is deputy.")
        assign_part(mandate=mandate, part=Part.MAIN, account=deputy.account, contact=deputy.contact, by=by)
        if learner is not None:
            assign_part(
                mandate=mandate, part=Part.DEPUTY, account=learner.account, contact=learner.contact, by=by
            )
        mandate.refresh_from_db()
    return mandate


def close_mandate(*, mandate: Mandate, by: Account) -> Mandate:
    """Close a mandate and end all its parts today."""
    today = timezone.localdate()
    with transaction.atomic(using="desk"):
        mandate.closed_on = today
        mandate.save(update_fields=["closed_on"])
        mandate.holdings.filter(until=None).update(until=today)
        _send_row_changed(mandate.organisation, by, "closed a mandate", mandate)
    return mandate


def add_rung(*, organisation: Organisation, name: str, deed: str, times: int, by: Account) -> Rung:
    """Add the next rung of the ladder; an existing name is changed."""
    with transaction.atomic(using="desk"):
        rung, _made = Rung.objects.update_or_create(
            organisation=organisation,
            name=name.strip(),
            defaults={"deed": Deed(deed), "times": times},
            create_defaults={"deed": Deed(deed), "times": times, "order": organisation.rungs.count() + 1},
        )
        _send_row_changed(organisation, by, "named a rung", rung)
    return rung


def remove_rung(*, rung: Rung, by: Account) -> None:
    with transaction.atomic(using="desk"):
        _send_row_changed(rung.organisation, by, "removed a rung", rung)
        rung.delete()


def add_study_step(
    *, organisation: Organisation, path: str, what: str, teacher: Account | None, by: Account
) -> StudyStep:
    """Add a step to a study path, and create the path if it is new."""
    with transaction.atomic(using="desk"):
        study_path, _made = StudyPath.objects.get_or_create(organisation=organisation, name=path.strip())
        step = StudyStep.objects.create(
            path=study_path, what=what, teacher=teacher, order=study_path.steps.count() + 1
        )
        _send_row_changed(organisation, by, "added a step to a study path", step)
    return step


def _send_row_changed(organisation: Organisation, by: Account | None, verb: str, subject: Model) -> None:
    row_changed.send(type(subject), organisation=organisation, by=by, verb=verb, subject=subject)
