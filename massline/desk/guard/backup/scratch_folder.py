"""Where unencrypted copies lie while a backup is made or tried: in memory if they are small, else on a disk with room."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from massline.desk.guard.backup.archive import BackupProblem

MEMORY = Path("/dev/shm")
SHARE = 4
MEGABYTE = 10**6


def choose_scratch_folder(needed: int, disks: Sequence[Path]) -> Path:
    """Memory if the copies take less than a quarter of what is free there and for this process, else a disk with room.

    Raises BackupProblem where no place has room, before anything is written.
    """
    if has_memory_for(needed):
        return MEMORY
    places = list(dict.fromkeys([*disks, Path(tempfile.gettempdir())]))
    for place in places:
        if os.access(place, os.W_OK) and shutil.disk_usage(place).free > needed:
            return place
    raise BackupProblem(
        f"The copies take up to {needed / MEGABYTE:,.0f} MB for a while, and neither memory nor "
        f"{' nor '.join(map(str, places))} has room for them. Nothing was written; free some space."
    )


def has_memory_for(needed: int) -> bool:
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        return False
    free = shutil.disk_usage(MEMORY).free
    return SHARE * needed < min([free, *_limits()])


def _limits() -> list[int]:
    """What is left of this machine's memory and of what a service is allowed; files in memory count to both."""
    limits = []
    about = Path("/proc/meminfo")
    if about.is_file():
        kilobytes = dict(line.split(":", 1) for line in about.read_text().splitlines())
        limits.append(1024 * int(kilobytes["MemAvailable"].split()[0]))
    group = own_control_group()
    if group is not None:
        most, used = (group / name for name in ("memory.max", "memory.current"))
        if most.is_file() and most.read_text().strip() != "max":
            limits.append(int(most.read_text()) - int(used.read_text()))
    return limits


def own_control_group() -> Path | None:
    """The folder in which the kernel says what this process may use; None where it has only the older kind."""
    about = Path("/proc/self/cgroup")
    lines = about.read_text().splitlines() if about.is_file() else []
    unified = next((line.partition("::")[2] for line in lines if line.startswith("0::")), None)
    return Path("/sys/fs/cgroup") / unified.lstrip("/") if unified else None
