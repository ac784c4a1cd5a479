"""Who leaves with enough sheets, under one name or two, takes back no new key with them."""

import pytest
from django.utils import timezone

from massline.desk.guard.keys import (
    contact_storage_conditions,
    joint_paper_recovery,
    joint_sheet_creation,
    key_holders,
    recovery_sheets,
)
from massline.desk.guard.keys.key_rotation import remove_member
from massline.desk.guard.keys.models import PaperSet, RecoverySeal
from massline.desk.guard.keys.unlock import open_by_passphrase
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import PASSPHRASE, at_desk, unlocked
from tests.desk.guard.sheet_sittings import TOGETHER, make_organiser, make_sheets, see_words, start_sitting
from tests.parts import expect_refusal, field_errors, shows


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
    key_holders.make_key_holder(Membership.objects.get(account=account), vault=vault, by=dina)
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
    mona = make_organiser("mona", harbour, lena)
    Membership.objects.filter(account=mona).update(
        let_in_by=None
    )  # sheets of a version that asked for no two persons
    make_sheets(lena, mona, harbour)
    Membership.objects.filter(account=mona).update(let_in_by=lena)
    assert "paper" not in missing(harbour)
    show_out(lena, dina, vault)
    assert not PaperSet.objects.exists()
    assert not RecoverySeal.objects.exists()
    assert "paper" in missing(harbour)


def test_one_person_under_two_names_makes_no_sheets_while_somebody_could_vouch(
    harbour: Organisation, dina: Account, lena: Account
) -> None:
    mona = make_organiser("mona", harbour, lena)
    code = start_sitting(unlocked(lena, harbour))
    refused = at_desk(mona).post(f"{TOGETHER}join/", {"code": code}, follow=True)
    assert shows(refused, "not-vouched-for")
    assert see_words(at_desk(mona)) == []
    assert shows(at_desk(dina).post(f"{TOGETHER}join/", {"code": code}, follow=True), "all-are-here")


def test_who_left_makes_no_sheets(harbour: Organisation, dina: Account, lena: Account) -> None:
    code = start_sitting(unlocked(dina, harbour))
    Membership.objects.filter(account=lena).update(ended_on=timezone.localdate())
    with expect_refusal("no-longer-member"):
        joint_sheet_creation.join_sheet_session(harbour, code=code, by=lena)


def test_on_the_first_evening_a_founder_and_the_first_guest_make_sheets(
    harbour: Organisation, dina: Account
) -> None:
    """Nobody could vouch yet; putting the sheets together waits until they count as two."""
    guest = make_organiser("guest", harbour, dina)
    first, second = make_sheets(dina, guest, harbour)
    assert RecoverySeal.objects.exists()
    joint_paper_recovery.start_joint_recovery(harbour, words=" ".join(first), by=dina)
    with joint_paper_recovery.OPENING.at(harbour.pk) as sitting:
        assert sitting is not None
        code = sitting.code
    with expect_refusal("too-new"):
        joint_paper_recovery.join_joint_recovery(harbour, code=code, words=" ".join(second), by=guest)


def test_two_of_different_circles_who_both_left_keep_no_working_pair(
    harbour: Organisation, dina: Account, lena: Account, vault: Vault
) -> None:
    omid = make_organiser("omid", harbour, dina)
    Membership.objects.filter(account=omid).update(let_in_by=None)
    make_sheets(lena, omid, harbour)
    fresh = show_out(lena, dina, vault)
    assert RecoverySeal.objects.exists(), "one sheet opens nothing"
    remove_member(Membership.objects.get(account=omid), by=dina, vault=None)
    assert not PaperSet.objects.exists()
    assert not RecoverySeal.objects.exists()
    assert "paper" in missing(harbour)
    assert fresh.epoch == harbour.keys.latest("epoch").epoch


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
    omid = make_organiser("omid", harbour, dina)
    Membership.objects.filter(account=omid).update(let_in_by=None)
    make_sheets(dina, omid, harbour)
    fresh = show_out(lena, dina, vault)
    text, phrase = recovery_sheets.encrypt_for_desk(fresh.private_key)
    sent = {"text": text, "phrase": phrase}
    refused = at_desk(mona).post("/harbour/guard/paper/take-back/", sent)
    assert field_errors(refused, "text") == ["not-vouched-for"]
    assert Membership.objects.get(account=mona).role == Role.ORGANISER
    Membership.objects.filter(account=dina).update(role=Role.ORGANISER)
    assert at_desk(mona).post("/harbour/guard/paper/take-back/", sent).status_code == 302
    assert Membership.objects.get(account=mona).role == Role.HOLDER
