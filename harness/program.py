"""The service's processes as production starts them, without what the command line adds."""

from __future__ import annotations

import sys
from typing import Literal

from realstaging.settings import Settings

RUN = "import uvloop; from realstaging import {kind}, settings; uvloop.run({kind}.main(settings.read()))"


def command(kind: Literal["api", "worker"]) -> list[str]:
    """What runs the API or the worker, with the settings of its environment."""
    return [sys.executable, "-c", RUN.format(kind=kind)]


def environment(chosen: Settings) -> dict[str, str]:
    """The settings as a process is told them."""
    named = {name.upper(): getattr(chosen, name) for name in chosen.__struct_fields__}
    return {name: str(value) for name, value in named.items() if value != ""}
