"""Statements are read aloud where a program for it is installed; without it nothing on the page changes."""

import io
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from massline.square.conversations.models import Conversation, Statement
from massline.square.conversations.read_aloud import speech_synthesis
from massline.square.conversations.read_aloud.speech_synthesis import Unspoken, find_voice, shrink, speak
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.conversations.speaking_program import write_program


@pytest.fixture
def program(tmp_path: Path, settings: Any) -> Iterator[Path]:
    path = write_program(tmp_path / "speaker.py")
    settings.READ_ALOUD = str(path)
    speech_synthesis.forget()
    yield path
    speech_synthesis.forget()


def address(conversation: Conversation, number: int) -> str:
    return f"/{conversation.organisation.slug}/c/{conversation.slug}/aloud/{number}.wav"


def test_a_shown_statement_has_a_player_and_a_small_file(
    nobody: DoorClient, talk: Conversation, program: Path
) -> None:
    page = nobody.get(talk.get_absolute_url())
    assert shows(page, "read-aloud")
    assert b"<script" not in page.content
    assert "media-src 'self'" in page.headers["Content-Security-Policy"]
    statement = talk.statements.shown().first()
    assert statement is not None
    spoken = nobody.get(address(talk, statement.number))
    assert spoken.headers["Content-Type"] == "audio/wav"
    assert "max-age=86400" in spoken.headers["Cache-Control"]
    assert not spoken.cookies
    with wave.open(io.BytesIO(spoken.content)) as sound:
        assert (sound.getframerate(), sound.getsampwidth(), sound.getnframes()) == (11025, 1, 11025)
    assert len(spoken.content) < 12_000
    nobody.get(address(talk, statement.number))
    heard = program.with_suffix(".heard").read_text().splitlines()
    assert heard[0] == statement.text
    assert statement.text not in heard[1], "words stand in no list of processes"
    assert len(heard) == 2, "spoken once, then remembered"


def test_nothing_is_said_of_what_is_not_shown_or_not_spoken(
    nobody: DoorClient, talk: Conversation, program: Path
) -> None:
    statement = talk.statements.shown().first()
    assert statement is not None
    Statement.objects.filter(pk=statement.pk).update(state="held")
    assert nobody.get(address(talk, statement.number)).status_code == 404
    Statement.objects.filter(pk=statement.pk).update(state="shown", language="ckb")
    assert nobody.get(address(talk, statement.number)).status_code == 404
    assert (find_voice("es-MX"), find_voice("ckb"), find_voice("")) == ("es", "", "")


def test_who_may_not_read_a_statement_may_not_hear_it(
    nobody: DoorClient, talk: Conversation, program: Path
) -> None:
    statement = talk.statements.shown().first()
    assert statement is not None
    assert "public" in nobody.get(address(talk, statement.number)).headers["Cache-Control"]
    talk.open_to_all = False
    talk.results = "after_close"
    talk.save()
    assert not talk.shows_results()
    assert nobody.get(address(talk, statement.number)).status_code == 404


def test_what_is_remembered_waits_for_nobody(program: Path) -> None:
    spoken = speak("Cold.", "en")
    with speech_synthesis.AT_ONCE, speech_synthesis.AT_ONCE:
        assert speak("Cold.", "en") == spoken
        with pytest.raises(Unspoken):
            speak("Heat.", "en")
    assert speak("Heat.", "en")


def test_without_the_program_the_page_is_as_it_was(
    nobody: DoorClient, talk: Conversation, program: Path
) -> None:
    program.unlink()
    assert not shows(nobody.get(talk.get_absolute_url()), "read-aloud")


def test_a_program_that_fails_is_no_broken_page(
    nobody: DoorClient, talk: Conversation, program: Path
) -> None:
    assert find_voice("en") == "en"
    program.write_text("#!/bin/sh\nexit 1\n")
    statement = talk.statements.shown().first()
    assert statement is not None
    answer = nobody.get(address(talk, statement.number))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (503, "no-store")
    with pytest.raises(Unspoken):
        speak("Cold.", "en")
    with pytest.raises(Unspoken):
        shrink(b"no wave")
