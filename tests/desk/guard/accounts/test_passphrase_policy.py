"""Which passphrases are taken and which are refused, with what is said."""

import re

import pytest

from massline.desk.guard.accounts import invitations
from massline.desk.guard.accounts.passphrase_policy import (
    common_passphrases,
    is_made_of_common,
    passphrase_problem,
    sayings,
)
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.interface_texts import PACKAGE
from tests.parts import field_errors, shows

NAMES = ["amal", "Riverside Tenants"]


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("fourteen chars", "too-short"),
        ("", "too-short"),
        ("passwordpassword", "pattern"),
        ("12 basketball 2026", "common"),
        ("Password 123456789012", "common"),
        ("correct horse battery staple", "common"),
        ("Correct-Horse-Battery-Staple", "common"),
        ("monkey dragon shadow", "common"),
        ("Password1 Welcome1 2026!", "common"),
        ("P@ssw0rd Dr4gon M0nkey", "common"),
        ("sunshine1985football", "common"),
        ("Workers of the world, unite!", "common"),
        ("El pueblo unido jamás será vencido", "common"),
        ("بسم الله الرحمن الرحيم", "common"),
        ("this is my password 12", "common"),
        ("iloveyou iloveyou", "pattern"),
        ("aaaaaaaaaaaaaaaaaaaa", "pattern"),
        ("abcabcabcabcabcabc", "pattern"),
        ("boat boat boat boat boat", "pattern"),
        ("red lamp red lamp red", "pattern"),
        ("qwertyuiopasdfghjkl", "pattern"),
        ("abcdefghijklmnopqrstuv", "pattern"),
        ("987654321 zyxwvutsrq", "pattern"),
        ("Riverside Tenants 2026", "mostly-a-name"),
        ("riversidetenants!!!", "mostly-a-name"),
        ("amalamal my amal 12", "mostly-a-name"),
    ],
)
def test_what_is_refused_and_why(passphrase: str, said: str) -> None:
    problem = passphrase_problem(passphrase, names=NAMES)
    assert problem is not None
    assert problem.code == said


@pytest.mark.parametrize(
    "passphrase",
    [
        "seven boats wait by the bridge",
        "alllowercaseletters",
        "amal likes lemon cake on mondays",
        "riverside tenants own a purple submarine",
        "سبعة قوارب تنتظر عند الجسر",
        "七艘船在桥边等待着我们所有的人啊",
        "🍋🌊🚲🪴🎺 no words needed",
        "x9$kQ!v2@Lm#7zRt",
        "banana boat sailing",
        "monkey dragon shadow master banjo wharf",
        "our union makes soup on tuesdays in may",
    ],
)
def test_what_is_taken_without_rules_on_kinds_of_characters(passphrase: str) -> None:
    assert passphrase_problem(passphrase, names=NAMES) is None


def test_a_short_name_does_not_forbid_the_words_it_stands_in() -> None:
    assert passphrase_problem("banana boat sailing", names=["an"]) is None


def test_the_lists_are_here_and_nothing_in_the_second_repeats() -> None:
    assert len(common_passphrases()) > 15_000
    assert len(sayings()) > 120
    assert all(len(saying) >= 8 for saying in sayings())


def test_a_long_one_is_looked_at_within_a_moment() -> None:
    assert passphrase_problem("monkey7" * 28, names=NAMES) is not None
    assert not is_made_of_common("quzzel" * 33)


def test_every_place_where_one_is_set_asks_the_same(riverside: Organisation, bea: Account) -> None:
    common = "monkey dragon shadow"
    secret = invitations.invite_member(organisation=riverside, role=Role.MEMBER, by=None)
    coming = {"name": "rosa", "passphrase": common, "again": common}
    changing = {"old": PASSPHRASE, "passphrase": common, "again": common}
    pages = [
        DoorClient("desk").post(f"/come-in/{secret}/", coming),
        at_desk(bea).post("/account/passphrase/", changing),
    ]
    assert [shows(page, "common") for page in pages] == [True, True]
    bea.refresh_from_db()
    assert bea.check_password(PASSPHRASE)
    assert not Account.objects.filter(name="rosa").exists()


def test_a_passphrase_is_checked_to_the_letter_and_to_its_end(bea: Account) -> None:
    long = f"  Seven boats wait {'further on ' * 15}by the bridge"
    bea.set_password(long)
    assert bea.check_password(long)
    for other in (long.strip(), long.lower(), long[:-1], f"{long} "):
        assert not bea.check_password(other)


def test_nothing_else_sets_a_passphrase() -> None:
    """A page that sets one is named above; the demonstration makes its own."""
    found = {
        str(module.relative_to(PACKAGE))
        for module in PACKAGE.rglob("*.py")
        if re.search(r"\.(set_password|create_user)\(", module.read_text())
    }
    assert found == {
        "demo/__init__.py",
        "desk/guard/accounts/credential_actions.py",
        "desk/guard/accounts/invitations.py",
        "desk/people/models.py",
    }


def test_coming_in_says_what_to_do_and_makes_no_account(riverside: Organisation) -> None:
    secret = invitations.invite_member(organisation=riverside, role=Role.MEMBER, by=None)
    for passphrase, said in (
        ("Riverside Tenants 26", "mostly-a-name"),
        ("short", "min-length"),
        ("rosa rosa rosa rosa", "pattern"),
    ):
        page = DoorClient("desk").post(
            f"/come-in/{secret}/", {"name": "rosa", "passphrase": passphrase, "again": passphrase}
        )
        assert field_errors(page, "passphrase") == [said]
        assert 'value="rosa"' in page.content.decode()
    assert not Account.objects.filter(name="rosa").exists()
