"""Fidelity for any two files: what a staged picture did to the house, and the house put back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import msgspec
import typer

from realstaging.kit.errors import InvalidInput

Photo = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="JPEG, PNG, WebP or HEIC.")]
FAILED: Final = 1
PICTURES: Final = {".png", ".jpg", ".jpeg"}


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command()(verify)
    app.command()(restore)


def verify(
    original: Photo,
    staged: Photo,
    overlay: Annotated[Path | None, typer.Option(help="Write a picture (.png or .jpg) of what changed.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole report as JSON.")] = False,
) -> None:
    """Tell what a staged picture changed in the house. Ends with 1 where the verdict is fail."""
    from realstaging import fidelity  # noqa: PLC0415 OpenCV is slow to load
    from realstaging.imaging.decode import decode  # noqa: PLC0415
    from realstaging.wiring.measures import measured  # noqa: PLC0415

    before = decode(original)
    report = fidelity.examine(before, decode(staged), doors=measured(original).doors)
    if overlay:
        _write(overlay, fidelity.overlay(before, report))
    typer.echo(msgspec.json.encode(report).decode() if as_json else _told(report))
    if report.verdict is fidelity.Verdict.FAIL:
        raise typer.Exit(FAILED)


def restore(
    original: Photo,
    staged: Photo,
    output: Annotated[Path, typer.Option("-o", "--output", help="A .png (lossless) or .jpg file.")],
) -> None:
    """Put the staged furniture on the untouched original, at its size. Ends with 1 where no sound picture comes of it."""
    from realstaging import fidelity  # noqa: PLC0415 OpenCV is slow to load
    from realstaging.imaging.decode import decode  # noqa: PLC0415

    before, after = decode(original), decode(staged)
    report = fidelity.examine(before, after)
    if report.restored is fidelity.Verdict.FAIL:
        typer.echo(_told(report), err=True)
        raise typer.Exit(FAILED)
    master = fidelity.restore(before, after, report)
    _write(output, master)
    same = float((master == before).all(axis=2).mean())
    typer.echo(f"{output}: {same:.1%} of the original's pixels byte-identical before encoding")


def _told(report: object) -> str:
    from realstaging.fidelity import Report, Verdict  # noqa: PLC0415

    assert isinstance(report, Report)
    head = f"{report.verdict.upper()}  score {report.score:.2f}  after restoring: {report.restored}"
    wrong = [check for check in report.checks if check.verdict is not Verdict.PASS]
    return "\n".join([head, *(f"  {c.verdict:<5}{c.sentence} ({c.name} {c.value:g}, limit {c.warn:g})" for c in wrong)])


def _write(path: Path, pixels: object) -> None:
    from realstaging.imaging import encode  # noqa: PLC0415

    kind = path.suffix.lower()
    if kind not in PICTURES:
        raise InvalidInput("Name a .png or .jpg file to write to.")
    path.write_bytes(encode.png(pixels) if kind == ".png" else encode.jpeg(pixels))  # type: ignore[arg-type]
