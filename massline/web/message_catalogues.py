"""The languages of the interface: catalogues are kept as text and compiled where they are used."""

from pathlib import Path

import polib

LOCALE = Path(__file__).parents[1] / "locale"


class BrokenCatalogue(ValueError):
    """A catalogue that is no PO file; the message names the file and the line."""


def compile_catalogues(folder: Path = LOCALE) -> list[Path]:
    """Compile every catalogue that is newer than its compiled file; return the compiled files.

    Raises BrokenCatalogue, and OSError where a file cannot be read or written.
    """
    fresh = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        compiled = _compiled(source)
        part = target.with_suffix(".part")
        part.write_bytes(compiled)
        part.replace(target)
        fresh.append(target)
    return fresh


def _compiled(source: Path) -> bytes:
    text = source.read_text()
    try:
        return bytes(polib.pofile(text).to_binary())
    except OSError as problem:  # what polib raises for a wrong line
        line = str(problem).rpartition("(line ")[2].rstrip(")")
        raise BrokenCatalogue(f"{source} is no catalogue: line {line} cannot be read.") from problem
