"""Handing the key on, changing the lock when a holder leaves, and trusting paper only once it was proven."""

from typing import Any

import pytest
from nacl.exceptions import CryptoError

from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys import (
    key_holders,
    key_rotation,
    organisation_setup,
    paper_recovery,
    recovery_sheets,
    unlock,
)
from massline.desk.guard.keys.models import HolderSeal
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Contact, Membership, Organisation
from massline.square.envelopes.sealing import seal_contents
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import PASSPHRASE

POINT = "+49 555 010 000"


@pytest.fixture
def vault(riverside: Organisation, amal: Account) -> Vault:
    return opened(riverside, amal)


def opened(organisation: Organisation, account: Account) -> Vault:
    key, private = key_holders.open_organisation_key(account, organisation, PASSPHRASE)
    assert key is not None
    assert private is not None
    return Vault(organisation.uuid, key.epoch, private)


@pytest.fixture
def eli(riverside: Organisation) -> Account:
    account = Account.objects.create_user("eli", PASSPHRASE)
    key_holders.ensure_account_key(account, PASSPHRASE)
    Membership.objects.create(account=account, organisation=riverside, role=2)
    return account


@pytest.fixture
def rosa(riverside: Organisation, vault: Vault, today: Any) -> Contact:
    contact = Contact(organisation=riverside, epoch=vault.epoch, source="signed_up", keep_until=today)
    contact.sealed_name = vault.close("Rosa", row=contact.uuid, column="name")
    contact.sealed_point = vault.close(POINT, row=contact.uuid, column="point")
    contact.blind_index = vault.index(POINT)
    contact.save()
    return contact


def test_a_second_holder_opens_with_their_own_passphrase(
    riverside: Organisation, vault: Vault, eli: Account, amal: Account
) -> None:
    key_holders.make_key_holder(Membership.objects.get(account=eli), vault=vault, by=amal)
    assert opened(riverside, eli).private_key == vault.private_key
    assert key_holders.open_organisation_key(eli, riverside, "not this passphrase") == (None, None)


def test_when_a_holder_leaves_their_key_opens_nothing_new(
    riverside: Organisation, vault: Vault, eli: Account, amal: Account, rosa: Contact
) -> None:
    membership = Membership.objects.get(account=eli)
    key_holders.make_key_holder(membership, vault=vault, by=amal)
    fresh = key_rotation.remove_member(membership, by=amal, vault=vault)
    assert fresh is not None
    rosa.refresh_from_db()
    assert fresh.open(bytes(rosa.sealed_name), row=rosa.uuid, column="name") == "Rosa"
    assert bytes(rosa.blind_index or b"") == fresh.index(POINT)
    with pytest.raises(CryptoError):
        vault.open(bytes(rosa.sealed_name), row=rosa.uuid, column="name")
    assert not HolderSeal.objects.filter(account=eli, key__epoch=fresh.epoch).exists()
    assert opened(riverside, amal).private_key == fresh.private_key


def test_an_envelope_sealed_before_the_change_still_opens(
    riverside: Organisation, vault: Vault, amal: Account
) -> None:
    face = PublicOrganisation.objects.get(uuid=riverside.uuid)
    on_its_way = seal_contents({"name": "Rosa"}, bytes(face.seal_key or b""))
    fresh = key_rotation.rotate_key(riverside, vault=vault, by=amal)
    assert fresh.open_envelope(on_its_way) == {"name": "Rosa"}
    face.refresh_from_db()
    assert fresh.open_envelope(seal_contents({"name": "Idris"}, bytes(face.seal_key or b""))) == {
        "name": "Idris"
    }


def test_the_last_holder_cannot_go(riverside: Organisation, vault: Vault, amal: Account) -> None:
    key_rotation.remove_member(
        Membership.objects.get(account__name__startswith="second holder"), by=amal, vault=vault
    )
    with pytest.raises(ValueError, match="last key-holder"):
        key_rotation.remove_member(Membership.objects.get(account=amal), by=amal, vault=vault)


def test_changing_the_lock_closes_every_open_vault(
    riverside: Organisation, vault: Vault, amal: Account
) -> None:
    assert unlock.unlock_vault(account=amal, organisation=riverside, passphrase=PASSPHRASE)
    key_rotation.rotate_key(riverside, vault=vault, by=amal)
    assert riverside.keys.get(epoch=1).unlocks.count() == 0


def test_paper_counts_once_its_sheets_read_out_the_answer(
    riverside: Organisation, vault: Vault, amal: Account
) -> None:
    sheets = recovery_sheets.make_sheets(need=2, of=3)
    paper = paper_recovery.set_up_paper_recovery(riverside, public=sheets.public, vault=vault, by=amal)
    assert not paper_recovery.prove_paper(paper, answer="aaaaaaaaaaaaaaaa", by=amal)
    private = recovery_sheets.join_sheets(sheets.words[:2])
    answer = recovery_sheets.read_answer(recovery_sheets.open_sealed(bytes(paper.challenge), private))
    assert paper_recovery.prove_paper(paper, answer=f" {answer.upper()} ", by=amal)
    assert recovery_sheets.open_sealed(bytes(paper.sealed), private) == vault.private_key


