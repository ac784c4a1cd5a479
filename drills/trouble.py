"""A disk that is full, read-only, slow or failing, and a clock that is a day wrong: while people write at both doors.

python -m drills.trouble runs it in this process's own house, whose disk is a small file system in memory.
Failing and slow system calls are made by strace, attached to the running doors and taken away again.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from drills.isolated_run import apart, give
from drills.result import Result
from massline.cli.bootstrap import open_house

if TYPE_CHECKING:
    from drills.doors import Door
    from drills.ledger import Ledger
    from drills.stage import Stage

SPACE = "24m"
LONG, SHORT = 200, 20
PATIENCE_STEPS = 4000
SLOWEST = 300.0  # seconds for all of them: a slow disk is slow
# SQLite writes with pwrite64 and syncs with fdatasync or fsync.
SLOW = "inject=fdatasync,fsync:delay_enter=300ms"
FAILING = "inject=pwrite64,fdatasync,fsync:error=EIO:when=3+7"
Faults = Callable[[list["Door"]], Iterator[None]]


def run(short: bool) -> list[Result]:
    return apart("drills.trouble", SHORT if short else LONG, own_mounts=True)


def inside(refusals: int, few: int = 0) -> list[Result]:
    """All of them, or the first few: those that need no strace."""
    disk = Path(os.environ["MASSLINE_DATA"])
    refused, taken = "forms not taken", "forms taken"
    with mounted(disk):
        open_house("desk")
        from drills import stage

        built = stage.build()
        events: list[tuple[str, str, Faults | None, float]] = [
            ("disk full", refused, full(disk), 0.0),
            ("read-only file system", refused, read_only(disk), 0.0),
            ("clock a day ahead", taken, None, 1.0),
            ("clock a day behind", taken, None, -1.0),
            ("clock right again", taken, None, 0.0),
            ("failing disk (every seventh write or sync says EIO)", refused, traced(FAILING), 0.0),
            ("slow disk (0.3 s more for each sync)", taken, traced(SLOW), 0.0),
        ]
        return [
            suffer(built, name, until, refusals, fault, days=days)
            for name, until, fault, days in events[: few or None]
        ]


@contextmanager
def mounted(folder: Path) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SPACE},mode=700", "massline", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def full(disk: Path) -> Faults:
    def fault(_doors: list["Door"]) -> Iterator[None]:
        ballast = disk / "ballast"
        with ballast.open("wb") as out:
            free = os.statvfs(disk)
            os.posix_fallocate(out.fileno(), 0, free.f_bavail * free.f_frsize)
        yield
        ballast.unlink()

    return fault


def read_only(disk: Path) -> Faults:
    """The kernel refuses while a file is open for writing, so it is asked until it is not."""

    def fault(_doors: list["Door"]) -> Iterator[None]:
        pause = threading.Event()
        for _ in range(PATIENCE_STEPS):
            if subprocess.run(["mount", "-o", "remount,ro", disk], capture_output=True).returncode == 0:
                break
            pause.wait(0.005)
        else:
            raise AssertionError("The file system could not be made read-only.")
        yield
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)

    return fault


def traced(inject: str) -> Faults:
    """Let strace stand between the doors and the kernel, for the files of the databases' disk."""

    def fault(doors: list["Door"]) -> Iterator[None]:
        tracers = [
            subprocess.Popen(
                ["strace", "-f", "-qq", "-o", os.devnull, "-e", inject, "-p", str(process)],
                stderr=subprocess.DEVNULL,
            )
            for door in doors
            for process in door.processes()
        ]
        yield
        for tracer in tracers:
            assert tracer.poll() is None, "strace could not stay between a door and the kernel."
            tracer.terminate()
            tracer.wait()

    return fault


def suffer(
    built: "Stage", name: str, until: str, count: int, fault: Faults | None = None, *, days: float = 0.0
) -> Result:
    """Write, let it happen, go on writing until so many forms were taken or not taken, end it, write again, and look."""
    from drills.doors import both_doors
    from drills.integrity_check import Found, look_closely
    from drills.ledger import Ledger
    from drills.people import busy

    ledger, found = Ledger(), Found()
    with ExitStack() as doors:
        square, desk = doors.enter_context(both_doors(days=days))
        people = built.people(square.port, desk.port, ledger)
        with busy(people):
            ledger.wait_for(count // 2)
        for _ in fault([square, desk]) if fault else [None]:
            with busy(people):
                if until == "forms taken":
                    ledger.wait_for(count, patience=SLOWEST)
                else:
                    ledger.wait_for_refusals(count, patience=SLOWEST)
        before = len(ledger.deeds())
        print(f"  {name}: {dict(ledger.answers)}", file=sys.stderr, flush=True)
        with busy(people):  # the same doors, without a restart
            ledger.wait_for(count // 2)
        look_closely(ledger.deeds(), found, built.private_key)
    return bar(name, ledger, found, len(ledger.deeds()) - before)


def bar(name: str, ledger: "Ledger", found: object, healed: int) -> Result:
    from drills.integrity_check import Found

    assert isinstance(found, Found)
    bad = sorted(found.half | found.broken | found.doubled)
    statuses = ", ".join(f"{n:,} × {status}" for status, n in sorted(ledger.answers.items()))
    return Result(
        name,
        "no 500, nothing acknowledged lost, what was typed stands on the page, heals without a restart",
        f"{ledger.answers[500]} × 500, {len(found.lost)} of {len(ledger.deeds()):,} lost, "
        f"{ledger.pages_kept:,} of {ledger.pages_kept + ledger.pages_emptied:,} refusals kept what was typed, {healed} taken after",
        not (found.lost or bad or ledger.strange) and healed > 0,
        "; ".join([statuses, *sorted(found.lost)[:3], *bad[:3], *ledger.strange[:5]]),
    )


if __name__ == "__main__":
    give(inside)
