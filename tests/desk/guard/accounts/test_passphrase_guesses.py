"""Guessing a passphrase: every check counts, and nobody can lock somebody else out."""

import re
from pathlib import Path
from typing import Any

import pytest

import massline
from massline.desk.guard.accounts import invitations
from massline.desk.guard.retention.models import DualControlProposal
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from massline.square import rate_limits
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.parts import shows

WRONG = "eight crows sit on the crane"
CHECKS = re.compile(r"\.check_password\(|open_with_passphrase\(")


def test_wrong_passphrases_of_any_page_are_counted_together(riverside: Organisation, amal: Account) -> None:
    door = at_desk(amal)
    for _ in range(4):
        assert door.post("/account/again/", {"passphrase": WRONG}).status_code == 200
        assert door.post("/riverside/guard/unlock/", {"passphrase": WRONG}).status_code == 200
    for address in ("/account/again/", "/riverside/guard/unlock/"):
        assert door.post(address, {"passphrase": PASSPHRASE}).status_code == 429
    founded = door.post("/found/", {"passphrase": PASSPHRASE, "name": "New", "slug": "new"})
    assert founded.status_code == 429


def test_no_passphrase_is_checked_anywhere_but_where_it_counts() -> None:
    folder = Path(massline.__file__).parent
    checking = {
        str(file.relative_to(folder)) for file in folder.rglob("*.py") if CHECKS.search(file.read_text())
    }
    assert checking == {
        "desk/guard/keys/passphrase_limit.py",
        "desk/guard/keys/private_key_encryption.py",
        "desk/guard/keys/key_holders.py",  # inside check_counted
        "desk/guard/accounts/credential_actions.py",  # after the passphrase was found right
    }


def test_confirming_counts_wrong_passphrases(riverside: Organisation, amal: Account, bea: Account) -> None:
    """P2: fourteen guesses of fourteen were tried."""
    proposal = DualControlProposal.objects.create(
        organisation=riverside, what="hold", reason="A court asks", made_by=bea
    )
    door = at_desk(amal)
    address = f"/riverside/guard/keeping/{proposal.pk}/confirm/"
    answers = [door.post(address, {"passphrase": WRONG}).status_code for _ in range(14)]
    assert answers[:8].count(429) == 0
    assert answers[8:] == [429] * 6


def test_a_stranger_cannot_lock_out_somebody_who_comes_from_a_known_device(amal: Account) -> None:
    """W3."""
    known, stranger = DoorClient("desk"), DoorClient("desk")
    assert known.post("/login/", {"name": amal.name, "passphrase": PASSPHRASE}).status_code == 302
    device = {name: cookie.value for name, cookie in known.cookies.items() if name.endswith("device")}
    assert device
    for _ in range(12):
        last = stranger.post("/login/", {"name": amal.name, "passphrase": WRONG})
    assert last.status_code == 429
    later = DoorClient("desk")
    later.cookies.load(device)
    assert later.post("/login/", {"name": amal.name, "passphrase": PASSPHRASE}).status_code == 302


def test_a_known_device_has_a_limit_too_and_ends_with_the_passphrase(amal: Account) -> None:
    known = DoorClient("desk")
    known.post("/login/", {"name": amal.name, "passphrase": PASSPHRASE})
    device = {name: cookie.value for name, cookie in known.cookies.items() if name.endswith("device")}
    thief = DoorClient("desk")
    thief.cookies.load(device)
    answers = [thief.post("/login/", {"name": amal.name, "passphrase": WRONG}).status_code for _ in range(10)]
    assert answers[-1] == 429
    assert amal.name not in str(device)


def test_who_is_second_with_one_invitation_reads_that_it_was_used(
    riverside: Organisation, amal: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W5: four open one link and send it in the same moment; three got a 500 page."""
    secret = invitations.invite_member(organisation=riverside, role=Role.MEMBER, by=amal)
    address = f"/come-in/{secret}/"
    form = {"passphrase": "nine owls count the rain", "again": "nine owls count the rain"}
    doors = [DoorClient("desk") for _ in range(4)]
    assert [door.get(address).status_code for door in doors] == [200] * 4
    accept, answers = invitations.accept_invitation, list[Any]()

    def after_the_others(*given: Any, **named: Any) -> Account:
        """Let the next browser go first, once this one has been found to hold a good link."""
        if len(answers) < 3 and doors:
            number, door = len(doors), doors.pop()
            answers.append(door.post(address, form | {"name": f"Noor {number}"}))
        return accept(*given, **named)

    monkeypatch.setattr(invitations, "accept_invitation", after_the_others)
    answers.append(doors.pop().post(address, form | {"name": "Noor"}))
    assert sorted(answer.status_code for answer in answers) == [302, 404, 404, 404]
    assert all(shows(answer, "link-used") for answer in answers if answer.status_code == 404)
    assert Account.objects.filter(name__startswith="Noor").count() == 1


def test_a_hall_of_three_hundred_signs_up_behind_one_address() -> None:
    """W4: refused after 240; a hall of a thousand comes in, and whoever must wait reads how long."""
    hall = rate_limits.sign_ups.limiter
    assert all(hall.take("the hall") is None for _ in range(1_000))
    assert all(rate_limits.words.limiter.take("the hall") is None for _ in range(300))
    waits = [hall.take("the hall") for _ in range(300)]
    assert [wait.minutes for wait in waits if wait is not None] == [1] * 100
