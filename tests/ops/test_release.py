"""`make release`, in a plain shell: what others need to install, check and read, the same bytes every time."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from massline import __version__

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PINNED = re.compile(r"^([a-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE | re.IGNORECASE)
NETWORK = ("SSL_", "UV_", "PIP_", "HTTP", "http", "REQUESTS_", "CURL_")
PLAIN = {
    name: value for name, value in os.environ.items() if name in {"PATH", "HOME"} or name.startswith(NETWORK)
}


def ask(*command: object, stdin: IO[str] | None = None) -> str:
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, env=PLAIN, stdin=stdin, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key, folder = tmp_path_factory.mktemp("key") / "key", tmp_path_factory.mktemp("build") / "release"
    ask("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "release", "-f", key)
    ask("make", "release", f"BIN={BIN}", f"RELEASE={folder}", f"KEY={key}")
    (folder.parent / "signers").write_text(f"release {key.with_suffix('.pub').read_text()}")
    return folder


def test_every_file_is_summed_and_the_sums_are_signed(release: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=release, capture_output=True
    )
    assert checked.returncode == 0, checked.stderr
    summed = {line.split()[1] for line in (release / "SHA256SUMS").read_text().splitlines()}
    assert summed == {path.name for path in release.iterdir()} - {"SHA256SUMS", "SHA256SUMS.sig"}
    assert f"massline-{__version__}-py3-none-any.whl" in summed
    assert f"massline-{__version__}.tar.gz" in summed
    with open(release / "SHA256SUMS") as sums:
        verify = ("ssh-keygen", "-Y", "verify", "-f", release.parent / "signers", "-I", "release")
        ask(*verify, "-n", "massline", "-s", release / "SHA256SUMS.sig", stdin=sums)


def test_the_notes_are_what_the_changelog_says_of_this_version(release: Path) -> None:
    notes = (release / "NOTES.md").read_text()
    assert notes.startswith(f"## {__version__}")
    assert notes.count("\n## ") == 0
    assert notes.strip() in (ROOT / "CHANGELOG.md").read_text()


def test_a_second_build_under_another_mask_gives_the_same_bytes(release: Path, tmp_path: Path) -> None:
    time = ask("git", "log", "-1", "--format=%ct").strip()
    build = [str(BIN / "uv"), "build", "--quiet", "--offline", "--no-build-isolation", "-o", str(tmp_path)]
    build += ["--python", sys.executable]
    done = subprocess.run(
        build, cwd=ROOT, env=PLAIN | {"SOURCE_DATE_EPOCH": time}, umask=0o077, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    for name in (f"massline-{__version__}-py3-none-any.whl", f"massline-{__version__}.tar.gz"):
        assert (tmp_path / name).read_bytes() == (release / name).read_bytes(), name


@pytest.mark.parametrize("name", ["massline", "square"])
def test_every_locked_package_is_listed_with_its_version_and_hashes(release: Path, name: str) -> None:
    listed = json.loads((release / f"{name}.cdx.json").read_text())
    about = listed["metadata"]["component"]
    assert (listed["bomFormat"], about["name"], about["version"]) == ("CycloneDX", "massline", __version__)
    lock = {"massline": "requirements.lock", "square": "requirements-square.lock"}[name]
    found = {(part["name"].lower(), part["version"]) for part in listed["components"]}
    assert found == {(pin[1].lower(), pin[2]) for pin in PINNED.finditer((release / lock).read_text())}
    assert all(hashes_of(part) for part in listed["components"])


def hashes_of(part: dict[str, Any]) -> list[str]:
    return [
        digest["content"]
        for reference in part["externalReferences"]
        for digest in reference.get("hashes", [])
        if digest["alg"] == "SHA-256"
    ]
