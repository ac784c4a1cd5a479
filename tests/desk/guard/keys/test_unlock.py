"""How long a vault stays open, who can close it, and that no half of it opens anything alone."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from time_machine import travel

from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys import key_holders, key_rotation, private_key_encryption, unlock
from massline.desk.guard.keys.models import OrganisationKey, Unlock
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Organisation
from tests.conftest import PASSPHRASE


def request_of(account: Account, organisation: Organisation, cookie: str) -> Any:
    request = HttpRequest()
    request.user = account
    request.COOKIES[unlock.cookie_name(organisation)] = cookie
    return request


@pytest.fixture
def cookie(riverside: Organisation, amal: Account) -> str:
    given = unlock.unlock_vault(account=amal, organisation=riverside, passphrase=PASSPHRASE)
    assert given is not None
    return given


def opened(account: Account, organisation: Organisation, cookie: str) -> Vault | None:
    return unlock.open_vault(request_of(account, organisation, cookie), organisation)


def test_the_two_halves_open_the_vault_together(riverside: Organisation, amal: Account, cookie: str) -> None:
    vault = opened(amal, riverside, cookie)
    assert vault is not None
    assert (vault.organisation, vault.epoch) == (riverside.uuid, 1)
    assert AuditLine.objects.filter(organisation=riverside).last().verb == "unlocked"  # type: ignore[union-attr]
    assert vault.private_key == key_holders.open_organisation_key(amal, riverside, PASSPHRASE)[1]


def test_no_half_opens_anything_alone(riverside: Organisation, amal: Account, cookie: str) -> None:
    name, half = cookie.split(".")
    wrong = base64.urlsafe_b64encode(bytes(32)).decode()
    short = base64.urlsafe_b64encode(bytes(31)).decode()
    longer = base64.urlsafe_b64encode(base64.urlsafe_b64decode(half) + b"x").decode()
    for broken in (
        "",
        name,
        half,
        f"{name}.",
        f".{half}",
        f"{name}.{wrong}",
        f"{name}.{short}",
        f"{name}.{longer}",
        f"{name}.é",
        f"{'0' * 32}.{half}",
        f"not-a-name.{half}",
    ):
        assert opened(amal, riverside, broken) is None, broken
    assert private_key_encryption.open_with_key(bytes(Unlock.objects.get().sealed), bytes(32)) is None


def test_somebody_elses_cookie_opens_nothing(
    riverside: Organisation, harbour: Organisation, amal: Account, chen: Account, cookie: str
) -> None:
    assert opened(chen, riverside, cookie) is None
    assert opened(amal, harbour, cookie) is None


def test_a_quarter_of_an_hour_without_a_touch_closes_it(
    riverside: Organisation, amal: Account, cookie: str
) -> None:
    now = timezone.now()
    with travel(now + timedelta(minutes=14), tick=False):
        assert opened(amal, riverside, cookie) is not None
    with travel(now + timedelta(minutes=28), tick=False):
        assert opened(amal, riverside, cookie) is not None
    with travel(now + timedelta(minutes=44), tick=False):
        assert opened(amal, riverside, cookie) is None


def test_a_touch_within_the_same_minute_writes_nothing(
    riverside: Organisation, amal: Account, cookie: str, django_assert_num_queries: Any
) -> None:
    used = Unlock.objects.get().used_at
    with travel(used + timedelta(seconds=60), tick=False):
        opened(amal, riverside, cookie)
    assert Unlock.objects.get().used_at == used
    with travel(used + timedelta(seconds=61), tick=False):
        opened(amal, riverside, cookie)
    assert Unlock.objects.get().used_at == used + timedelta(seconds=61)


def test_after_eight_hours_it_closes_whatever_is_touched(
    riverside: Organisation, amal: Account, cookie: str
) -> None:
    now = timezone.now()
    for minutes in range(10, 480, 10):
        with travel(now + timedelta(minutes=minutes), tick=False):
            assert opened(amal, riverside, cookie) is not None, minutes
    with travel(now + timedelta(hours=8, minutes=1), tick=False):
        assert opened(amal, riverside, cookie) is None


def test_a_holder_closes_their_own_or_everybodys(
    riverside: Organisation, harbour: Organisation, amal: Account, dina: Account, cookie: str
) -> None:
    second = Account.objects.get(name="second holder of riverside")
    theirs = unlock.unlock_vault(account=second, organisation=riverside, passphrase=PASSPHRASE)
    assert unlock.unlock_vault(account=dina, organisation=harbour, passphrase=PASSPHRASE)
    assert theirs is not None
    assert unlock.lock_vault(riverside, by=amal) == 1
    assert opened(amal, riverside, cookie) is None
    assert opened(second, riverside, theirs) is not None
    assert AuditLine.objects.filter(organisation=riverside).last().verb == "locked"  # type: ignore[union-attr]
    assert unlock.lock_vault(riverside, by=amal, everybody=True) == 1
    assert opened(second, riverside, theirs) is None
    assert Unlock.objects.get().account == dina
    assert AuditLine.objects.filter(organisation=riverside).last().verb == "locked for all"  # type: ignore[union-attr]


def test_a_wrong_passphrase_or_no_seal_gives_no_cookie_and_no_row(
    riverside: Organisation, amal: Account, chen: Account
) -> None:
    assert unlock.unlock_vault(account=amal, organisation=riverside, passphrase=PASSPHRASE + " ") is None
    assert unlock.unlock_vault(account=chen, organisation=riverside, passphrase=PASSPHRASE) is None
    assert not Unlock.objects.exists()


@pytest.mark.parametrize("https", [True, False])
def test_the_cookie_is_kept_from_scripts_and_from_other_sites(
    riverside: Organisation, settings: Any, https: bool
) -> None:
    settings.HTTPS, settings.BOUND = https, "__Host-" if https else ""
    name = unlock.cookie_name(riverside)
    assert name == ("__Host-vault-riverside" if https else "vault-riverside")
    response = HttpResponse()
    unlock.set_cookie(response, riverside, "x.y")
    cookie = response.cookies[name]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        https or "",
        True,
        "Strict",
        "/",
    )
    assert cookie["expires"] == cookie["max-age"] == ""


def test_what_was_sealed_two_locks_ago_still_opens(riverside: Organisation, amal: Account) -> None:
    from massline.square.envelopes.sealing import seal_contents
    from massline.square.organisations.models import PublicOrganisation

    face = PublicOrganisation.objects.get(uuid=riverside.uuid)
    on_its_way = seal_contents({"name": "Rosa"}, bytes(face.seal_key or b""))
    for _ in range(3):
        cookie = unlock.unlock_vault(account=amal, organisation=riverside, passphrase=PASSPHRASE)
        vault = opened(amal, riverside, cookie or "")
        assert vault is not None
        assert vault.open_envelope(on_its_way) == {"name": "Rosa"}
        key_rotation.rotate_key(riverside, vault=vault, by=amal)
    assert OrganisationKey.objects.filter(organisation=riverside).count() == 4


def test_a_changed_lock_leaves_no_old_seal_behind(
    riverside: Organisation, amal: Account, cookie: str
) -> None:
    vault = opened(amal, riverside, cookie)
    assert vault is not None
    key_rotation.rotate_key(riverside, vault=vault, by=amal)
    older = OrganisationKey.objects.get(organisation=riverside, epoch=1)
    assert older.seals.count() == 0
