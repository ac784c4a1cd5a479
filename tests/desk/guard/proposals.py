"""What two key-holders agree on, and rows that are old enough to go."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from massline.desk.guard.retention.dual_control import confirm_proposal, propose_act
from massline.desk.guard.retention.models import DualControlProposal
from massline.desk.people.models import Account, Contact, Organisation
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import PASSPHRASE


def agree(
    organisation: Organisation, what: str, by: Account, other: Account, **more: Any
) -> DualControlProposal:
    proposal = propose_act(organisation, what=what, reason="The court asks.", by=by, **more)
    confirm_proposal(proposal, by=other, passphrase=PASSPHRASE)
    return proposal


def contact(organisation: Organisation, **fields: Any) -> Contact:
    row = {"sealed_name": b"x", "sealed_point": b"y", "epoch": 1, "source": "signed_up"} | fields
    return Contact.objects.create(organisation=organisation, **row)


def old_contact(organisation: Organisation) -> Contact:
    return contact(organisation, keep_until=timezone.localdate() - timedelta(days=1))


def old_envelope(face: PublicOrganisation) -> Envelope:
    envelope, _ = envelopes.leave_envelope(
        organisation=face,
        about=face.uuid,
        contents={"name": "Rosa", "contact": "rosa@post.example"},
        form_id=f"of {face.slug}",
        happens_on=timezone.localdate(),
    )
    Envelope.objects.filter(pk=envelope.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    return envelope
