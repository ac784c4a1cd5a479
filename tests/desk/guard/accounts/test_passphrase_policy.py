"""Which passphrases are taken and which are refused, with what is said."""

import pytest

from massline.desk.guard.accounts import invitations
from massline.desk.guard.accounts.passphrase_policy import passphrase_problem
from massline.desk.people.models import Account, Organisation
from massline.desk.people.states import Role
from tests.conftest import DoorClient

NAMES = ["amal", "Riverside Tenants"]


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("fourteen chars", "Too short"),
        ("", "Too short"),
        ("passwordpassword", "repeats"),
        ("12 basketball 2026", "lists"),
        ("Password 123456789012", "lists"),
        ("correct horse battery staple", "lists"),
        ("Correct-Horse-Battery-Staple", "lists"),
        ("iloveyou iloveyou", "repeats"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats"),
        ("abcabcabcabcabcabc", "repeats"),
        ("boat boat boat boat boat", "repeats"),
        ("red lamp red lamp red", "repeats"),
        ("qwertyuiopasdfghjkl", "repeats"),
        ("abcdefghijklmnopqrstuv", "repeats"),
        ("987654321 zyxwvutsrq", "repeats"),
        ("Riverside Tenants 2026", "mostly a name"),
        ("riversidetenants!!!", "mostly a name"),
        ("amalamal my amal 12", "mostly a name"),
    ],
)
def test_what_is_refused_and_why(passphrase: str, said: str) -> None:
    assert said in (passphrase_problem(passphrase, names=NAMES) or "taken")


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
    ],
)
def test_what_is_taken_without_rules_on_kinds_of_characters(passphrase: str) -> None:
    assert passphrase_problem(passphrase, names=NAMES) is None


def test_a_short_name_does_not_forbid_the_words_it_stands_in() -> None:
    assert passphrase_problem("banana boat sailing", names=["an"]) is None


def test_coming_in_says_what_to_do_and_makes_no_account(riverside: Organisation) -> None:
    secret = invitations.invite_member(organisation=riverside, role=Role.MEMBER, by=None)
    for passphrase, said in (
        ("Riverside Tenants 26", "mostly a name"),
        ("short", "at least 15 characters"),
        ("rosa rosa rosa rosa", "repeats itself"),
    ):
        page = DoorClient("desk").post(
            f"/come-in/{secret}/", {"name": "rosa", "passphrase": passphrase, "again": passphrase}
        )
        assert said in page.content.decode()
        assert 'value="rosa"' in page.content.decode()
    assert not Account.objects.filter(name="rosa").exists()
