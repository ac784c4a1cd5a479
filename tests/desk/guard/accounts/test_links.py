"""Links that open something: good once, for a while, and kept as hashes; and the sign-up nobody else can touch."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from time_machine import travel

from massline.desk.guard.accounts import invitations
from massline.desk.guard.accounts.invitation_model import Invitation
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys import contact_storage_conditions, key_holders, organisation_setup
from massline.desk.guard.keys.models import AccountKey, HolderSeal, RecoverySeal
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.choices import OrganisationKind, Role
from massline.desk.people.models import Account, Membership, Organisation
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.models import Envelope, EnvelopeState
from massline.square.envelopes.sealing import open_contents
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import PASSPHRASE
from tests.parts import expect_refusal

KEY_OF_A_SECRET = "6d6d2bca24abe33f50580e7958517507cc6eba9c4349a59a398f163f2cd037b2"


def last_verb(organisation: Organisation | None) -> str:
    return AuditLine.objects.filter(organisation=organisation).latest("sequence").verb


def test_a_link_is_good_for_seventy_two_hours(riverside: Organisation, amal: Account) -> None:
    now = timezone.now()
    with travel(now, tick=False):
        secret = invitations.invite_member(organisation=riverside, role=Role.MEMBER, by=amal)
    assert last_verb(riverside) == "invited a member"
    with travel(now + timedelta(hours=71, minutes=59), tick=False):
        assert invitations.find_invitation(secret) is not None
    with travel(now + timedelta(hours=72), tick=False):
        assert invitations.find_invitation(secret) is None
    assert invitations.find_invitation(secret + "x") is None
    assert secret not in str(Invitation.objects.values())
    assert len(secret) == 43
    assert AuditLine.objects.latest("pk").subject == f"Organisation {riverside.pk}"


def test_a_link_works_once_even_when_two_are_at_the_door(riverside: Organisation, amal: Account) -> None:
    secret = invitations.invite_member(organisation=riverside, role=Role.ORGANISER, by=amal)
    found = invitations.find_invitation(secret)
    assert found is not None
    account = invitations.accept_invitation(
        found, secret=secret, name="eli", passphrase=PASSPHRASE, language="es"
    )
    assert (account.name, account.language) == ("eli", "es")
    assert Membership.objects.get(account=account).role == Role.ORGANISER
    assert AccountKey.objects.filter(account=account).exists()
    assert last_verb(riverside) == "came in"
    assert invitations.find_invitation(secret) is None
    with pytest.raises(ValueError, match="used already"):
        invitations.accept_invitation(found, secret=secret, name="fay", passphrase=PASSPHRASE)
    assert not Account.objects.filter(name="fay").exists()


def test_a_holders_link_carries_the_key_and_a_members_does_not(
    riverside: Organisation, amal: Account, vault: Vault
) -> None:
    with pytest.raises(ValueError, match="Unlock first"):
        invitations.invite_member(organisation=riverside, role=Role.HOLDER, by=amal)
    invitations.invite_member(organisation=riverside, role=Role.ORGANISER, by=amal, vault=vault)
    assert not Invitation.objects.exclude(sealed=None, key=None).exists()
    secret = invitations.invite_member(organisation=riverside, role=Role.HOLDER, by=amal, vault=vault)
    carried = Invitation.objects.exclude(sealed=None).get()
    assert carried.key == riverside.keys.first()
    assert vault.private_key not in bytes(carried.sealed or b"")
    with pytest.raises(ValueError, match="does not open"):
        invitations.accept_invitation(carried, secret="another secret", name="eli", passphrase=PASSPHRASE)
    carried.refresh_from_db()
    assert carried.accepted_at is None
    account = invitations.accept_invitation(carried, secret=secret, name="eli", passphrase=PASSPHRASE)
    assert key_holders.open_organisation_key(account, riverside, PASSPHRASE)[1] == vault.private_key
    carried.refresh_from_db()
    assert carried.sealed is None


def test_a_link_sent_before_this_version_still_opens_its_key() -> None:
    assert invitations._key_of("a secret").hex() == KEY_OF_A_SECRET


def test_the_first_link_of_all_opens_no_organisation() -> None:
    secret = invitations.invite_member(organisation=None, role=Role.HOLDER, by=None)
    assert AuditLine.objects.get(organisation=None).subject == "installation"
    found = invitations.find_invitation(secret)
    assert found is not None
    assert (found.organisation, found.key, found.sealed) == (None, None, None)
    account = invitations.accept_invitation(found, secret=secret, name="amal", passphrase=PASSPHRASE)
    assert not Membership.objects.filter(account=account).exists()
    assert last_verb(None) == "came in"


def test_what_is_founded_stands_on_the_square_unless_it_is_an_inner_one(amal: Account) -> None:
    parent, vault = organisation_setup.found_organisation(
        by=amal,
        passphrase=PASSPHRASE,
        name="Riverside",
        slug="riverside",
        sentence="We act.",
        imprint="The office",
        timezone_name="Europe/Berlin",
        language="es",
    )
    chapter, _ = organisation_setup.found_organisation(
        by=amal,
        passphrase=PASSPHRASE,
        name="Block A",
        slug="block-a",
        kind=OrganisationKind.CHAPTER,
        parent=parent,
    )
    inner, _ = organisation_setup.found_organisation(
        by=amal, passphrase=PASSPHRASE, name="Inner", slug="inner", kind=OrganisationKind.INNER
    )
    faces = {face.slug: face for face in PublicOrganisation.objects.all()}
    assert faces.keys() == {"riverside", "block-a"}
    assert last_verb(parent) == "founded"
    face = faces["riverside"]
    assert (face.name, face.sentence, face.imprint, face.timezone, face.language, face.parent) == (
        "Riverside",
        "We act.",
        "The office",
        "Europe/Berlin",
        "es",
        None,
    )
    assert faces["block-a"].parent == face
    key = parent.keys.get()
    assert bytes(face.seal_key or b"") == bytes(key.public_key)
    assert (face.seal_epoch, vault.epoch, vault.organisation) == (1, 1, parent.uuid)
    assert Membership.objects.get(organisation=inner).role == Role.HOLDER
    assert organisation_setup.publish_public_face(inner) is None
    chapter.name = "Block A and B"
    chapter.save()
    assert organisation_setup.publish_public_face(chapter) == PublicOrganisation.objects.get(
        name="Block A and B"
    )
    without_key = organisation_setup.publish_public_face(
        Organisation.objects.create(name="Mill Lane", slug="mill-lane")
    )
    assert without_key is not None
    assert (without_key.seal_key, without_key.seal_epoch) == (None, 0)


def test_the_gate_names_what_is_missing_in_order(amal: Account) -> None:
    organisation, vault = organisation_setup.found_organisation(
        by=amal, passphrase=PASSPHRASE, name="Mill Lane", slug="mill-lane"
    )
    assert [one.missing for one in contact_storage_conditions.missing_safeguards(organisation)] == [
        "second holder",
        "paper",
    ]
    with expect_refusal("second-holder", "paper"):
        contact_storage_conditions.require_safe_storage(organisation)
    from tests.conftest import make_keys_safe

    make_keys_safe(organisation, vault, amal)
    assert contact_storage_conditions.missing_safeguards(organisation) == []
    contact_storage_conditions.require_safe_storage(organisation)
    RecoverySeal.objects.update(proven_on=None)
    assert [one.missing for one in contact_storage_conditions.missing_safeguards(organisation)] == ["proof"]
    HolderSeal.objects.exclude(account=amal).delete()
    assert [one.missing for one in contact_storage_conditions.missing_safeguards(organisation)] == [
        "second holder",
        "proof",
    ]


def leave(face: PublicOrganisation, form_id: str = "one", **more: Any) -> tuple[Envelope, str]:
    given: dict[str, Any] = {
        "about": UUID(int=5),
        "happens_on": timezone.localdate() + timedelta(days=4),
    } | more
    return envelopes.leave_envelope(
        organisation=face, contents={"name": "Rosa", "contact": "rosa@post.example"}, form_id=form_id, **given
    )


def test_the_same_form_twice_is_one_envelope_and_its_link_stays(face: PublicOrganisation) -> None:
    first, old = leave(face)
    Envelope.objects.update(seen=True)
    again, new = leave(face)
    assert Envelope.objects.get().seen
    assert first.pk == again.pk
    assert old == new
    assert Envelope.objects.get().token_hash == envelopes.hash_token(new)
    assert leave(face, "two")[0].pk != first.pk
    assert again.expires_on == timezone.localdate() + timedelta(days=18)
    assert again.epoch == 1


def test_an_envelope_for_a_day_that_is_over_is_kept_from_today(face: PublicOrganisation) -> None:
    envelope, _ = leave(face, happens_on=timezone.localdate() - timedelta(days=30))
    assert envelope.expires_on == timezone.localdate() + timedelta(days=14)


def test_changing_seals_anew_and_cancelling_destroys(face: PublicOrganisation, vault: Vault) -> None:
    envelope, _ = leave(face)
    Envelope.objects.update(seen=True, state=EnvelopeState.COLLECTED, sealed=None, epoch=0)
    envelope.refresh_from_db()
    envelopes.change_envelope(envelope, contents={"name": "Rosa B.", "contact": "b@post.example"})
    envelope.refresh_from_db()
    assert open_contents(bytes(envelope.sealed or b""), vault.private_key)["name"] == "Rosa B."
    assert (envelope.seen, envelope.state, envelope.epoch) == (False, EnvelopeState.WAITING, 1)
    Envelope.objects.update(seen=True)
    envelope.refresh_from_db()
    envelopes.cancel_envelope(envelope)
    envelope.refresh_from_db()
    assert (envelope.sealed, envelope.seen, envelope.state) == (None, False, EnvelopeState.CANCELLED)


def test_without_a_key_nothing_is_taken(face: PublicOrganisation) -> None:
    envelope, _ = leave(face)
    face.seal_key = None
    with pytest.raises(ValueError, match="no key yet"):
        leave(face, "two")
    envelope.organisation.seal_key = None
    with pytest.raises(ValueError, match="no key"):
        envelopes.change_envelope(envelope, contents={"name": "Rosa"})
