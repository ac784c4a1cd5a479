"""Words on paper bring a key back; fewer, mixed or mistyped words never do."""

import os
import subprocess
import sys
from itertools import combinations

import pytest
import shamir_mnemonic
from nacl.public import PrivateKey

from massline.desk.guard.keys import recovery_sheets
from massline.desk.guard.keys.recovery_sheets import RecoveryRefused

SECRET = bytes(range(32))


@pytest.fixture(autouse=True)
def _little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery_sheets, "MEMORY_KIB", 64)


@pytest.mark.parametrize(("need", "of"), [(2, 3), (3, 5)])
def test_enough_sheets_in_any_order_open_what_was_sealed(need: int, of: int) -> None:
    sheets = recovery_sheets.make_sheets(need=need, of=of)
    assert len(sheets.words) == of
    sealed = recovery_sheets.seal_to_sheets(sheets.public, SECRET)
    for chosen in (sheets.words[:need], tuple(reversed(sheets.words))[:need]):
        assert recovery_sheets.open_sealed(sealed, recovery_sheets.join_sheets(chosen)) == SECRET


def test_two_sheets_of_three_needed_never_open() -> None:
    sheets = recovery_sheets.make_sheets(need=3, of=5)
    with pytest.raises(RecoveryRefused, match="3 different sheets are needed, 2 were given"):
        recovery_sheets.join_sheets(sheets.words[:2])
    with pytest.raises(RecoveryRefused, match="3 different sheets are needed, 1 were given"):
        recovery_sheets.join_sheets([sheets.words[0]] * 3)


def test_a_word_not_on_the_list_is_named() -> None:
    sheets = recovery_sheets.make_sheets(need=2, of=3)
    words = sheets.words[0].split()
    words[4] = "solidarity"
    with pytest.raises(RecoveryRefused, match="Sheet 1, word 5: “solidarity”"):
        recovery_sheets.join_sheets([" ".join(words), sheets.words[1]])


def test_a_mistaken_word_is_noticed() -> None:
    sheets = recovery_sheets.make_sheets(need=2, of=3)
    words = sheets.words[1].split()
    words[10] = next(word for word in shamir_mnemonic.wordlist.WORDLIST if word != words[10])
    with pytest.raises(RecoveryRefused, match="Sheet 2 has a wrong or missing word"):
        recovery_sheets.join_sheets([sheets.words[0], " ".join(words)])


def test_sheets_of_two_sets_do_not_mix() -> None:
    one, other = recovery_sheets.make_sheets(need=2, of=3), recovery_sheets.make_sheets(need=2, of=3)
    with pytest.raises(RecoveryRefused, match="do not belong together"):
        recovery_sheets.join_sheets([one.words[0], other.words[1]])


def test_sheets_of_another_set_do_not_open_ours() -> None:
    one, other = recovery_sheets.make_sheets(need=2, of=3), recovery_sheets.make_sheets(need=2, of=3)
    sealed = recovery_sheets.seal_to_sheets(one.public, SECRET)
    with pytest.raises(RecoveryRefused, match="not sealed for these sheets"):
        recovery_sheets.open_sealed(sealed, recovery_sheets.join_sheets(other.words[:2]))


def test_the_handover_opens_with_its_phrase_alone() -> None:
    text, phrase = recovery_sheets.encrypt_for_desk(SECRET)
    assert recovery_sheets.decrypt_at_desk(f"  {text[:40]}\n{text[40:]} ", phrase.upper()) == SECRET
    with pytest.raises(RecoveryRefused, match="does not open this text"):
        recovery_sheets.decrypt_at_desk(text, "academic acid acne acquire acrobat activity actress adapt")


def test_a_text_cut_on_the_way_is_noticed() -> None:
    text, phrase = recovery_sheets.encrypt_for_desk(SECRET)
    for cut in (text[:-3], text.replace(text[30], "a" if text[30] != "a" else "b", 1), text.split(":")[1]):
        with pytest.raises(RecoveryRefused):
            recovery_sheets.decrypt_at_desk(cut, phrase)


