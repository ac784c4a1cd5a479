"""The wheel as somebody gets it: built from the checkout, installed where the checkout is not on the path."""

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class InstalledWheel:
    """A virtual environment with the wheel; what the wheel needs is read from the environment of the tests."""

    wheel: Path
    folder: Path

    @property
    def command(self) -> str:
        return str(self.folder / "bin/massline")

    @property
    def package(self) -> Path:
        (package,) = self.folder.glob("lib/python*/site-packages/massline")
        return package


def build_wheel(into: Path) -> Path:
    """Build the wheel without a network, by the tools that are locked."""
    run_plainly(
        str(BIN / "uv"), "build", "--quiet", "--offline", "--no-build-isolation", "--wheel", "-o", into
    )
    (wheel,) = into.glob("*.whl")
    return wheel


def install_wheel(wheel: Path, folder: Path) -> InstalledWheel:
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin/python"
    run_plainly(
        str(BIN / "uv"), "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, wheel
    )
    (packages,) = folder.glob("lib/python*/site-packages")
    # A path in such a file is searched, but no editable installation that it names: the checkout stays out.
    (packages / "what-the-tests-have.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return InstalledWheel(wheel, folder)


def run_plainly(*command: object) -> str:
    """Run a command from the checkout without any setting of ours; return what it prints."""
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("MASSLINE_", "DJANGO_"))
    }
    done = subprocess.run(
        [str(word) for word in command], cwd=ROOT, env=plain, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
