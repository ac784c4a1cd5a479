"""Coming in, unlocking, inviting; and who may not."""

import pytest
from nacl.exceptions import CryptoError

from massline.desk.guard.accounts import invitations
from massline.desk.guard.accounts.invitation_model import Invitation
from massline.desk.guard.audit import chain
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys import unlock
from massline.desk.guard.keys.models import Unlock
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.parts import shows


def test_the_first_organiser_comes_in_by_a_link_that_works_once() -> None:
    secret = invitations.invite_member(organisation=None, role=Role.HOLDER, by=None)
    door = DoorClient("desk")
    answer = door.post(f"/come-in/{secret}/", {"name": "amal", "passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert answer.status_code == 302
    assert Account.objects.get().name == "amal"
    assert DoorClient("desk").get(f"/come-in/{secret}/").status_code == 404


def test_a_short_passphrase_is_refused_and_the_name_is_kept() -> None:
    secret = invitations.invite_member(organisation=None, role=Role.HOLDER, by=None)
    answer = DoorClient("desk").post(
        f"/come-in/{secret}/", {"name": "amal", "passphrase": "short", "again": "short"}
    )
    assert answer.status_code == 200
    assert b'value="amal"' in answer.content
    assert not Account.objects.exists()


def test_logging_in_needs_the_right_passphrase(amal: Account) -> None:
    door = DoorClient("desk")
    refused = door.post("/login/", {"name": "amal", "passphrase": "not this one at all"})
    assert shows(refused.content.decode(), "no-match")
    assert door.post("/login/", {"name": "amal", "passphrase": PASSPHRASE}).status_code == 302


def test_an_organisation_hidden_from_dina_looks_like_one_that_is_not_there(
    riverside: Organisation, dina: Account
) -> None:
    door = at_desk(dina)
    hidden, missing = door.get("/riverside/guard/"), door.get("/nowhere/guard/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_a_stranger_is_sent_to_the_login(riverside: Organisation) -> None:
    assert DoorClient("desk").get("/riverside/").headers["Location"].startswith("/login/")


def test_the_vault_opens_with_the_passphrase_and_closes_for_everybody(
    riverside: Organisation, amal: Account
) -> None:
    door = unlocked(amal, riverside)
    assert shows(door.get("/riverside/guard/").content.decode(), "vault-open")
    assert unlock.lock_vault(riverside, by=amal, everybody=True) == 1
    assert shows(door.get("/riverside/guard/").content.decode(), "vault-closed")


def test_a_wrong_passphrase_opens_nothing(riverside: Organisation, amal: Account) -> None:
    answer = at_desk(amal).post("/riverside/guard/unlock/", {"passphrase": "wrong words in a row"})
    assert shows(answer.content.decode(), "wrong-passphrase")
    assert not Unlock.objects.exists()


def test_an_organiser_who_holds_no_key_cannot_reach_the_vault(riverside: Organisation, bea: Account) -> None:
    assert at_desk(bea).get("/riverside/guard/unlock/").status_code == 404


def test_a_holder_invites_a_second_holder_who_opens_the_same_vault(
    riverside: Organisation, amal: Account
) -> None:
    page = unlocked(amal, riverside).post("/riverside/guard/invite/", {"role": Role.HOLDER}).content.decode()
    secret = page.split("/come-in/")[1].split("/")[0]
    second = DoorClient("desk")
    second.post(
        f"/come-in/{secret}/",
        {"name": "eli", "passphrase": "another four long words", "again": "another four long words"},
    )
    answer = second.post("/riverside/guard/unlock/", {"passphrase": "another four long words"})
    assert answer.status_code == 302
    assert not Invitation.objects.filter(sealed__isnull=False).exists()


def test_nobody_invites_above_their_own_role(riverside: Organisation, bea: Account) -> None:
    assert at_desk(bea).post("/riverside/guard/invite/", {"role": Role.HOLDER}).status_code == 404


def test_a_field_moved_to_another_row_does_not_open(riverside: Organisation, harbour: Organisation) -> None:
    vault = Vault(riverside.uuid, 1, b"k" * 32)
    sealed = vault.close("Rosa", row=riverside.uuid, column="name")
    assert vault.open(sealed, row=riverside.uuid, column="name") == "Rosa"
    for row, column in ((harbour.uuid, "name"), (riverside.uuid, "point")):
        with pytest.raises(CryptoError):
            vault.open(sealed, row=row, column=column)


@pytest.mark.parametrize(
    ("one", "other"), [("+49 170 123-456", "+49170123456"), ("Rosa@Mail.example ", "rosa@mail.example")]
)
def test_the_blind_index_knows_the_same_contact_point_again(one: str, other: str) -> None:
    vault = Vault(Organisation().uuid, 1, b"k" * 32)
    assert vault.index(one) == vault.index(other)
    assert vault.index(one) != Vault(Organisation().uuid, 1, b"k" * 32).index(one)


def test_the_audit_chain_notices_a_changed_line(riverside: Organisation, amal: Account) -> None:
    unlocked(amal, riverside)
    assert chain.first_broken_line(riverside) is None
    AuditLine.objects.filter(organisation=riverside, sequence=1).update(verb="did nothing")
    assert chain.first_broken_line(riverside) == 1
