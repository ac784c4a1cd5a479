"""Words, statements and answers that people had in hand and that went wrong once, brought in by the page of a round."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from massline.desk.listen.rounds.models import ListeningRound, Voice
from massline.square.conversations.models import Participant, Statement, StatementState, Vote
from tests.conftest import DoorClient
from tests.desk.listen.import_files import confirm, looked, send
from tests.parts import shows

# Each file, and of every voice in it the words, the day (none: that of bringing it in), the section and the mood.
Said = tuple[str, date | None, str | None, int | None]
VOICES: dict[str, list[Said]] = {
    "words-01-form.xlsx": [
        ("The hot water has been off since Tuesday.", date(2026, 11, 20), "Block A", None),
        ("The lift is broken again.", date(2026, 11, 21), "Block C", None),
    ],
    "words-02-phone-survey.csv": [
        ("The heating is cold", date(2026, 11, 20), "Block A", 3),
        ("Rent, and mould", date(2026, 11, 20), None, None),
    ],
    "words-04-list.txt": [
        ("The rent is too high, much too high.", None, None, None),
        ("We need heat.", None, None, None),
        ("Fix the lift.", None, None, None),
    ],
    "words-05-heading-with-commas.csv": [
        ("Heizung; seit Tagen kalt", date(2026, 11, 21), None, None),
        ("Lärm im Hof", date(2026, 11, 22), None, None),
    ],
    "words-06-mood-in-words.csv": [
        ("Die Türen müssen schließen", date(2026, 11, 20), "Block A", None),
        ("Zeile eins\nZeile zwei; mit Semikolon", date(2026, 11, 21), "Block A", 2),
    ],
    "words-09-claims-report.csv": [
        ("Rent eats half of what I earn.", None, None, None),
        ("The stairwell light is out.", None, None, None),
    ],
    "words-11-sep-line.csv": [("We want heat now", None, "Block A", None)],
}
# Each file, the statements and people it brings, and their answers.
ANSWERS = {
    "words-07-likert-de.csv": (1, 4, 4),
    "words-08-answers-wide.csv": (2, 3, 6),
    "words-10-own-statements.csv": (2, 0, 0),
    "polis-01-importance.zip": (5, 24, 100),
}


@pytest.fixture
def files(shared: Path) -> Path:
    return shared / "cases" / "files"


def _send(door: DoorClient, round_: ListeningRound, file: Path) -> Any:
    return send(door, round_, **{file.name: file.read_bytes()})


@pytest.mark.parametrize("name", VOICES)
def test_voices_come_in_as_they_were_said(
    round_: ListeningRound, bea_at: DoorClient, files: Path, today: date, name: str
) -> None:
    answer = _send(bea_at, round_, files / name)
    page = looked(bea_at, answer)
    assert shows(page, "voices-to-come", len(VOICES[name]))
    assert shows(page, "reading-note") or name != "words-06-mood-in-words.csv", "a mood that was left empty"
    confirm(bea_at, answer)
    kept = Voice.objects.order_by("pk").values_list(
        "text", "report__day", "report__section__name", "report__mood"
    )
    assert list(kept) == [(text, day or today, *beside) for text, day, *beside in VOICES[name]]


def test_a_chat_is_read_whole_and_without_names(
    round_: ListeningRound, bea_at: DoorClient, files: Path
) -> None:
    answer = _send(bea_at, round_, files / "words-03-chat-ios.txt")
    assert shows(looked(bea_at, answer), "voices-to-come", 2)
    confirm(bea_at, answer, kind="voices", column_0="words", column_1="day", asked="on")
    assert set(Voice.objects.values_list("text", "report__day")) == {
        ("The boiler is out again, has anyone else got cold water?", date(2026, 11, 21)),
        ("Yes. Block C too.\nSince this morning.", date(2026, 11, 21)),
    }


@pytest.mark.parametrize("name", ANSWERS)
def test_statements_come_in_with_their_answers_and_their_state(
    round_: ListeningRound, bea_at: DoorClient, files: Path, name: str
) -> None:
    answer = _send(bea_at, round_, files / name)
    assert shows(looked(bea_at, answer), "statements-to-come", ANSWERS[name][0])
    confirm(bea_at, answer)
    brought = Statement.objects.exclude(text="Publish the bill.")
    assert (brought.count(), Participant.objects.count(), Vote.objects.count()) == ANSWERS[name]
    hidden = brought.exclude(state=StatementState.SHOWN)
    assert list(hidden.values_list("text", "state")) == (
        [("Mr Kim in flat 4 is a thief.", StatementState.TURNED_DOWN)] if "own" in name else []
    )
    assert not Voice.objects.exists()
