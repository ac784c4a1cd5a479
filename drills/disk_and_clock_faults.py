"""A disk that is full, read-only, slow or failing, and a clock that is a day wrong: while people write at both doors.

python -m drills.disk_and_clock_faults runs it in this process's own house, whose disk is a small file system in memory.
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

from drills.isolated_run import print_results, run_isolated
from drills.result import Result
from massline.cli.django_setup import setup_django

if TYPE_CHECKING:
    from drills.acknowledgement_ledger import Ledger
    from drills.door_processes import Door
    from drills.house_fixture import Stage

SPACE = "24m"
LONG, SHORT = 200, 20
PATIENCE_STEPS = 4000
SLOWEST = 300.0  # seconds for all of them: a slow disk is slow
# SQLite writes with pwrite64 and syncs with fdatasync or fsync.
SLOW = "inject=fdatasync,fsync:delay_enter=300ms"
FAILING = "inject=pwrite64,fdatasync,fsync:error=EIO:when=3+7"
Faults = Callable[[list["Door"]], Iterator[None]]


def run(short: bool) -> list[Result]:
    return run_isolated("drills.disk_and_clock_faults", SHORT if short else LONG, own_mounts=True)


def measure(refusals: int, few: int = 0) -> list[Result]:
    """All of them, or the first few: those that need no strace."""
    disk = Path(os.environ["MASSLINE_DATA"])
    refused, taken = "forms not taken", "forms taken"
    with mount_small_disk(disk):
        setup_django("desk")
        from drills import house_fixture

        built = house_fixture.build_stage()
        events: list[tuple[str, str, Faults | None, float]] = [
            ("disk full", refused, fill_disk(disk), 0.0),
            ("read-only file system", refused, make_read_only(disk), 0.0),
            ("clock a day ahead", taken, None, 1.0),
            ("clock a day behind", taken, None, -1.0),
            ("clock right again", taken, None, 0.0),
            ("failing disk (every seventh write or sync says EIO)", refused, trace_doors(FAILING), 0.0),
            ("slow disk (0.3 s more for each sync)", taken, trace_doors(SLOW), 0.0),
        ]
        return [
            run_under_fault(built, name, until, refusals, fault, days=days)
            for name, until, fault, days in events[: few or None]
        ]


@contextmanager
def mount_small_disk(folder: Path) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SPACE},mode=700", "massline", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill_disk(disk: Path) -> Faults:
    def fault(_doors: list["Door"]) -> Iterator[None]:
        ballast = disk / "ballast"
        with ballast.open("wb") as out:
            free = os.statvfs(disk)
            os.posix_fallocate(out.fileno(), 0, free.f_bavail * free.f_frsize)
        yield
        ballast.unlink()

    return fault


def make_read_only(disk: Path) -> Faults:
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


def trace_doors(inject: str) -> Faults:
    """Run the doors under strace, which delays or fails their writes to the databases' disk."""

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


def run_under_fault(
    built: "Stage", name: str, until: str, count: int, fault: Faults | None = None, *, days: float = 0.0
) -> Result:
    """Write, let it happen, go on writing until so many forms were taken or not taken, end it, write again, and look."""
    from drills.acknowledgement_ledger import Ledger
    from drills.door_processes import open_both_doors
    from drills.integrity_check import Damage, find_hidden_damage
    from drills.simulated_writers import keep_writing

    ledger, found = Ledger(), Damage()
    with ExitStack() as doors:
        square, desk = doors.enter_context(open_both_doors(days=days))
        people = built.people(square.port, desk.port, ledger)
        with keep_writing(people):
            ledger.wait_for(count // 2)
        for _ in fault([square, desk]) if fault else [None]:
            with keep_writing(people):
                if until == "forms taken":
                    ledger.wait_for(count, patience=SLOWEST)
                else:
                    ledger.wait_for_refusals(count, patience=SLOWEST)
        before = len(ledger.deeds())
        print(f"  {name}: {dict(ledger.answers)}", file=sys.stderr, flush=True)
        with keep_writing(people):  # the same doors, without a restart
            ledger.wait_for(count // 2)
        find_hidden_damage(ledger.deeds(), found, built.private_key)
    return fault_result(name, ledger, found, len(ledger.deeds()) - before)


def fault_result(name: str, ledger: "Ledger", found: object, healed: int) -> Result:
    from drills.integrity_check import Damage

    assert isinstance(found, Damage)
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
    print_results(measure)
