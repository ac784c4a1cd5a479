"""Where a font with Chinese letters is, for the tests of what is printed with one."""

import os
import subprocess
from functools import cache
from pathlib import Path

FOLDER = Path("/usr/share/fonts/truetype/droid")


class NoFont(Exception):
    """There is no font with Chinese letters and none could be installed."""


@cache
def find_chinese() -> Path:
    """Give the folder of Droid Sans Fallback; as root on Debian it is installed where it is missing."""
    if not FOLDER.is_dir() and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-qq", "--yes", "fonts-droid-fallback"]):
            subprocess.run(["apt-get", *words], env=quiet, capture_output=True, check=False)
    if not FOLDER.is_dir():
        raise NoFont("The tests of Chinese posters need a font: on Debian, apt install fonts-droid-fallback.")
    return FOLDER
