"""Who leaves with enough sheets, under one name or two, takes back no new key with them."""

import pytest

from massline.desk.guard.keys import contact_storage_conditions, key_holders, recovery_sheets
from massline.desk.guard.keys.key_rotation import remove_member
from massline.desk.guard.keys.models import PaperSet, RecoverySeal
from massline.desk.guard.keys.unlock import open_by_passphrase
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import PASSPHRASE, at_desk
from tests.desk.guard.sheet_sittings import make_organiser, make_sheets
from tests.parts import field_errors


@pytest.fixture
def vault(harbour: Organisation, dina: Account) -> Vault:
    opened = open_by_passphrase(dina, harbour, PASSPHRASE)
    assert opened is not None
    return opened


@pytest.fixture
def lena(harbour: Organisation, dina: Account, vault: Vault) -> Account:
    """A key-holder who came in by themselves."""
    account = make_organiser("lena", harbour, dina, days_ago=30)
    Membership.objects.filter(account=account).update(let_in_by=None)
    key_holders.make_holder(Membership.objects.get(account=account), vault=vault, by=dina)
    return account


def show_out(account: Account, dina: Account, vault: Vault) -> Vault:
    fresh = remove_member(Membership.objects.get(account=account), by=dina, vault=vault)
    assert fresh is not None
    return fresh


def missing(organisation: Organisation) -> list[str]:
    return [reason.missing for reason in contact_storage_conditions.missing_safeguards(organisation)]


def test_sheets_of_one_person_under_two_names_end_when_they_leave(
    harbour: Organisation, dina: Account, lena: Account, vault: Vault
) -> None:
    make_sheets(lena, make_organiser("mona", harbour, lena), harbour)
    assert "paper" not in missing(harbour)
    show_out(lena, dina, vault)
    assert not PaperSet.objects.exists()
    assert not RecoverySeal.objects.exists()
    assert "paper" in missing(harbour)


def test_sheets_of_which_the_leaver_has_one_move_to_the_new_key(
    harbour: Organisation, dina: Account, lena: Account, vault: Vault
) -> None:
    sheets = make_sheets(lena, make_organiser("omid", harbour, dina), harbour)
    fresh = show_out(lena, dina, vault)
    seal = RecoverySeal.objects.get(key__epoch=fresh.epoch)
    private = recovery_sheets.join_sheets([" ".join(words) for words in sheets])
    assert recovery_sheets.open_sealed(bytes(seal.sealed), private) == fresh.private_key


def test_who_came_in_through_the_leaver_takes_no_key_back_alone_while_somebody_holds_it(
    harbour: Organisation, dina: Account, lena: Account, vault: Vault
) -> None:
    mona = make_organiser("mona", harbour, lena, days_ago=20)
    make_sheets(dina, make_organiser("omid", harbour, dina), harbour)
    fresh = show_out(lena, dina, vault)
    text, phrase = recovery_sheets.encrypt_for_desk(fresh.private_key)
    sent = {"text": text, "phrase": phrase}
    refused = at_desk(mona).post("/harbour/guard/paper/take-back/", sent)
    assert field_errors(refused, "text") == ["not-vouched-for"]
    assert Membership.objects.get(account=mona).role == Role.ORGANISER
    Membership.objects.filter(account=dina).update(role=Role.ORGANISER)
    assert at_desk(mona).post("/harbour/guard/paper/take-back/", sent).status_code == 302
    assert Membership.objects.get(account=mona).role == Role.HOLDER
