"""Agree on next steps with contacts, and finish them."""

from datetime import date

from django.db import transaction

from massline.desk.contacts.keep_until import KEPT_AFTER_DEED, extend_retention
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Contact, NextStep
from massline.desk.people.states import StepState


def agree_next_step(
    *, contact: Contact, what: str, due_on: date | None, owner: Account, by: Account | None
) -> NextStep:
    """Record a contact's next step and close the open ones; without a day it records that they want none."""
    with transaction.atomic(using="desk"):
        contact.next_steps.open().update(state=StepState.DONE)
        state = StepState.OPEN if due_on else StepState.NONE_WANTED
        step = NextStep.objects.create(contact=contact, owner=owner, what=what, due_on=due_on, state=state)
        if due_on is not None:
            extend_retention(contact, due_on + KEPT_AFTER_DEED)
        chain.append_line(contact.organisation, by, "gave a next step", step)
    return step


def finish_next_step(*, step: NextStep, by: Account | None) -> NextStep:
    with transaction.atomic(using="desk"):
        step.state = StepState.DONE
        step.save(update_fields=["state"])
        chain.append_line(step.contact.organisation, by, "finished a next step", step)
    return step
