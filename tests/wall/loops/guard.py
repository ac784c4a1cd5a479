"""What two do together in a compartment, and the key in somebody's pocket."""

import os

from fido2.cose import ES256
from fido2.webauthn import AttestedCredentialData

from massline.desk.guard.retention import dual_control
from massline.desk.guard.retention.models import DualControlProposal
from massline.desk.people.models import Membership
from massline.desk.people.second_factor_models import Passkey
from tests.conftest import PASSPHRASE
from tests.wall.compartments import Compartment


def hold_and_lift(home: Compartment) -> DualControlProposal:
    """A legal hold that two set and two ended; and an export that waits for the second of them."""
    second = Membership.objects.get(
        organisation=home.organisation, account__name__startswith="second holder"
    ).account
    for what in ("hold", "lift"):
        asked = dual_control.propose_act(
            home.organisation, what=what, reason=f"The court asks {home.marks.kept}", by=home.holder
        )
        dual_control.confirm_proposal(asked, by=second, passphrase=PASSPHRASE)
    waiting = DualControlProposal.objects.filter(organisation=home.organisation, what="export").first()
    return waiting or dual_control.propose_act(
        home.organisation, what="export", reason=f"For the phone tree {home.marks.kept}", by=second, most=5
    )


def carry_a_key(home: Compartment) -> None:
    """The member has a passkey, of a key that nobody holds: only a browser makes one that opens anything."""
    name = os.urandom(16)
    public = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    Passkey.objects.create(
        account=home.member,
        name=f"My phone {home.marks.kept}",
        handle=b"h",
        credential_id=name,
        credential=bytes(AttestedCredentialData.create(b"\0" * 16, name, public)),
    )
