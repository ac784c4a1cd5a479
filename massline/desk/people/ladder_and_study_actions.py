"""Rungs of the ladder of deeds, study paths, and the steps that contacts learn."""

from django.db import transaction

from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.rung_models import Deed, Learnt, Rung, StudyPath, StudyStep
from massline.desk.people.signals import send_row_changed


def add_rung(*, organisation: Organisation, name: str, deed: str, times: int, by: Account) -> Rung:
    """Add the next rung of the ladder; an existing name is changed."""
    with transaction.atomic(using="desk"):
        rung, _made = Rung.objects.update_or_create(
            organisation=organisation,
            name=name.strip(),
            defaults={"deed": Deed(deed), "times": times},
            create_defaults={"deed": Deed(deed), "times": times, "order": organisation.rungs.count() + 1},
        )
        send_row_changed(organisation, by, "named a rung", rung)
    return rung


def remove_rung(*, rung: Rung, by: Account) -> None:
    with transaction.atomic(using="desk"):
        send_row_changed(rung.organisation, by, "removed a rung", rung)
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
        send_row_changed(organisation, by, "added a step to a study path", step)
    return step


def record_learnt(*, contact: Contact, step: StudyStep, by: Account) -> Learnt:
    """Record that a contact learnt a step, taught by this account."""
    with transaction.atomic(using="desk"):
        learnt, made = Learnt.objects.get_or_create(step=step, contact=contact, defaults={"taught_by": by})
        if made:
            send_row_changed(contact.organisation, by, "taught a step", step)
    return learnt
