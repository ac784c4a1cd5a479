"""Writes files and remembers what it wrote, so that nothing that somebody changed is lost."""

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from massline.cli.install.layout import SETTINGS
from massline.cli.install.settings_files import below

RECORD = SETTINGS / "written.json"


@dataclass
class WrittenFiles:
    """Files below a root, with the digest of what was written last, and which of them are others than before now.

    A file that is not as it was written stays: if there is something new for it, that is put beside it as `.new`;
    with `replace` it is taken, and what was there stays beside it as `.before`.
    """

    root: Path
    replace: bool = False
    digests: dict[str, str] = field(default_factory=dict)
    changed: set[Path] = field(default_factory=set)

    @classmethod
    def read(cls, root: Path, *, replace: bool) -> "WrittenFiles":
        record = below(root, RECORD)
        return cls(root, replace, json.loads(record.read_text()) if record.is_file() else {})

    def write(self, path: Path, text: str, mode: int) -> str:
        """Write one file; return what happened to it, as a sentence."""
        place, digest = below(self.root, path), _digest(text)
        known, self.digests[str(path)] = self.digests.get(str(path)), digest
        if not place.exists():
            self._put(path, text, mode)
            return f"written:   {place}"
        there = place.read_text()
        if there == text:
            place.chmod(mode)
            return f"as it was: {place}"
        if _digest(there) == known:
            self._put(path, text, mode)
            return f"renewed:   {place}"
        if digest == known:
            return f"kept:      {place}, as you changed it"
        if self.replace or (self.root == Path("/") and is_unchanged_caddy_file(path)):
            before = place.with_name(f"{place.name}.before")
            place.replace(before)
            self._put(path, text, mode)
            return f"replaced:  {place}; what was there is now {before}"
        beside = place.with_name(f"{place.name}.new")
        put_file(beside, text, mode)
        if known is None:
            del self.digests[str(path)]
        else:
            self.digests[str(path)] = known
        return f"kept:      {place}, which is not as we wrote it. Ours is {beside}: join them, or run this again with --replace"

    def _put(self, path: Path, text: str, mode: int) -> None:
        put_file(below(self.root, path), text, mode)
        self.changed.add(path)

    def remember(self) -> None:
        put_file(below(self.root, RECORD), json.dumps(self.digests, indent=1, sort_keys=True) + "\n", 0o600)


def is_unchanged_caddy_file(path: Path) -> bool:
    """True if a file of the proxy is as Debian's package brought it, which is only an example."""
    if shutil.which("dpkg") is None:
        return False
    held, changed = (
        subprocess.run(["dpkg", option, "caddy"], capture_output=True, text=True).stdout.splitlines()
        for option in ("--listfiles", "--verify")
    )
    return str(path) in held and not any(line.endswith(f" {path}") for line in changed)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def put_file(place: Path, text: str, mode: int) -> None:
    """Write it whole or not at all; the rights are right from the first byte."""
    for folder in reversed([place.parent, *place.parent.parents]):
        if not folder.exists():
            folder.mkdir(mode=0o755)
            folder.chmod(0o755)
    part = place.with_name(f".{place.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.chmod(mode)
    part.replace(place)
