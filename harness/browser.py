"""The browser for journeys and figures: the system's Chromium or Chrome, or Playwright's own where `make setup` had to fetch it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from playwright.async_api import Playwright

# Debian's package, and what Google's own is called.
NAMES: Final = ("chromium", "google-chrome")


def executable(playwright: Playwright) -> str:
    """Where it is. FileNotFoundError where there is none."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    own = playwright.chromium.executable_path
    if not Path(own).is_file():
        raise FileNotFoundError("there is no Chromium: .venv/bin/playwright install --with-deps chromium")
    return own
