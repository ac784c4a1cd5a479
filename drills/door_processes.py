"""The two doors as processes that are opened, killed and opened again."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from massline.cli.django_setup import door_environment
from massline.cli.ports import is_listening
from tests.ops.house import free_ports

PATIENCE = 60.0
RAISED = re.compile(r"^[\w.]+(?:Error|Exception|Timeout|Shutdown|\.[A-Z]\w+): .*$", re.MULTILINE)


class Door:
    """A door of a house, opened by a mother process."""

    def __init__(self, name: str, port: int, env: dict[str, str], *, days: float = 0.0) -> None:
        self.name, self.port = name, port
        # Not beside the databases: what happens to their disk must not happen to this.
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the door
        self.mother = subprocess.Popen(
            [sys.executable, "-m", "drills.fork_server", name, str(port), str(days)],
            env=door_environment(name, env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        self.process = 0
        self.slowest = 0.0

    def open(self) -> None:
        """Open, and wait until it answers; `slowest` is the longest that took, in seconds."""
        assert self.mother.stdin is not None
        assert self.mother.stdout is not None
        began = time.monotonic()
        self.mother.stdin.write("\n")
        self.mother.stdin.flush()
        born = self.mother.stdout.readline()
        if not born:
            raise AssertionError(f"The {self.name} could not be loaded: {self.said()}")
        self.process = int(born)
        self._wait_until(True)
        self.slowest = max(self.slowest, time.monotonic() - began)

    def processes(self) -> list[int]:
        """The server and those that answer."""
        with os.scandir("/proc") as found:
            alive = [int(entry.name) for entry in found if entry.name.isdigit()]
        return [process for process in alive if _group(process) == self.process]

    def said(self) -> str:
        """The end of what it wrote to its log."""
        return os.pread(self.log.fileno(), 1 << 24, 0)[-2000:].decode(errors="replace")

    def errors(self) -> Counter[str]:
        """The last line of each traceback it wrote, and how often."""
        written = os.pread(self.log.fileno(), 1 << 26, 0).decode(errors="replace")
        return Counter(line[:200] for line in RAISED.findall(written))

    def kill(self) -> None:
        """kill -9 to the server and the process that answers, at once."""
        os.killpg(self.process, signal.SIGKILL)
        self._wait_until(False)

    def _wait_until(self, open_: bool) -> None:
        pause = threading.Event()
        last = time.monotonic() + PATIENCE
        while is_listening("127.0.0.1", self.port) is not open_:
            if time.monotonic() > last:
                raise AssertionError(f"The {self.name} did not {'open' if open_ else 'close'}: {self.said()}")
            pause.wait(0.005)

    def close(self) -> None:
        assert self.mother.stdin is not None
        assert self.mother.stdout is not None
        self.mother.stdin.close()
        self.mother.wait(timeout=PATIENCE)
        self.mother.stdout.close()
        self.log.close()


@contextmanager
def open_both_doors(*, days: float = 0.0) -> Iterator[tuple[Door, Door]]:
    """Open the square and the desk of this process's installation."""
    env = dict(os.environ)
    square, desk = (
        Door(name, port, env, days=days) for name, port in zip(("square", "desk"), free_ports(), strict=True)
    )
    try:
        square.open()
        desk.open()
        yield square, desk
    finally:
        square.close()
        desk.close()


def _group(process: int) -> int:
    try:
        return os.getpgid(process)
    except ProcessLookupError:
        return 0
