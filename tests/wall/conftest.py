"""The house in which everything that is optional is there, so that every address has something to answer."""

from pathlib import Path
from typing import Any

import pytest

from massline.square.conversations.read_aloud import speech_synthesis
from tests.square.conversations.speaking_program import write_program


@pytest.fixture(autouse=True)
def _whole_house(settings: Any, tmp_path: Path) -> Any:
    settings.SECURITY_CONTACT = "safety@riverside.example"
    settings.READ_ALOUD = str(write_program(tmp_path / "speaker.py"))
    speech_synthesis.forget()
    yield
    speech_synthesis.forget()
