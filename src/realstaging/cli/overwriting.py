"""What a command writes never takes the place of what it was given to read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import typer

from realstaging.imaging import metadata


def refuse_overwriting(read: Iterable[Path], written: Iterable[Path], option: str) -> None:
    """Raises BadParameter where a file to be written is one to be read: by the same name, by a link, or by a name in other case on a
    file system that does not tell them apart.
    """
    photos = {_identity(path) for path in read if path.exists()}
    for path in written:
        if path.exists() and _identity(path) in photos:
            raise typer.BadParameter(
                f"{path} is the photo itself, and would be lost. Name another file or folder.", param_hint=option
            )


def refuse_replacing(written: Iterable[Path], option: str) -> None:
    """Raises BadParameter where a name that we chose, and nobody gave us, is that of a file which is not ours to replace."""
    for path in written:
        if path.exists() and not (path.is_file() and metadata.is_ours(path)):
            raise typer.BadParameter(
                f"{path} is there already, is no staged picture of ours, and would be lost. Name another folder.",
                param_hint=option,
            )


def require_folder(file: Path | None, option: str) -> None:
    """Raises BadParameter where the folder of a file to be written is not there: before the work, not after it."""
    if file and not file.parent.is_dir():
        raise typer.BadParameter(f"There is no folder {file.parent}.", param_hint=option)


def _identity(path: Path) -> tuple[int, int]:
    """The same for every name of one file, links followed: what os.path.samefile compares."""
    status = path.stat()
    return status.st_dev, status.st_ino