def test_paper_stays_good_when_the_lock_is_changed(
    riverside: Organisation, vault: Vault, amal: Account
) -> None:
    sheets = recovery_sheets.make_sheets(need=2, of=3)
    paper = paper_recovery.set_up_paper_recovery(riverside, public=sheets.public, vault=vault, by=amal)
    private = recovery_sheets.join_sheets(sheets.words[1:])
    paper_recovery.prove_paper(
        paper,
        answer=recovery_sheets.read_answer(recovery_sheets.open_sealed(bytes(paper.challenge), private)),
        by=amal,
    )
    fresh = key_rotation.rotate_key(riverside, vault=vault, by=amal)
    newest = riverside.keys.get(epoch=fresh.epoch).recovery
    assert newest.proven_on is not None
    assert recovery_sheets.open_sealed(bytes(newest.sealed), private) == fresh.private_key


def test_a_changed_lock_takes_every_contact_and_the_face_along(
    riverside: Organisation, vault: Vault, amal: Account, rosa: Contact
) -> None:
    fresh = key_rotation.rotate_key(riverside, vault=vault, by=amal)
    again = key_rotation.rotate_key(riverside, vault=fresh, by=amal)
    rosa.refresh_from_db()
    assert rosa.epoch == again.epoch == vault.epoch + 2
    assert again.open(bytes(rosa.sealed_point), row=rosa.uuid, column="point") == POINT
    face = PublicOrganisation.objects.get(uuid=riverside.uuid)
    assert (face.seal_epoch, face.seal_key) == (again.epoch, bytes(riverside.keys.get(epoch=3).public_key))
    for older in (vault, fresh):
        sealed = seal_contents({"name": "Rosa"}, bytes(riverside.keys.get(epoch=older.epoch).public_key))
        assert again.open_envelope(sealed) == {"name": "Rosa"}


def test_every_deed_with_the_key_is_written_down_and_shows_in_the_roles(
    riverside: Organisation, vault: Vault, eli: Account, amal: Account
) -> None:
    membership = Membership.objects.get(account=eli)
    key_holders.make_key_holder(membership, vault=vault, by=amal)
    assert Membership.objects.get(account=eli).role == Role.HOLDER
    sheets = recovery_sheets.make_sheets(need=2, of=3)
    paper = paper_recovery.set_up_paper_recovery(riverside, public=sheets.public, vault=vault, by=amal)
    private = recovery_sheets.join_sheets(sheets.words[:2])
    assert paper_recovery.prove_paper(paper, answer="not this one", by=amal) is False
    answer = recovery_sheets.read_answer(recovery_sheets.open_sealed(bytes(paper.challenge), private))
    paper_recovery.prove_paper(paper, answer=answer, by=amal)
    with pytest.raises(ValueError, match="Unlock first"):
        key_rotation.remove_member(Membership.objects.get(account=eli), by=amal, vault=None)
    key_rotation.remove_member(Membership.objects.get(account=eli), by=amal, vault=vault)
    lines = AuditLine.objects.filter(organisation=riverside, account=amal).order_by("sequence")
    assert [line.verb for line in lines][-5:] == [
        "handed the key to",
        "sealed the key to paper",
        "proved the recovery",
        "ended the membership of",
        "changed the lock",
    ]


def test_who_never_logged_in_is_handed_no_key_and_a_member_goes_without_a_new_lock(
    riverside: Organisation, vault: Vault, amal: Account
) -> None:
    fay = Account.objects.create_user("fay", PASSPHRASE)
    membership = Membership.objects.create(account=fay, organisation=riverside, role=Role.MEMBER)
    with pytest.raises(ValueError, match="must log in once"):
        key_holders.make_key_holder(membership, vault=vault, by=amal)
    assert not HolderSeal.objects.filter(account=fay).exists()
    assert key_rotation.remove_member(membership, by=amal, vault=vault) is None
    assert riverside.keys.count() == 1


def test_whoever_takes_the_key_back_from_paper_holds_it_and_another_organisations_key_is_refused(
    riverside: Organisation, vault: Vault, harbour: Organisation, dina: Account, chen: Account
) -> None:
    key_holders.ensure_account_key(chen, PASSPHRASE)
    _key, theirs = key_holders.open_organisation_key(dina, harbour, PASSPHRASE)
    text, phrase = recovery_sheets.encrypt_for_desk(theirs or b"")
    with pytest.raises(recovery_sheets.RecoveryRefused, match="not the key of this organisation"):
        paper_recovery.recover_key_from_paper(riverside, text=text, phrase=phrase, account=chen)
    assert key_holders.open_organisation_key(chen, riverside, PASSPHRASE) == (None, None)
    text, phrase = recovery_sheets.encrypt_for_desk(vault.private_key)
    assert paper_recovery.recover_key_from_paper(riverside, text=text, phrase=phrase, account=chen).epoch == 1
    assert opened(riverside, chen).private_key == vault.private_key
    assert Membership.objects.get(account=chen).role == Role.HOLDER
    line = AuditLine.objects.filter(organisation=riverside).latest("sequence")
    assert (line.account, line.verb) == (chen, "took the key back from paper")


def test_found_gives_the_founder_a_key_of_their_own(amal: Account) -> None:
    organisation, _ = organisation_setup.found_organisation(
        by=amal, passphrase=PASSPHRASE, name="Mill Lane", slug="mill-lane"
    )
    assert opened(organisation, amal).epoch == 1
