"""A group of child processes that start and stop together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import FrameType

GRACE_SECONDS = 5.0


@dataclass
class ChildProcess:
    name: str
    process: "subprocess.Popen[bytes]"


@dataclass
class ProcessGroup:
    """Start processes, wait until one of them ends or a signal arrives, and stop them all.

    Each has its own session, so that Ctrl-C reaches it through the group alone, and a standard input that closes
    with the parent, so that it ends even if the parent is killed.
    """

    members: list[ChildProcess] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    told_to_stop: bool = False

    def heed_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told)

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        self.told_to_stop = True
        self.ended.set()

    def start(self, name: str, arguments: list[str], environment: Mapping[str, str]) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "massline", *arguments, "--until-stdin-closes"],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.members.append(ChildProcess(name, process))
        threading.Thread(target=self._watch, args=[process], daemon=True).start()

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        process.wait()
        self.ended.set()

    def first_to_die(self) -> ChildProcess | None:
        return next((member for member in self.members if member.process.poll() is not None), None)

    def stop(self) -> None:
        """Terminate each process, wait GRACE_SECONDS for all together, then kill."""
        for member in self.members:
            _signal_group(member, signal.SIGTERM)
        last = time.monotonic() + GRACE_SECONDS
        for member in self.members:
            try:
                member.process.wait(timeout=max(0.0, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue  # it is killed below
        for member in self.members:
            _signal_group(member, signal.SIGKILL)
            member.process.wait()


def _signal_group(member: ChildProcess, number: signal.Signals) -> None:
    """Signal the process and its own children, even if the process itself has ended."""
    try:
        os.killpg(member.process.pid, number)
    except ProcessLookupError:
        return
