"""`make sbom` lists, in a plain shell, every package that is installed, as others can read it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from massline import __version__

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"^([a-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE | re.IGNORECASE)


def test_every_locked_package_is_listed_with_its_version_and_hashes(tmp_path: Path) -> None:
    network = ("SSL_", "UV_", "PIP_", "HTTP", "http", "REQUESTS_", "CURL_")
    plain = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME"} or name.startswith(network)
    }
    done = subprocess.run(
        ["make", "sbom", f"BIN={Path(sys.executable).parent}", f"SBOM={tmp_path}"],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    names = {"massline": "requirements.lock", "square": "requirements-square.lock"}
    for name, lock in names.items():
        listed = json.loads((tmp_path / f"{name}.cdx.json").read_text())
        about = listed["metadata"]["component"]
        assert (listed["bomFormat"], about["name"], about["version"]) == (
            "CycloneDX",
            "massline",
            __version__,
        )
        found = {(part["name"].lower(), part["version"]) for part in listed["components"]}
        pinned = {(pin[1].lower(), pin[2]) for pin in PINNED.finditer((ROOT / lock).read_text())}
        assert found == pinned
        assert all(hashes_of(part) for part in listed["components"])


def hashes_of(part: dict[str, Any]) -> list[str]:
    return [
        digest["content"]
        for reference in part["externalReferences"]
        for digest in reference.get("hashes", [])
        if digest["alg"] == "SHA-256"
    ]
