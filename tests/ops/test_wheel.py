"""The wheel runs where there is no checkout, no compiler and no right to write beside it."""

import subprocess
import time
import zipfile
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from massline import __version__
from tests.ops.house import PATIENCE, environment, free_ports
from tests.ops.wheel import InstalledWheel, build_wheel, install_wheel, run_plainly


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> InstalledWheel:
    folder = tmp_path_factory.mktemp("wheel")
    return install_wheel(build_wheel(folder / "dist"), folder / "venv")


def test_every_file_of_the_package_is_in_the_wheel_with_compiled_catalogues(
    installed: InstalledWheel,
) -> None:
    tracked = set(run_plainly("git", "ls-files", "massline").splitlines())
    wanted = {name[: -len(".po")] + ".mo" if name.endswith(".po") else name for name in tracked}
    with zipfile.ZipFile(installed.wheel) as wheel:
        held = {name for name in wheel.namelist() if name.startswith("massline/")}
    assert held == wanted


def test_the_command_of_the_wheel_prepares_a_house_and_answers_in_spanish(
    installed: InstalledWheel, tmp_path: Path
) -> None:
    env = environment(tmp_path / "data", PYTHONDONTWRITEBYTECODE="1")

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [installed.command, *arguments],
            env=env,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    before = {path: path.stat().st_mtime_ns for path in installed.package.rglob("*")}
    assert run("--version").stdout.split()[-1] == __version__
    prepared = run("prepare")
    assert (prepared.returncode, prepared.stderr) == (0, "")
    assert (tmp_path / "data/static/staticfiles.json").is_file()
    port, _other = free_ports()
    with subprocess.Popen(
        [installed.command, "serve", "square", "--port", str(port)], env=env, cwd=tmp_path
    ) as door:
        try:
            page = ask(f"http://127.0.0.1:{port}/")
        finally:
            door.terminate()
    assert 'lang="es"' in page
    assert {path: path.stat().st_mtime_ns for path in installed.package.rglob("*")} == before


def ask(address: str) -> str:
    """The page in Spanish, as soon as the door is open."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(Request(address, headers={"Accept-Language": "es"}), timeout=PATIENCE) as answer:
                text: str = answer.read().decode()
            return text
        except URLError:
            assert time.monotonic() < until, "the door did not open"
            time.sleep(0.1)
