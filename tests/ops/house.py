"""A whole house in a folder of its own: started, looked at and stopped as a person would."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.request import urlopen

PATIENCE = 300
OURS = ("MASSLINE_", "DJANGO_SETTINGS_MODULE")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Ours without any setting of ours, and the folder."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return clean | {"MASSLINE_DATA": str(folder)} | more


def free_ports() -> tuple[int, int]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        return one.getsockname()[1], other.getsockname()[1]


def run(*arguments: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "massline", *arguments],
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


@dataclass
class House:
    process: "subprocess.Popen[str]"
    folder: Path
    square: int
    desk: int
    said: list[str] = field(default_factory=list)

    def page(self, port: int, path: str = "/") -> str:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
            text: str = answer.read().decode()
        return text

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def started(folder: Path, *options: str, **settings: str) -> Iterator[House]:
    """`massline up`, once both doors answer; whatever a test left running is ended after it."""
    square, desk = free_ports()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "massline",
            "up",
            *options,
            "--square-port",
            str(square),
            "--desk-port",
            str(desk),
        ],
        env=environment(folder, PYTHONUNBUFFERED="1", **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    house = House(process, folder, square, desk)
    assert process.stdout is not None
    try:
        for line in _lines(process.stdout):
            house.said.append(line.rstrip("\n"))
            if "Ctrl-C" in line:
                break
        else:
            raise AssertionError("The house did not open: " + "\n".join(house.said))
        yield house
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE)
        process.stdout.close()


def _lines(stream: IO[str]) -> Iterator[str]:
    """Lines as they come; a house that says nothing for too long ends the test."""
    waiting: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in stream:
            waiting.put(line)
            if "Ctrl-C" in line:
                return
        waiting.put("")

    threading.Thread(target=read, daemon=True).start()
    while line := waiting.get(timeout=PATIENCE):
        yield line


def wait_for_processes(folder: Path, least: int) -> None:
    """Wait until so many processes keep their data in this folder."""
    until = time.monotonic() + PATIENCE
    while len(living(folder)) < least:
        assert time.monotonic() < until, living(folder)
        time.sleep(0.1)


def living(folder: Path) -> dict[int, str]:
    """Every process on this machine that keeps its data in this folder, with its command."""
    wanted = f"MASSLINE_DATA={folder}".encode()
    found = {}
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            try:
                if wanted in (process / "environ").read_bytes().split(b"\0"):
                    found[int(process.name)] = (
                        (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    )
            except OSError:
                continue  # it ended while we looked, or is not ours
    return found
