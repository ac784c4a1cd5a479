"""Somebody carries the disk away. Nothing on it names a person who trusted us, and what would is found."""

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest

from tests.ops.house import PATIENCE, environment, run


@dataclass(frozen=True)
class Seized:
    """Everything that was written, and every string that must not be in it."""

    folder: Path
    env: dict[str, str]
    forbidden: dict[str, str]


@pytest.fixture(scope="module")
def seized(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seized]:
    """The disk of a house that is running: databases, their journals, logs, static and temporary files, a backup."""
    root = tmp_path_factory.mktemp("disk")
    for name in ("temp", "logs"):
        (root / name).mkdir()
    env = environment(root / "data", TMPDIR=str(root / "temp"), MASSLINE_LOG="DEBUG")
    with open(root / "logs" / "house.log", "wb") as log:
        story = subprocess.Popen(
            [sys.executable, "-m", "tests.wall.seizure_story", str(root)],
            env=env,
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        assert story.stdout is not None
        said = story.stdout.readline()
        assert said, (root / "logs" / "house.log").read_text()[-5000:]
        readers = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(2)]
        words = [word for one in readers for word in ("--recipient", one)]
        done = run("backup", "--to", str(root / "backups"), *words, env=env)
        assert done.returncode == 0, done.stderr
        yield Seized(root, env, json.loads(said))
        story.communicate(timeout=PATIENCE)
    assert story.returncode == 0


def traces(text: str) -> Iterator[bytes]:
    """How a string may lie on a disk: as letters, wide letters, hex, or base64 at any offset."""
    for plain in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
        yield plain
        yield plain.hex().encode()
        yield plain.hex().upper().encode()
        for shift in range(3):
            padded = base64.b64encode(b"\0" * shift + plain)
            whole = padded[(0, 2, 3)[shift] : len(padded) // 4 * 4 - 4]
            yield whole
            yield whole.translate(bytes.maketrans(b"+/", b"-_"))


def grep(folder: Path, forbidden: dict[str, str]) -> set[tuple[str, str]]:
    """Which string is in which file."""
    wanted = [(what, trace) for what, text in forbidden.items() for trace in set(traces(text))]
    found = set()
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            found |= {(what, str(file.relative_to(folder))) for what, trace in wanted if trace in content}
    return found


def test_not_one_byte_on_the_disk_names_a_person_or_opens_a_lock(seized: Seized) -> None:
    assert len(seized.forbidden) > 35
    assert grep(seized.folder, seized.forbidden) == set()


def test_everything_that_should_be_searched_was_there(seized: Seized) -> None:
    there = {str(file.relative_to(seized.folder)) for file in seized.folder.rglob("*") if file.is_file()}
    for name in ("square.sqlite3", "desk.sqlite3", "square.sqlite3-wal", "desk.sqlite3-wal"):
        assert f"data/{name}" in there
        assert (seized.folder / "data" / name).stat().st_size > 0
    assert {"data/desk.sqlite3-shm", "data/static/.collected", "logs/house.log"} <= there
    assert sum(name.endswith(".age") for name in there) == 2
    assert sum(name.startswith("data/courier/") for name in there) >= 12
    assert not [name for name in there if (seized.folder / name).read_bytes().startswith(b"%PDF")]
    log = (seized.folder / "logs" / "house.log").read_text()
    assert "Job story.fail failed: ValueError" in log
    assert "/come-in/…/" in log
    assert "/manage/…/cancel/" in log


@pytest.mark.parametrize("number", range(18))
def test_the_search_finds_what_is_planted_however_it_is_written(
    seized: Seized, tmp_path: Path, number: int
) -> None:
    for what, text in seized.forbidden.items():
        marks = list(traces(text))
        (tmp_path / "planted").write_bytes(b"before" + marks[number % len(marks)] + b"after")
        assert (what, "planted") in grep(tmp_path, {what: text})
