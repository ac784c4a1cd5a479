"""A disk in memory that remembers what was not yet synced, and loses an arbitrary part of it when the power goes.

A file system of SQLite's own (VFS), so that SQLite itself decides what it writes and when it syncs.
"""

import random
from dataclasses import dataclass, field

import apsw

NAME = "platter"
SECTORS = (512, 4096)


class PowerCut(Exception):
    """The power is gone: nothing is written or read any more."""


@dataclass
class FileState:
    """A file: what a reader sees, what surely is on the platter, and the changes between the two, in order."""

    seen: bytearray = field(default_factory=bytearray)
    durable: bytearray | None = None
    unsynced: list[tuple[int, bytes | None]] = field(default_factory=list)

    def write(self, data: bytes, at: int) -> None:
        splice(self.seen, data, at)
        self.unsynced.append((at, data))

    def truncate(self, size: int) -> None:
        del self.seen[size:]
        self.unsynced.append((size, None))

    def sync(self) -> None:
        self.durable = bytearray(self.seen)
        self.unsynced.clear()


def splice(content: bytearray, data: bytes, at: int) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


@dataclass
class Platter:
    """The disk of one trial. `operations` is how many writes, truncations and syncs are left before the cut."""

    files: dict[str, FileState] = field(default_factory=dict)
    operations: int | None = None

    def spend(self) -> None:
        if self.operations is not None:
            self.operations -= 1
            if self.operations < 0:
                raise PowerCut

    def after_the_cut(self, draw: random.Random) -> "Platter":
        """The content after a power cut: of each unsynced write any sectors, of each unsynced change of length any.

        Sectors are 512 or 4,096 bytes; bytes next to a torn write stay as they were (SQLite's PSOW
        assumption, its default on every Unix). A file that was never synced may be there or not.
        """
        sector, likely = draw.choice(SECTORS), draw.choice((0.0, 0.1, 0.5, 0.9, draw.random()))
        found = Platter()
        for name, kept in self.files.items():
            if kept.durable is None and draw.random() >= likely:
                continue
            content = bytearray(kept.durable or b"")
            for at, data in kept.unsynced:
                tear_write(content, data, at, sector, likely, draw)
            found.files[name] = FileState(content, bytearray(content))
        return found


def tear_write(
    content: bytearray, data: bytes | None, at: int, sector: int, likely: float, draw: random.Random
) -> None:
    """Let each sector of a write, or a truncation, reach the platter with some probability."""
    if data is None:
        if draw.random() < likely:
            del content[at:]
        return
    start = at
    while start < at + len(data):
        end = min((start // sector + 1) * sector, at + len(data))
        if draw.random() < likely:
            splice(content, data[start - at : end - at], start)
        start = end


class PlatterFile(apsw.VFSFile):
    """An open file of the platter."""

    def __init__(self, disk: Platter, name: str) -> None:
        self.disk = disk
        self.kept = disk.files.setdefault(name, FileState())

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self.kept.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.spend()
        self.kept.write(bytes(data), offset)

    def xTruncate(self, newsize: int) -> None:
        self.disk.spend()
        self.kept.truncate(newsize)

    def xSync(self, flags: int) -> None:
        self.disk.spend()
        self.kept.sync()

    def xFileSize(self) -> int:
        return len(self.kept.seen)

    def xLock(self, level: int) -> None: ...

    def xUnlock(self, level: int) -> None: ...

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xClose(self) -> None: ...


class PlatterVFS(apsw.VFS):
    """Opens files on whichever disk is in."""

    def __init__(self) -> None:
        self.disk = Platter()
        super().__init__(NAME, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        path = name if isinstance(name, str) else name.filename() if name else "temporary"
        flags[1] = flags[0]
        return PlatterFile(self.disk, path)

    def xFullPathname(self, name: str) -> str:
        return name

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname in self.disk.files

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.disk.spend()
        self.disk.files.pop(filename, None)
