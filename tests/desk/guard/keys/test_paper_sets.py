"""Two keepers make sheets at the desk, each on their own phone: shown once, proven, and kept nowhere."""

from massline.desk.guard.keys import contact_storage_conditions, joint_sheet_creation, recovery_sheets
from massline.desk.guard.keys.key_rotation import rotate_key
from massline.desk.guard.keys.models import PaperSet, PaperSheet, RecoverySeal
from massline.desk.guard.keys.unlock import open_by_passphrase
from massline.desk.people.models import Account, Organisation
from tests.conftest import PASSPHRASE, at_desk, unlocked
from tests.desk.guard.sheet_sittings import (
    TOGETHER,
    asked_places,
    make_organiser,
    make_sheets,
    prove,
    see_words,
    sit_down,
    start_sitting,
)
from tests.parts import shows

OPEN = "/harbour/guard/paper/open/"


def test_two_keepers_make_sheets_and_prove_three_words_each(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    first, second = sit_down(dina, omar, harbour)
    hers, his = see_words(first), see_words(second)
    assert (len(hers), len(his)) == (20, 20)
    assert hers != his
    assert len(asked_places(first)) == 3
    assert shows(prove(first, hers), "sheet-proven")
    assert RecoverySeal.objects.count() == 0
    for page in ("/harbour/guard/", "/harbour/", "/harbour/guard/paper/"):
        told = first.get(page).content.decode()
        assert shows(told, "first-open" if page == "/harbour/" else "sheets", "dina", "omar"), page
    assert shows(prove(second, his), "sheets-proven")
    seal = RecoverySeal.objects.get()
    assert seal.proven_on is not None
    opened = recovery_sheets.open_sealed(
        bytes(seal.sealed), recovery_sheets.join_sheets([" ".join(his), " ".join(hers)])
    )
    vault = open_by_passphrase(dina, harbour, PASSPHRASE)
    assert vault is not None
    assert opened == vault.private_key
    assert [reason.missing for reason in contact_storage_conditions.missing_safeguards(harbour)] == [
        "second holder"
    ]


def test_words_are_shown_once_and_never_before_everybody_is_there(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    first = unlocked(dina, harbour)
    code = start_sitting(first)
    assert see_words(first) == []
    at_desk(omar).post(f"{TOGETHER}join/", {"code": code})
    page = first.post(f"{TOGETHER}words/")
    assert page.headers["Cache-Control"] == "no-store"
    assert shows(page, "words")
    assert see_words(first) == []
    assert see_words(first) == []


def test_a_wrong_code_lets_nobody_in_and_is_limited(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    first, second = unlocked(dina, harbour), at_desk(omar)
    code = start_sitting(first)
    wrong = "000000" if code.replace(" ", "") != "000000" else "000001"
    for _ in range(5):
        assert shows(second.post(f"{TOGETHER}join/", {"code": wrong}), "wrong-join-code")
    assert second.post(f"{TOGETHER}join/", {"code": code}).status_code == 429
    assert see_words(second) == []
    assert PaperSet.objects.count() == 0


def test_a_third_person_finds_no_seat_at_a_table_for_two(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    first, _second = sit_down(dina, omar, harbour)
    eve = at_desk(make_organiser("eve", harbour, dina))
    assert shows(eve.get(TOGETHER), "all-there")
    with joint_sheet_creation.MAKING.at(harbour.pk) as sitting:
        assert sitting is not None
        code = sitting.code
    assert shows(eve.post(f"{TOGETHER}join/", {"code": code}), "all-there")
    assert see_words(eve) == []
    assert len(see_words(first)) == 20


def test_wrong_words_prove_nothing_and_five_tries_end_it(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    first, _second = sit_down(dina, omar, harbour)
    hers = see_words(first)
    places = asked_places(first)
    wrong = {f"word_{place}": "zzzz" for place in places}
    almost = {**{f"word_{place}": hers[place - 1] for place in places}, f"word_{places[0]}": "acid acid"}
    assert shows(first.post(f"{TOGETHER}prove/", almost), "wrong-word")
    for _ in range(4):
        assert asked_places(first) == places
        first.post(f"{TOGETHER}prove/", wrong)
    assert shows(first.get(TOGETHER), "words-are-gone")
    right = {f"word_{place}": hers[place - 1] for place in places}
    first.post(f"{TOGETHER}prove/", right)
    assert PaperSheet.objects.get(account=dina).proven_on is None
    assert shows(
        first.post("/harbour/guard/paper/sheet/", {"words": " ".join(hers)}, follow=True), "sheet-proven"
    )


def test_who_was_interrupted_proves_the_whole_sheet_another_day(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    first, second = sit_down(dina, omar, harbour)
    hers, his = see_words(first), see_words(second)
    prove(first, hers)
    joint_sheet_creation.MAKING.end(harbour.pk)  # the house was restarted
    assert shows(second.get(TOGETHER), "prove-with-all")
    sheet = "/harbour/guard/paper/sheet/"
    assert shows(second.post(sheet, {"words": " ".join([*his[:4], "harbour", *his[5:]])}), "unknown-word", 5)
    swapped = [*his[:4], his[5], his[4], *his[6:]]
    assert shows(second.post(sheet, {"words": " ".join(swapped)}), "wrong-checksum")
    assert shows(second.post(sheet, {"words": " ".join(hers)}), "other-set")
    numbered = "\n".join(f"{place}. {word.upper()}" for place, word in enumerate(his, start=1))
    assert shows(second.post(sheet, {"words": numbered}, follow=True), "sheets-proven")
    assert RecoverySeal.objects.get().proven_on is not None


def test_time_ends_a_sitting_and_wipes_its_words(harbour: Organisation, dina: Account, omar: Account) -> None:
    first, second = sit_down(dina, omar, harbour)
    with joint_sheet_creation.MAKING.at(harbour.pk) as sitting:
        assert sitting is not None
        held = [seat.words for seat in sitting.seats.values()]
        sitting.ends = 0
    assert all(held)
    assert see_words(first) == see_words(second) == []
    assert not any(held)


def test_a_new_sitting_wipes_the_one_before_and_its_code(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    first, second = unlocked(dina, harbour), at_desk(omar)
    old = start_sitting(first)
    with joint_sheet_creation.MAKING.at(harbour.pk) as sitting:
        assert sitting is not None
        held = [*sitting.spare, *(seat.words for seat in sitting.seats.values())]
    new = start_sitting(first)
    assert not any(held)
    if old != new:
        assert shows(second.post(f"{TOGETHER}join/", {"code": old}), "wrong-join-code")


def test_older_sheets_stay_good_until_the_new_ones_are_proven(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    old = make_sheets(dina, omar, harbour)
    before = RecoverySeal.objects.get().public
    first, second = sit_down(dina, omar, harbour)
    new = see_words(first), see_words(second)
    prove(first, new[0])
    assert RecoverySeal.objects.get().public == before
    assert old != new
    prove(second, new[1])
    assert RecoverySeal.objects.get().public != before
    assert PaperSet.objects.count() == 1


def test_the_lock_may_change_while_sheets_are_being_proven(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    first, second = sit_down(dina, omar, harbour)
    hers, his = see_words(first), see_words(second)
    vault = open_by_passphrase(dina, harbour, PASSPHRASE)
    assert vault is not None
    fresh = rotate_key(harbour, vault=vault, by=dina)
    prove(first, hers)
    prove(second, his)
    seal = RecoverySeal.objects.get(proven_on__isnull=False)
    private = recovery_sheets.join_sheets([" ".join(hers), " ".join(his)])
    assert recovery_sheets.open_sealed(bytes(seal.sealed), private) == fresh.private_key


def test_a_changed_lock_ends_a_sitting_at_which_not_all_are_there(
    harbour: Organisation, dina: Account, omar: Account
) -> None:
    code = start_sitting(unlocked(dina, harbour))
    vault = open_by_passphrase(dina, harbour, PASSPHRASE)
    assert vault is not None
    rotate_key(harbour, vault=vault, by=dina)
    assert shows(at_desk(omar).post(f"{TOGETHER}join/", {"code": code}, follow=True), "no-sitting")
    assert PaperSet.objects.count() == 0


def test_three_keepers_need_any_two_sheets(harbour: Organisation, dina: Account, omar: Account) -> None:
    doors = [unlocked(dina, harbour), at_desk(omar), at_desk(make_organiser("eve", harbour, dina))]
    code = start_sitting(doors[0], size=3)
    for door in doors[1:]:
        assert see_words(doors[0]) == []
        door.post(f"{TOGETHER}join/", {"code": code})
    sheets = [see_words(door) for door in doors]
    for door, words in zip(doors, sheets, strict=True):
        prove(door, words)
    seal = RecoverySeal.objects.get()
    for chosen in ([0, 1], [0, 2], [1, 2]):
        private = recovery_sheets.join_sheets([" ".join(sheets[number]) for number in chosen])
        assert recovery_sheets.open_sealed(bytes(seal.sealed), private)
