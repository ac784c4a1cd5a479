"""Agree on next steps with contacts, and finish them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from massline.core.parameter_batches import batched
from massline.desk.contacts.retention_extension import KEPT_AFTER_DEED, extend_retention
from massline.desk.guard.audit import chain
from massline.desk.people.choices import NextStepState
from massline.desk.people.models import Account, Contact, NextStep, Organisation

AT_ONCE = 500


def agree_next_step(
    *, contact: Contact, what: str, due_on: date | None, owner: Account, by: Account | None
) -> NextStep:
    """Record a contact's next step and close the open ones; without a day it records that they want none."""
    with transaction.atomic(using="desk"):
        contact.next_steps.open().update(state=NextStepState.DONE)
        state = NextStepState.OPEN if due_on else NextStepState.NONE_WANTED
        step = NextStep.objects.create(contact=contact, owner=owner, what=what, due_on=due_on, state=state)
        if due_on is not None:
            extend_retention(contact, due_on + KEPT_AFTER_DEED)
        chain.append_line(contact.organisation, by, "gave a next step", step)
    return step


def share_next_steps(
    *,
    organisation: Organisation,
    contacts: Sequence[int],
    what: str,
    due_on: date,
    owners: Sequence[Account],
    by: Account | None,
) -> int:
    """Record the same next step for many contacts, by primary key, and close their open ones; return how many got one.

    The owners take turns, so that nobody walks with two more people than another. The number of queries grows with the
    hundreds, not with the people.
    """
    until = due_on + KEPT_AFTER_DEED
    with transaction.atomic(using="desk"):
        for place, some in enumerate(batched(contacts, AT_ONCE)):
            people = {
                contact.pk: contact for contact in Contact.objects.filter(pk__in=some).only("organisation")
            }
            for contact in people.values():
                contact.organisation = organisation
            NextStep.objects.open().filter(contact__in=some).update(state=NextStepState.DONE)
            NextStep.objects.bulk_create(
                NextStep(
                    contact=people[contact_pk],
                    owner=owners[(place * AT_ONCE + number) % len(owners)],
                    what=what,
                    due_on=due_on,
                )
                for number, contact_pk in enumerate(some)
                if contact_pk in people
            )
            Contact.objects.filter(pk__in=some, keep_until__lt=until).update(keep_until=until)
        if contacts:
            chain.append_line(organisation, by, f"gave {len(contacts)} people a next step", organisation)
    return len(contacts)


def finish_next_step(*, step: NextStep, by: Account | None) -> NextStep:
    with transaction.atomic(using="desk"):
        step.state = NextStepState.DONE
        step.save(update_fields=["state"])
        chain.append_line(step.contact.organisation, by, "finished a next step", step)
    return step
