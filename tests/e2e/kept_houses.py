"""Houses kept to begin from: made once for all workers of a run; a running house is brought back to one in an instant.

Starting three processes for each story took longer than the stories. Now one house a worker stays open, and each story
begins with the databases and files of a house nobody has used, or of the demonstration.
"""

import fcntl
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from tests.e2e.house import House, environment, start

DATABASES = ("square.sqlite3", "desk.sqlite3")
WAY_IN = "demo.way-in"
# What belongs to the processes that run, not to what happened in the house.
STAYS = shutil.ignore_patterns("*.sqlite3*", "*.secret", "static", "worker.alive")


class KeptHouses:
    """One folder for the whole run: an empty house, the demonstration, and what was judged of their pages."""

    def __init__(self, folder: Path) -> None:
        self.empty, self.demonstration = folder / "empty", folder / "demonstration"
        self.judged = folder / "judged"
        folder.mkdir(exist_ok=True)
        with _alone(folder / "lock"):
            if not self.demonstration.exists():
                self._make(folder / "making")

    def _make(self, making: Path) -> None:
        _prepare(self.empty, "empty")
        shutil.copytree(self.empty, making)
        _prepare(making, "demo")
        making.rename(self.demonstration)


class OpenHouse:
    """A running house that every story of a worker finds as if it had just been started for it."""

    def __init__(self, kept: KeptHouses, folder: Path, **settings: str) -> None:
        self.kept, self.untouched = kept, folder / "untouched"
        shutil.copytree(kept.empty, folder / "data")
        self.house = start(folder / "data", "--empty", **settings)
        self.untouched.mkdir()
        bring(self.house.data, self.untouched)

    def empty(self) -> House:
        """A house nobody has used yet, with the way in it printed."""
        bring(self.untouched, self.house.data)
        return self.house

    def demonstration(self) -> House:
        """The house of the demonstration, with the way in that its first start would print."""
        bring(self.kept.demonstration, self.house.data)
        secret = (self.kept.demonstration / WAY_IN).read_text()
        return replace(self.house, way_in=f"{self.house.desk}/come-in/{secret}/")


def bring(source: Path, target: Path) -> None:
    """Bring the rows of one house into another, which may be running, then its files."""
    for name in DATABASES:
        with closing(sqlite3.connect(source / name)) as kept, closing(sqlite3.connect(target / name)) as live:
            kept.backup(live)
    shutil.copytree(source, target, ignore=STAYS, dirs_exist_ok=True)


def _prepare(data: Path, what: str) -> None:
    """Make a house in a process of its own, without opening its doors."""
    subprocess.run(
        [sys.executable, "-m", "tests.e2e.prepared_house", what],
        env=environment(data),
        check=True,
        stdout=subprocess.DEVNULL,
    )


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Let one worker at a time go on."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
