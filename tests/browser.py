"""Where the browser of the tests is."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

# The shell draws the same pages without a browser's own windows, which cost a third of the work and nobody sees.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class NoBrowser(Exception):
    """There is no Chromium and none could be installed."""


@cache
def find_chromium() -> str:
    """Give the Chromium named by CHROMIUM, else the one on the PATH, else install one: Debian's as root, else Playwright's."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        if not os.access(named, os.X_OK):
            raise NoBrowser(f"CHROMIUM is {named}, which cannot be run.")
        return named
    return _on_path() or _from_debian() or _from_playwright()


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _from_debian() -> str | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, capture_output=True)
    for package in (SHELL, "chromium"):
        words = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", package]
        if not subprocess.run(words, env=quiet, capture_output=True).returncode:
            return _on_path()
    return None


def _from_playwright() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        done = subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, text=True
        )
        if done.returncode or not Path(path).exists():
            raise NoBrowser(
                "The tests of the pages need Chromium: install it (on Debian: apt install chromium-headless-shell) "
                "or name it in CHROMIUM."
            )
    return path
