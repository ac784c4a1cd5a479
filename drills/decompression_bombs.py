"""Small files that unpack to much, sent to every reader of tables and archives: refused, in little memory.

Each is read in a process of its own, whose peak of memory is measured. Two are read as a program without limits reads
them, to show that they are bombs.
"""

import subprocess
import sys
import tempfile

from drills.result import Result
from tests.ops.test_bombs import BOMBS, HEAD, MOST_MEGABYTES

UNLIMITED = {
    "four million lines in a zip of 8 KB": """
import csv
content = zipped("words.csv", b"words\\n" + b"a\\n" * 4_000_000)
def read():
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        rows = list(csv.reader(io.StringIO(packed.read("words.csv").decode())))
    raise ValueError(len(rows))
refused(ValueError, read)
""",
    "a zip in a zip": """
inner = zipped("words.csv", b"0" * 30_000_000)
content = zipped("words.csv", inner + b"0" * 300_000_000)
def read():
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        raise ValueError(len(packed.read("words.csv")))
refused(ValueError, read)
""",
}


def run(short: bool) -> list[Result]:
    """Short and long are the same."""
    told = [_read(kind, script) for kind, script in BOMBS.items()]
    broke = [kind for (kind, megabytes), kind in zip(told, BOMBS, strict=True) if megabytes is None]
    most, name = max((megabytes or 0.0, kind) for kind, megabytes in told)
    plain = [_read(kind, script)[1] or 0.0 for kind, script in UNLIMITED.items()]
    return [
        Result(
            "bombs refused in words",
            f"{len(BOMBS)}",
            f"{len(BOMBS) - len(broke)}",
            not broke,
            ", ".join(broke),
        ),
        Result(
            "memory that reading one of them adds",
            f"at most {MOST_MEGABYTES} MB",
            f"{most:.0f} MB",
            most <= MOST_MEGABYTES,
            f"The most was taken by: {name}.",
        ),
        Result.control(
            "two of them read without limits",
            f"more than {MOST_MEGABYTES} MB each",
            " and ".join(f"{megabytes:.0f} MB" for megabytes in plain),
            min(plain) > MOST_MEGABYTES,
        ),
    ]


def _read(kind: str, script: str) -> tuple[str, float | None]:
    """Read one bomb; give the megabytes that it took, or None where it was taken or the process fell."""
    with tempfile.TemporaryDirectory(prefix="massline-drill-") as folder:
        done = subprocess.run(
            [sys.executable, "-c", f"{HEAD}\n{script}\nprint(max(most))"],
            env={
                "DJANGO_SETTINGS_MODULE": "massline.settings",
                "MASSLINE_DATA": folder,
                "PATH": "/usr/bin:/bin",
            },
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    return kind, None if done.returncode else float(done.stdout)
