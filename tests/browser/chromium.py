"""Finds a Chromium; as a command it fails where there is none."""

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

# The first is Chromium without its window, which takes two thirds of the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
# No sandbox: containers rarely allow one. The rest keeps the browser from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@cache  # what it asks Playwright cannot be asked while Playwright runs
def executable() -> str | None:
    """Path of the first Chromium that runs: on the PATH, else Playwright's own download."""
    found = filter(None, map(shutil.which, NAMES))
    return next(filter(_runs, found), None) or _own_of_playwright()


def _own_of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() and _runs(path) else None


def _runs(path: str) -> bool:
    # Ubuntu's chromium-browser may be a stub that only says how to install a snap.
    try:
        run = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0


if __name__ == "__main__":
    sys.exit(None if executable() else "no Chromium found")