def test_the_proof_is_read_out_by_the_sheets() -> None:
    sheets = recovery_sheets.make_sheets(need=2, of=3)
    inside, answer = recovery_sheets.make_challenge()
    opened = recovery_sheets.open_sealed(
        recovery_sheets.seal_to_sheets(sheets.public, inside), recovery_sheets.join_sheets(sheets.words[1:])
    )
    assert recovery_sheets.read_answer(opened) == answer


# Test vectors of SLIP-0039, whose secrets are encrypted with the passphrase TREZOR.
OFFICIAL = [
    (
        [
            "theory painting academic academic armed sweater year military elder discuss acne wildlife boring employer "
            "fused large satoshi bundle carbon diagnose anatomy hamster leaves tracks paces beyond phantom capital "
            "marvel lips brave detect luck"
        ],
        "989baf9dcaad5b10ca33dfd8cc75e42477025dce88ae83e75a230086a0e00e92",
    ),
    (
        [
            "humidity disease academic always aluminum jewelry energy woman receiver strategy amuse duckling lying "
            "evidence network walnut tactics forget hairy rebound impulse brother survive clothes stadium mailman "
            "rival ocean reward venture always armed unwrap",
            "humidity disease academic agency actress jacket gross physics cylinder solution fake mortgage benefit "
            "public busy prepare sharp friar change work slow purchase ruler again tricycle involve viral wireless "
            "mixture anatomy desert cargo upgrade",
        ],
        "c938b319067687e990e05e0da0ecce1278f75ff58d9853f19dcaeed5de104aae",
    ),
    (
        [
            "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short "
            "owner flip making coding armed",
            "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind craft "
            "early superior advocate guest smoking",
        ],
        "b43ceb7e57a0ea8766221624d01b0864",
    ),
]


@pytest.mark.parametrize(("words", "secret"), OFFICIAL)
def test_the_official_words_open_the_official_secrets(words: list[str], secret: str) -> None:
    assert shamir_mnemonic.combine_mnemonics(words, b"TREZOR").hex() == secret
    with pytest.raises(shamir_mnemonic.MnemonicError, match="checksum"):
        shamir_mnemonic.combine_mnemonics([words[0].rsplit(" ", 1)[0] + " academic", *words[1:]], b"TREZOR")
    with pytest.raises(shamir_mnemonic.MnemonicError):
        shamir_mnemonic.combine_mnemonics(words[1:], b"TREZOR")


@pytest.mark.parametrize(("need", "of"), [(2, 3), (3, 5)])
def test_every_choice_of_enough_sheets_gives_the_same_key_and_one_sheet_less_none(need: int, of: int) -> None:
    sheets = recovery_sheets.make_sheets(need=need, of=of)
    keys = {recovery_sheets.join_sheets(chosen) for chosen in combinations(sheets.words, need)}
    assert len(keys) == 1
    (key,) = keys
    assert (
        recovery_sheets.encode_armour("massline-recovery", bytes(PrivateKey(key).public_key)) == sheets.public
    )
    for chosen in combinations(sheets.words, need - 1):
        with pytest.raises(RecoveryRefused, match=f"{need} different sheets are needed"):
            recovery_sheets.join_sheets(chosen)


def test_a_door_never_loads_what_joins_the_sheets() -> None:
    """shamir-mnemonic does not hide how long it works on a secret: it belongs on the machine without a network."""
    script = (
        "import sys, django; django.setup(); from django.urls import get_resolver; "
        "get_resolver().url_patterns; import massline.desk.guard.keys.paper_recovery; "
        "print('shamir_mnemonic' in sys.modules)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "massline.settings", "MASSLINE_DOOR": "desk"}
    told = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=True, text=True
    )
    assert told.stdout.strip() == "False"
