"""Where the render program lies, and putting it there: an environment of its own beside ours (decision 31).

It belongs to this installation and goes with it: ``share/realstaging/renderer`` below the prefix our own Python runs from. In a clone
that is a link to ``render/.venv``, which `make setup` makes.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from realstaging.kit import carried
from realstaging.kit.children import completed
from realstaging.kit.errors import Unavailable

PLACE: Final = Path(sys.prefix) / "share" / "realstaging" / "renderer"
NEEDED_PYTHON: Final = "3.11"
"""The one that Blender's module is built for."""
LONGEST: Final = 3600.0
"""Seconds of one step: some 400 MB come over a slow line."""
MISSING: Final = "The renderer is not installed. Run `realstaging renderer install` (in a clone: `make setup`), or name its Python in RENDER_PYTHON."

Say = Callable[[str], None]


class NotInstalled(Unavailable):
    """The renderer could not be installed."""

    code = "renderer_not_installed"


def program() -> Path:
    """The Python of the installed render program. Raises NotInstalled with the command that installs it."""
    python = PLACE / "bin" / "python"
    if not python.exists():
        raise NotInstalled(MISSING)
    return python


def is_installed() -> bool:
    """Whether the render program is there, and the one that belongs to this release."""
    if not (PLACE / "bin" / "python").exists():
        return False
    stamp = PLACE / ".installed"
    return not carried.RENDERER.is_dir() or PLACE.is_symlink() or (stamp.exists() and stamp.read_text() == _release())


def install(say: Say, python: str | None = None) -> Path:
    """Install the render program, unless it is there; returns its Python. Killed at any moment, it may be run again.

    ``python``: the Python 3.11 to use, else uv finds or fetches one. Raises NotInstalled with what was wrong and how to mend it.
    """
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    with _alone():
        if not is_installed():
            wheel, locked = _carried()
            say("Installing the renderer: some 400 MB to fetch, once.")
            (PLACE / ".installed").unlink(missing_ok=True)
            for step in _steps(wheel, locked, python):
                _run(step)
            _run([PLACE / "bin" / "python", "-c", "import bpy, realstaging_render"])
            (PLACE / ".installed").write_text(_release())
    return program()


def _carried() -> tuple[Path, Path]:
    wheels = sorted(carried.RENDERER.glob("*.whl"))
    locked = carried.RENDERER / "requirements.txt"
    if not wheels or not locked.exists():
        raise NotInstalled(
            "This build comes without the renderer. In a clone, run `make setup`; for a wheel, `make wheel`."
        )
    return wheels[-1], locked


def _release() -> str:
    """What is installed, as one digest of the locked packages and the render program."""
    wheel, locked = _carried()
    return hashlib.sha256(locked.read_bytes() + wheel.read_bytes()).hexdigest()


def _steps(wheel: Path, locked: Path, python: str | None) -> Iterator[Sequence[str | Path]]:
    """The commands that make the environment: with uv where there is one, else with the Python's own venv and pip."""
    uv = shutil.which("uv")
    if uv:
        yield [uv, "venv", "--quiet", "--clear", "--no-project", "--python", python or NEEDED_PYTHON, PLACE]
        pip: list[str | Path] = [uv, "pip", "install", "--quiet", "--python", PLACE]
    else:
        given = python or shutil.which(f"python{NEEDED_PYTHON}")
        if given is None:
            raise NotInstalled(
                f"The renderer needs Python {NEEDED_PYTHON}. Install uv (https://docs.astral.sh/uv/), which fetches one, or name it with --python."
            )
        yield [given, "-m", "venv", "--clear", PLACE]
        pip = [PLACE / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    yield [*pip, "--require-hashes", "--no-deps", "-r", locked]
    yield [*pip, "--no-deps", wheel]


def _run(command: Sequence[str | Path]) -> None:
    try:
        # From where no project's settings are found, while those of the person (an index of their own) are.
        done = completed(command, within=LONGEST, cwd=PLACE.parent)
    except OSError as error:
        # A deadline that has passed is one of these, too.
        raise NotInstalled(f"The renderer could not be installed: {error}.") from error
    if done.code:
        raise NotInstalled(f"The renderer could not be installed: {done.said[-2000:]}{_mend(done.said)}")


def _mend(told: str) -> str:
    """What to do about the troubles that are known."""
    if "cannot open shared object file" in told:
        return "\nInstall that library; on Debian: apt-get install libx11-6 libxrender1 libxfixes3 libxi6 libxkbcommon0 libsm6 libgl1"
    if "No space left" in told:
        return "\nIt needs 1 GB of disk."
    return ""


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until nobody else installs. The kernel lets go of the file when its process ends, however it ends."""
    try:
        held = PLACE.with_name("renderer.lock").open("w")
    except OSError as error:
        raise NotInstalled(
            f"{PLACE.parent} cannot be written to: {error.strerror}. Name a Python in RENDER_PYTHON."
        ) from error
    with held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
