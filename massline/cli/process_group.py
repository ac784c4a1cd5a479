"""Several processes that live and die together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import FrameType

PATIENCE_SECONDS = 5.0


@dataclass
class Member:
    name: str
    process: "subprocess.Popen[bytes]"


@dataclass
class Family:
    """Start processes, wait until told to stop or one of them ends, and leave none behind.

    Each gets a session of its own, so that Ctrl-C reaches it through us alone, and a standard input that
    closes when we are gone, so that it ends even where we were killed.
    """

    members: list[Member] = field(default_factory=list)
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
        self.members.append(Member(name, process))
        threading.Thread(target=self._watch, args=[process], daemon=True).start()

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        process.wait()
        self.ended.set()

    def first_to_die(self) -> Member | None:
        return next((member for member in self.members if member.process.poll() is not None), None)

    def stop(self) -> None:
        """Ask each to stop, wait a few seconds for all together, then insist."""
        for member in self.members:
            _signal_group(member, signal.SIGTERM)
        last = time.monotonic() + PATIENCE_SECONDS
        for member in self.members:
            try:
                member.process.wait(timeout=max(0.0, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue  # the others may still end by themselves; this one is made to, below
        for member in self.members:
            _signal_group(member, signal.SIGKILL)
            member.process.wait()


def _signal_group(member: Member, number: signal.Signals) -> None:
    """Reach the process and those it started, also where it is gone and they are not."""
    try:
        os.killpg(member.process.pid, number)
    except ProcessLookupError:
        return
