"""A real house for the browser to walk through: both doors and the worker, started by the command people use."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue

PATIENCE_SECONDS = 120


@dataclass
class House:
    """A running `massline up`: its two addresses, the way in it printed, its folder and its process."""

    square: str
    desk: str
    way_in: str
    data: Path
    process: subprocess.Popen[str]

    def close(self) -> int:
        """Press Ctrl-C and give the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(data: Path, *options: str, **settings: str) -> House:
    """Run the command and wait until it says that everything is kept; its words are shown where it does not."""
    square, desk = free_port(), free_port()
    words = [
        sys.executable,
        "-m",
        "massline",
        "up",
        *options,
        "--square-port",
        str(square),
        "--desk-port",
        str(desk),
    ]
    process = subprocess.Popen(
        words,
        env=environment(data) | settings | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = _listen(process)
    link = re.search(r"http://\S+/come-in/\S+", said)
    assert link, f"No way in was printed:\n{said}"
    return House(f"http://localhost:{square}", f"http://localhost:{desk}", link[0], data, process)


def environment(data: Path) -> dict[str, str]:
    """This process's own, without any setting of ours but the folder."""
    known = {
        name: value for name, value in os.environ.items() if not name.startswith(("MASSLINE_", "DJANGO_"))
    }
    return known | {"MASSLINE_DATA": str(data)}


def _listen(process: subprocess.Popen[str]) -> str:
    """Read until the last line of the greeting; go on reading after it, so that the pipe never fills."""
    lines: Queue[str | None] = Queue()

    def read() -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    said = ""
    while "Everything is kept in" not in said:
        try:
            line = lines.get(timeout=PATIENCE_SECONDS)
        except Empty:
            process.kill()
            raise AssertionError(f"The house did not open in {PATIENCE_SECONDS} s:\n{said}") from None
        assert line is not None, f"The house closed by itself:\n{said}"
        said += line
    return said
