"""What is built elsewhere and comes with the program: the web app, the help pages, the renderer's package, the build's own words.

`make setup` and `make wheel` put it into ``realstaging/carried``, which is the same folder in a clone and in an installed wheel.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

CARRIED: Final = Path(__file__).parents[1] / "carried"
WEB: Final = CARRIED / "web"
HELP: Final = CARRIED / "help"
RENDERER: Final = CARRIED / "renderer"
BUILD: Final = CARRIED / "build.json"


class Build(msgspec.Struct, frozen=True):
    """What a wheel was built from: the commit, and whether files had been changed since."""

    commit: str = ""
    changed: bool = False


def build() -> Build | None:
    """What this program was built from; None where it runs from a clone."""
    try:
        return msgspec.json.decode(BUILD.read_bytes(), type=Build)
    except FileNotFoundError:
        return None
