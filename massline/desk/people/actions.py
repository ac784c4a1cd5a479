"""Naming the sections we organise, and what we do so that people come, stay and grow."""

from datetime import date

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from massline.desk.people.mandates import Holding, Mandate, Part, Vouch
from massline.desk.people.models import Account, Contact, Organisation, Section
from massline.desk.people.rungs import Deed, Learnt, Rung, StudyPath, StudyStep
from massline.desk.people.signals import done


def add_section(*, organisation: Organisation, name: str, headcount: int, by: Account | None) -> Section:
    """Name a section. A name said again is the same section, with the new headcount."""
    with transaction.atomic(using="desk"):
        section, _made = Section.objects.update_or_create(
            organisation=organisation, name=name.strip(), defaults={"headcount": headcount}
        )
        done.send(Section, organisation=organisation, by=by, verb="named a section", subject=section)
    return section


def change_section(*, section: Section, name: str, headcount: int, by: Account | None) -> Section:
    with transaction.atomic(using="desk"):
        section.name, section.headcount = name.strip(), headcount
        section.save()
        done.send(
            Section, organisation=section.organisation, by=by, verb="changed a section", subject=section
        )
    return section


def welcome(*, contact: Contact, buddy: Account | None, by: Account) -> Contact:
    """Say that one of us spoke with them, and who is their buddy for the first weeks."""
    with transaction.atomic(using="desk"):
        contact.welcomed_on = contact.welcomed_on or timezone.localdate()
        contact.welcomed_by = contact.welcomed_by or by
        contact.buddy = buddy
        contact.save(update_fields=["welcomed_on", "welcomed_by", "buddy"])
        _told(contact.organisation, by, "welcomed somebody", contact)
    return contact


def vouch(*, contact: Contact, by: Account) -> Vouch:
    """Say that one knows them. Said twice by the same organiser, it counts once."""
    with transaction.atomic(using="desk"):
        vouched, made = Vouch.objects.get_or_create(contact=contact, by=by)
        if made:
            _told(contact.organisation, by, "vouched for somebody", contact)
    return vouched


def teach(*, contact: Contact, step: StudyStep, by: Account) -> Learnt:
    """Write down that somebody learnt a step, and from whom."""
    with transaction.atomic(using="desk"):
        learnt, made = Learnt.objects.get_or_create(step=step, contact=contact, defaults={"taught_by": by})
        if made:
            _told(contact.organisation, by, "taught a step", step)
    return learnt


def give_mandate(
    *, organisation: Organisation, what: str, given_by: str, ends_on: date, by: Account | None
) -> Mandate:
    """Set a task with a term; who holds it is said part by part."""
    with transaction.atomic(using="desk"):
        mandate = Mandate.objects.create(
            organisation=organisation, what=what, given_by=given_by, ends_on=ends_on
        )
        _told(organisation, by, "gave a mandate", mandate)
    return mandate


def take_part(
    *,
    mandate: Mandate,
    part: str,
    by: Account,
    account: Account | None = None,
    contact: Contact | None = None,
) -> Holding:
    """Put somebody in a part; whoever had it lays it down today. A new main is a mandate that moves again.

    Raises ValueError where not exactly one person is named.
    """
    if (account is None) == (contact is None):
        raise ValueError("A part is taken by one person.")
    today = timezone.localdate()
    with transaction.atomic(using="desk"):
        theirs = Q(part=Part(part)) | Q(account=account, contact=contact)
        mandate.holdings.filter(theirs, until=None).update(until=today)
        holding = Holding.objects.create(mandate=mandate, part=Part(part), account=account, contact=contact)
        if part == Part.MAIN:
            mandate.stalled_on = None
            mandate.save(update_fields=["stalled_on"])
        _told(mandate.organisation, by, f"made somebody {Part(part).name.lower()}", mandate)
    return holding


def say_stalled(*, mandate: Mandate, by: Account) -> Mandate:
    """Say that nothing moves any more. It blames nobody: it asks the deputy to go on."""
    with transaction.atomic(using="desk"):
        mandate.stalled_on = mandate.stalled_on or timezone.localdate()
        mandate.save(update_fields=["stalled_on"])
        _told(mandate.organisation, by, "said a mandate stalls", mandate)
    return mandate


def hand_over(*, mandate: Mandate, by: Account) -> Mandate:
    """The deputy becomes main, the learner deputy, and a new learner is looked for. Without a deputy nothing changes."""
    with transaction.atomic(using="desk"):
        parts = {one.part: one for one in mandate.holdings.filter(until=None)}
        deputy, learner = parts.get(Part.DEPUTY), parts.get(Part.LEARNER)
        if deputy is None:
            raise ValueError("Nobody is deputy.")
        take_part(mandate=mandate, part=Part.MAIN, account=deputy.account, contact=deputy.contact, by=by)
        if learner is not None:
            take_part(
                mandate=mandate, part=Part.DEPUTY, account=learner.account, contact=learner.contact, by=by
            )
        mandate.refresh_from_db()
    return mandate


def close_mandate(*, mandate: Mandate, by: Account) -> Mandate:
    """The task is done, or the term is over and nobody is to go on."""
    today = timezone.localdate()
    with transaction.atomic(using="desk"):
        mandate.closed_on = today
        mandate.save(update_fields=["closed_on"])
        mandate.holdings.filter(until=None).update(until=today)
        _told(mandate.organisation, by, "closed a mandate", mandate)
    return mandate


def add_rung(*, organisation: Organisation, name: str, deed: str, times: int, by: Account) -> Rung:
    """Name the next rung of the ladder. A name said again is the same rung, changed."""
    with transaction.atomic(using="desk"):
        rung, _made = Rung.objects.update_or_create(
            organisation=organisation,
            name=name.strip(),
            defaults={"deed": Deed(deed), "times": times},
            create_defaults={"deed": Deed(deed), "times": times, "order": organisation.rungs.count() + 1},
        )
        _told(organisation, by, "named a rung", rung)
    return rung


def remove_rung(*, rung: Rung, by: Account) -> None:
    with transaction.atomic(using="desk"):
        _told(rung.organisation, by, "removed a rung", rung)
        rung.delete()


def add_study_step(
    *, organisation: Organisation, path: str, what: str, teacher: Account | None, by: Account
) -> StudyStep:
    """Add a step to a study path, and the path with its first step."""
    with transaction.atomic(using="desk"):
        found, _made = StudyPath.objects.get_or_create(organisation=organisation, name=path.strip())
        step = StudyStep.objects.create(path=found, what=what, teacher=teacher, order=found.steps.count() + 1)
        _told(organisation, by, "added a step to a study path", step)
    return step


def _told(organisation: Organisation, by: Account | None, verb: str, subject: Model) -> None:
    done.send(type(subject), organisation=organisation, by=by, verb=verb, subject=subject)
