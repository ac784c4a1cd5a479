"""Keepers open the key with their sheets, each on their own phone; memory joins them for ten minutes at most."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import shamir_mnemonic
import time_machine
from django.utils import timezone

from massline.desk.guard.keys import joint_paper_recovery, paper_recovery, recovery_sheets
from massline.desk.guard.keys.unlock import open_by_passphrase
from massline.desk.people.models import Account, Membership, Organisation
from tests.conftest import PASSPHRASE, DoorClient, at_desk
from tests.desk.guard.sheet_sittings import make_organiser, make_sheets
from tests.parts import part, shows

OPEN = "/harbour/guard/paper/open/"


@pytest.fixture
def sheets(harbour: Organisation, dina: Account, omar: Account) -> tuple[list[str], list[str]]:
    """Sheets of a month ago, whose keepers have been here for a month."""
    made = make_sheets(dina, omar, harbour)
    Membership.objects.update(since=timezone.localdate() - timedelta(days=30))
    return made


def add(door: DoorClient, words: list[str], code: str = "") -> Any:
    typed = {"words": " ".join(words)} | ({"code": code} if code else {})
    return door.post(f"{OPEN}words/", typed, follow=True)


def test_two_keepers_open_the_key_each_on_their_own_phone(
    harbour: Organisation, dina: Account, omar: Account, sheets: tuple[list[str], list[str]]
) -> None:
    fay, gus = (make_organiser(name, harbour, dina, days_ago=20) for name in ("fay", "gus"))
    Membership.objects.filter(account=dina).update(role=2)
    first, second = at_desk(fay), at_desk(gus)
    waiting = add(first, sheets[0])
    assert shows(waiting, "sheets-left", 1)
    assert shows(second.get(OPEN), "someone-waits", "fay")
    assert shows(add(second, sheets[1], part(waiting, "join-code")), "key-taken-back")
    for account in (fay, gus):
        assert Membership.objects.get(account=account).role == 3
        assert open_by_passphrase(account, harbour, PASSPHRASE) is not None
    with joint_paper_recovery.OPENING.at(harbour.pk) as sitting:
        assert sitting is None


def test_one_sheet_or_one_person_opens_nothing(
    harbour: Organisation, dina: Account, omar: Account, sheets: tuple[list[str], list[str]]
) -> None:
    fay, gus = (make_organiser(name, harbour, dina, days_ago=20) for name in ("fay", "gus"))
    first, second = at_desk(fay), at_desk(gus)
    code = part(add(first, sheets[0]), "join-code")
    assert shows(add(second, sheets[0], code), "same-sheet")
    assert shows(add(first, sheets[1], code), "same-person")
    assert shows(add(second, sheets[1], "999 999" if code != "999 999" else "1"), "wrong-join-code")
    assert Membership.objects.get(account=fay).role == 2


def test_newcomers_of_one_circle_wait_before_they_open(
    harbour: Organisation, dina: Account, sheets: tuple[list[str], list[str]]
) -> None:
    fay = make_organiser("fay", harbour, dina, days_ago=30)
    gus = make_organiser("gus", harbour, fay)
    code = part(add(at_desk(fay), sheets[0]), "join-code")
    assert shows(add(at_desk(gus), sheets[1], code), "too-new")
    assert Membership.objects.get(account=gus).role == 2
    with time_machine.travel(timezone.localdate() + timedelta(days=15)):
        doors = at_desk(fay), at_desk(gus)
        code = part(add(doors[0], sheets[0]), "join-code")
        assert shows(add(doors[1], sheets[1], code), "key-taken-back")


def test_sheets_of_another_house_are_told_apart(
    harbour: Organisation, dina: Account, sheets: tuple[list[str], list[str]]
) -> None:
    fay = at_desk(make_organiser("fay", harbour, dina, days_ago=20))
    other = recovery_sheets.make_short_sheets(2).words
    assert shows(add(fay, other[0].split()), "other-set")
    assert shows(add(fay, ["harbour", *sheets[0][1:]]), "unknown-word", 1)
    assert shows(add(fay, sheets[0][:-1]), "wrong-checksum")
    assert shows(fay.get(OPEN), "add-words")


def test_guesses_at_sheets_are_limited(
    harbour: Organisation, dina: Account, sheets: tuple[list[str], list[str]]
) -> None:
    fay = at_desk(make_organiser("fay", harbour, dina, days_ago=20))
    for _ in range(8):
        assert shows(add(fay, sheets[0][:-1]), "wrong-checksum")
    assert add(fay, sheets[0]).status_code == 429


def test_words_that_were_used_are_gone_and_an_opening_ends_by_itself(
    harbour: Organisation, dina: Account, sheets: tuple[list[str], list[str]]
) -> None:
    fay = make_organiser("fay", harbour, dina, days_ago=20)
    door = at_desk(fay)
    add(door, sheets[0])
    with joint_paper_recovery.OPENING.at(harbour.pk) as sitting:
        assert sitting is not None
        held = sitting.seats[fay.pk].words
        sitting.ends = 0
    assert not shows(door.get(OPEN), "sheets-left")
    assert not held


def test_sheets_made_off_line_open_at_the_desk_too(harbour: Organisation, dina: Account) -> None:
    vault = open_by_passphrase(dina, harbour, PASSPHRASE)
    assert vault is not None
    made = recovery_sheets.make_sheets(need=3, of=5)
    paper_recovery.set_up_paper_recovery(harbour, public=made.public, vault=vault, by=dina)
    doors = [at_desk(make_organiser(name, harbour, dina, days_ago=20)) for name in ("fay", "gus", "hal")]
    code = part(add(doors[0], made.words[4].split()), "join-code")
    assert shows(add(doors[1], made.words[1].split(), code), "sheets-left", 1)
    assert shows(add(doors[2], made.words[2].split(), code), "key-taken-back")


def test_a_sheet_that_asks_for_years_of_work_counts_as_a_wrong_one(
    harbour: Organisation, dina: Account
) -> None:
    vault = open_by_passphrase(dina, harbour, PASSPHRASE)
    assert vault is not None
    made = recovery_sheets.make_sheets(need=2, of=3)
    paper_recovery.set_up_paper_recovery(harbour, public=made.public, vault=vault, by=dina)
    share = shamir_mnemonic.Share.from_mnemonic(made.words[0])
    heavy = replace(share, iteration_exponent=15).mnemonic()
    assert shows(add(at_desk(make_organiser("fay", harbour, dina)), heavy.split()), "wrong-checksum")


def test_nobody_else_ends_an_opening_that_goes_on(
    harbour: Organisation, dina: Account, sheets: tuple[list[str], list[str]]
) -> None:
    fay, gus = (make_organiser(name, harbour, dina, days_ago=20) for name in ("fay", "gus"))
    add(at_desk(fay), sheets[0])
    assert shows(add(at_desk(gus), sheets[1]), "started-already")
    assert joint_paper_recovery.is_recovery_waiting(harbour, fay)
    with joint_paper_recovery.OPENING.at(harbour.pk) as sitting:
        assert sitting is not None
        sitting.ends = 0
    assert shows(add(at_desk(gus), sheets[1]), "sheets-left", 1)


def test_sheets_are_joined_while_other_organisations_go_on(
    harbour: Organisation,
    dina: Account,
    sheets: tuple[list[str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fay, gus = (make_organiser(name, harbour, dina, days_ago=20) for name in ("fay", "gus"))
    free = []
    join = recovery_sheets.join_sheets

    def look(words: list[str]) -> bytes:
        other = threading.Thread(
            target=lambda: free.append(joint_paper_recovery.is_recovery_waiting(harbour, fay))
        )
        other.start()
        other.join(timeout=5)
        assert free == [False]
        return join(words)

    monkeypatch.setattr(recovery_sheets, "join_sheets", look)
    code = part(add(at_desk(fay), sheets[0]), "join-code")
    assert shows(add(at_desk(gus), sheets[1], code), "key-taken-back")
