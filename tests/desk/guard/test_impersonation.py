"""Nobody founds, or comes in, under a name that can be taken for another's; a fake changes no public page."""

import pytest
from click.testing import CliRunner

from massline.cli.founding_permit import allow_founding
from massline.desk.guard.accounts import invitations
from massline.desk.people.choices import Role
from massline.desk.people.lookalike_names import RESERVED_NAMES, is_reserved_name, name_skeleton
from massline.desk.people.models import Account, Membership, Organisation
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk

FAKES = [
    "Riverside Ten\u0430nts",  # one Cyrillic letter
    "Riverside\u00a0Tenants",
    "Riverside Tenants\u200b",
    "\u202eRiverside Tenants",
    "RIVERSIDE TENANTS",
    "Rlverside Tenants",
    "R1verside-Tenants.",
    "Rivers\u0131de Tenants",
    "Riverside Tenan\u0163s",
    "Ｒｉｖｅｒｓｉｄｅ Ｔｅｎａｎｔｓ",
    "Riverside\u200dTenants",
    "𝐑𝐢𝐯𝐞𝐫𝐬𝐢𝐝𝐞 Tenants",
    "Riverside Tenants\u3164",
    "Rivers\u02dbde Tenants",  # an ogonek alone, which normalising takes apart
    "R\u037averside Tenants",
    "Ri\u05d8erside Tenants",  # a letter written from right to left
]


def found(door: DoorClient, **changed: str) -> str:
    form = {
        "name": "Quay Dwellers",
        "slug": "quay",
        "sentence": "We are new.",
        "kind": "mass",
        "timezone_name": "UTC",
        "passphrase": PASSPHRASE,
    }
    return str(door.post("/found/", form | changed, follow=True).content.decode())


@pytest.fixture
def vouched(chen: Account) -> Account:
    Account.objects.filter(pk=chen.pk).update(may_found=True)
    return chen


@pytest.mark.parametrize("fake", FAKES)
def test_a_fake_of_an_organisation_never_changes_the_front_page(
    fake: str, riverside: Organisation, vouched: Account, nobody: DoorClient
) -> None:
    before = nobody.get("/").content
    found(at_desk(vouched), name=fake)
    assert Organisation.objects.count() == 1
    assert nobody.get("/").content == before


@pytest.mark.parametrize("slug", ["riverside", "rlverside", "r1verside", "river-side", "massline", "support"])
def test_an_address_that_can_be_taken_for_another_is_taken(
    slug: str, riverside: Organisation, vouched: Account
) -> None:
    found(at_desk(vouched), slug=slug)
    assert Organisation.objects.count() == 1


def test_who_has_nobodys_word_founds_no_public_organisation(
    riverside: Organisation, chen: Account, amal: Account, nobody: DoorClient
) -> None:
    """V1: any member could put an organisation on the front page."""
    found(at_desk(chen))
    assert Organisation.objects.count() == 1
    member = Membership.objects.get(account=chen)
    door = at_desk(amal)
    door.post("/account/again/", {"passphrase": PASSPHRASE})
    door.post(f"/riverside/guard/members/{member.pk}/word/")
    assert Account.objects.get(pk=chen.pk).may_found
    found(at_desk(chen))
    assert PublicOrganisation.objects.filter(name="Quay Dwellers").exists()
    found(at_desk(chen), name="Harbour Folk", slug="folk")
    assert Organisation.objects.count() == 2, "one word is for one organisation"


def test_an_organiser_cannot_give_the_word(riverside: Organisation, bea: Account, chen: Account) -> None:
    member = Membership.objects.get(account=chen)
    assert at_desk(bea).post(f"/riverside/guard/members/{member.pk}/word/").status_code == 404
    assert not Account.objects.get(pk=chen.pk).may_found


@pytest.mark.parametrize(
    "name",
    [
        "Amal\u200b",
        "\u202eAmal",
        "AMAL",
        "Am\u0430l",
        "Ama1",
        "A\u0301mal",
        "ama\u0627",
        "ama\uffe8",
        "Admin",
        "Mass line",
    ],
)
def test_nobody_comes_in_under_a_name_that_looks_like_another(
    name: str, riverside: Organisation, amal: Account, nobody: DoorClient
) -> None:
    """V2."""
    secret = invitations.invite_member(organisation=riverside, role=Role.MEMBER, by=amal)
    form = {"name": name, "passphrase": "nine owls count the rain", "again": "nine owls count the rain"}
    door = DoorClient("desk")
    assert door.post(f"/come-in/{secret}/", form).status_code == 200
    assert door.post(f"/come-in/{secret}/", form | {"name": "Noor"}).status_code == 302


def test_reserved_words_are_reserved_however_they_are_written() -> None:
    assert all(is_reserved_name(name.upper()) for name in RESERVED_NAMES)
    assert is_reserved_name("M\u0430ssline")
    assert name_skeleton("rn") == name_skeleton("m")
    assert name_skeleton("مستأجرو النيل") != name_skeleton("مستأجرو الميناء")


def test_whoever_runs_the_installation_gives_their_word_by_command(
    riverside: Organisation, chen: Account
) -> None:
    assert CliRunner().invoke(allow_founding, ["Nobody At All"]).exit_code == 1
    assert CliRunner().invoke(allow_founding, [chen.name]).exit_code == 0
    assert Account.objects.get(pk=chen.pk).may_found
