"""Newcomers, proposals and vouches through the pages that people use."""

from typing import Any

from massline.desk.guard.accounts import invitations
from massline.desk.guard.retention.models import DualControlProposal
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.parts import part

KEEPING = "/riverside/guard/keeping/"


def let_in(organisation: Organisation, by: Account, name: str, *, role: int) -> Account:
    """Make a link on the Guard page, and open it in another browser under this name."""
    door = unlocked(by, organisation)
    page = door.post(f"/{organisation.slug}/guard/invite/", {"role": role}).content.decode()
    link = f"/come-in/{page.split('/come-in/')[1].split('/')[0]}/"
    newcomer = {"name": name, "passphrase": PASSPHRASE, "again": PASSPHRASE}
    assert DoorClient("desk").post(link, newcomer).status_code == 302
    return Account.objects.get(name=name)


def come_in(organisation: Organisation, by: Account, name: str, *, role: int) -> Account:
    """Come in by an invitation of this account, whoever else must agree."""
    secret = invitations.invite_member(organisation=organisation, role=Role(role), by=by)
    invitation = invitations.find_invitation(secret)
    assert invitation is not None
    return invitations.accept_invitation(invitation, secret=secret, name=name, passphrase=PASSPHRASE)


def propose(by: Account, what: str, *, at: str = KEEPING, **more: Any) -> DualControlProposal:
    answer = at_desk(by).post(f"{at}propose/", {"what": what, "reason": "The court asks.", **more})
    assert answer.status_code == 302, answer.content.decode()
    return DualControlProposal.objects.latest("pk")


def confirm(by: Account, proposal: DualControlProposal, *, at: str = KEEPING, follow: bool = False) -> Any:
    return at_desk(by).post(f"{at}{proposal.pk}/confirm/", {"passphrase": PASSPHRASE}, follow=follow)


def vouch(by: Account, newcomer: Account, *, org: str = "riverside") -> Any:
    """Type what the newcomer reads aloud from their own screen."""
    page = f"/{org}/guard/vouch/"
    code = part(at_desk(newcomer).post(f"{page}code/"), "vouch-code")
    member = Membership.objects.get(account=newcomer, organisation__slug=org)
    return at_desk(by).post(f"{page}{member.pk}/", {"code": code}, follow=True)
