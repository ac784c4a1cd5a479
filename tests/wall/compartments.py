"""Two compartments that have each lived a whole turn, with words of their own in every text they own.

`said` is what an organisation says in the open, `kept` what never leaves its desk, `nym` and `way` are the
name and contact point of a neighbour, which only an open vault shows.
"""

from dataclasses import dataclass, field

import numpy as np

from massline.core.organisation_logo import encode_png
from massline.desk.guard.accounts import invitations
from massline.desk.guard.keys import organisation_setup
from massline.desk.guard.keys.vault import Vault
from massline.desk.people import section_actions
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from tests.conftest import PASSPHRASE, make_keys_safe

# A grey square within a white one, as massline.core.organisation_logo keeps a drawing.
MARK = encode_png(np.pad(np.full((64, 64, 1), 255, np.uint8), ((32, 32), (32, 32), (0, 0))), colour_type=0)


@dataclass(frozen=True)
class Marks:
    """The strings by which a compartment's words are known wherever they turn up."""

    said: str
    kept: str
    nym: str
    way: str

    @classmethod
    def of(cls, slug: str) -> "Marks":
        return cls(*(f"zxq{slug}{kind}" for kind in ("said", "kept", "nym", "way")))


@dataclass
class Compartment:
    """An organisation, who works in it, its open vault, and the rows by which its addresses are filled."""

    organisation: Organisation
    vault: Vault
    holder: Account
    organiser: Account
    member: Account
    rows: dict[str, object] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.organisation.slug

    @property
    def marks(self) -> Marks:
        return Marks.of(self.slug)


def found(slug: str, *, holder: str, organiser: str, member: str) -> Compartment:
    """Found an organisation with safe keys, an organiser, a member and two sections."""
    marks = Marks.of(slug)
    first = Account.objects.create_user(f"{holder} {marks.kept}", PASSPHRASE)
    organisation, vault = organisation_setup.found_organisation(
        by=first,
        passphrase=PASSPHRASE,
        name=f"Tenants {marks.said}",
        slug=slug,
        sentence=f"Tenants who act together {marks.said}",
        imprint=f"The office {marks.said}",
    )
    make_keys_safe(organisation, vault, first)
    organisation_setup.set_branding(organisation=organisation, colour="#3b3a8f", mark=MARK, by=first)
    others = [
        come_in(organisation, first, f"{name} {marks.kept}", role)
        for name, role in ((organiser, Role.ORGANISER), (member, Role.MEMBER))
    ]
    for block in ("A", "C"):
        section_actions.add_section(
            organisation=organisation, name=f"Block {block} {marks.said}", headcount=60, by=first
        )
    return Compartment(organisation, vault, first, others[0], others[1])


def come_in(organisation: Organisation, by: Account, name: str, role: Role) -> Account:
    secret = invitations.invite_member(organisation=organisation, role=role, by=by)
    invitation = invitations.find_invitation(secret)
    assert invitation is not None
    return invitations.accept_invitation(invitation, secret=secret, name=name, passphrase=PASSPHRASE)
