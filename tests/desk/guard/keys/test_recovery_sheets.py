"""Words on paper bring a key back; fewer, mixed or mistyped words never do."""

import pytest
import shamir_mnemonic

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
    sealed = recovery_sheets.seal_to(sheets.public, SECRET)
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
    sealed = recovery_sheets.seal_to(one.public, SECRET)
    with pytest.raises(RecoveryRefused, match="not sealed for these sheets"):
        recovery_sheets.open_sealed(sealed, recovery_sheets.join_sheets(other.words[:2]))


def test_the_handover_opens_with_its_phrase_alone() -> None:
    text, phrase = recovery_sheets.hand_over(SECRET)
    assert recovery_sheets.take_over(f"  {text[:40]}\n{text[40:]} ", phrase.upper()) == SECRET
    with pytest.raises(RecoveryRefused, match="does not open this text"):
        recovery_sheets.take_over(text, "academic acid acne acquire acrobat activity actress adapt")


def test_a_text_cut_on_the_way_is_noticed() -> None:
    text, phrase = recovery_sheets.hand_over(SECRET)
    for cut in (text[:-3], text.replace(text[30], "a" if text[30] != "a" else "b", 1), text.split(":")[1]):
        with pytest.raises(RecoveryRefused):
            recovery_sheets.take_over(cut, phrase)


def test_the_proof_is_read_out_by_the_sheets() -> None:
    sheets = recovery_sheets.make_sheets(need=2, of=3)
    inside, answer = recovery_sheets.challenge()
    opened = recovery_sheets.open_sealed(
        recovery_sheets.seal_to(sheets.public, inside), recovery_sheets.join_sheets(sheets.words[1:])
    )
    assert recovery_sheets.read_answer(opened) == answer
