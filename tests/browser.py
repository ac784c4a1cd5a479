"""Where the browser of the tests is."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class NoBrowser(Exception):
    """There is no Chromium and none could be installed."""


@cache
def find_chromium() -> str:
    """Give the Chromium named by CHROMIUM, else the one on the PATH, else install Playwright's own."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        if not os.access(named, os.X_OK):
            raise NoBrowser(f"CHROMIUM is {named}, which cannot be run.")
        return named
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _install()


def _install() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        done = subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, text=True
        )
        if done.returncode or not Path(path).exists():
            raise NoBrowser(
                "The tests of the pages need Chromium: install it (on Debian: apt install chromium) "
                "or name it in CHROMIUM."
            )
    return path
