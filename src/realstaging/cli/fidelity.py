"""Fidelity for any two files: what a staged picture did to the house, and the house put back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
import typer

from realstaging.cli.overwriting import refuse_overwriting, require_folder
from realstaging.cli.stage import BAD_PHOTO
from realstaging.fidelity.report import Report, Verdict
from realstaging.kit.errors import BadPhoto, InvalidInput

if TYPE_CHECKING:
    from realstaging.imaging.decode import Pixels

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
    """Tell what a staged picture changed in the house. Ends with 1 where the verdict is fail, with 3 where a file is no photo."""
    from realstaging.engines.local.measures import measured  # noqa: PLC0415
    from realstaging.fidelity.examination import examine  # noqa: PLC0415 OpenCV is slow to load
    from realstaging.fidelity.overlay import overlay as changes  # noqa: PLC0415
    from realstaging.fidelity.own_pixels import own_share  # noqa: PLC0415

    if overlay:
        _picture_name(overlay)
        refuse_overwriting([original, staged], [overlay], "--overlay")
        require_folder(overlay, "--overlay")
    before, after = _both(original, staged)
    report = examine(before, after, doors=measured(original).doors)
    own = own_share((original, before), (staged, after))
    if overlay:
        _write(overlay, changes(before, report))
    if as_json:
        share, against = own or (None, None)
        told = msgspec.to_builtins(report) | {"untouched_share": share, "counted_against": against}
        typer.echo(msgspec.json.encode(told).decode())
    else:
        typer.echo(_told(report) + (f"\n  {own[0]:.2%} of the pixels are as in {own[1]}" if own else ""))
    if report.verdict is Verdict.FAIL:
        raise typer.Exit(FAILED)


def restore(
    original: Photo,
    staged: Photo,
    output: Annotated[Path, typer.Option("-o", "--output", help="A .png (lossless) or .jpg file.")],
) -> None:
    """Put the staged furniture on the untouched original, at its size. Ends with 1 where no sound picture comes of it, with 3
    where a file is no photo.
    """
    from realstaging.domains.staging.encoding import deliver_one  # noqa: PLC0415
    from realstaging.fidelity import examination  # noqa: PLC0415 OpenCV is slow to load
    from realstaging.fidelity.own_pixels import master_of  # noqa: PLC0415
    from realstaging.imaging import png_strips  # noqa: PLC0415

    _picture_name(output)
    refuse_overwriting([original, staged], [output], "--output")
    require_folder(output, "--output")
    before, after = _both(original, staged)
    report = examination.examine(before, after)
    if report.restored is Verdict.FAIL:
        typer.echo(_told(report), err=True)
        raise typer.Exit(FAILED)
    own, same = master_of(original, before, examination.restore(before, after, report))
    with TemporaryDirectory(prefix="realstaging-", dir=output.parent) as folder:
        master, finished = Path(folder) / "master.png", Path(folder) / f"finished{output.suffix}"
        png_strips.write(master, own.pixels, own.profile, own.significant)
        # Who staged the picture is not known, so that its source is not told.
        deliver_one(original, master, finished, None, "")
        finished.replace(output)
    typer.echo(f"{output}: {same:.1%} of the pixels byte-identical before encoding to {own.told}")


def _both(original: Path, staged: Path) -> list[Pixels]:
    """Their pixels. Ends the command where one of them is no photo."""
    from realstaging.imaging.decode import decode  # noqa: PLC0415

    pixels = []
    for path in (original, staged):
        try:
            pixels.append(decode(path))
        except BadPhoto as error:
            typer.echo(f"{path}: {error.message}", err=True)
            raise typer.Exit(BAD_PHOTO) from error
    return pixels


def _told(report: object) -> str:
    assert isinstance(report, Report)
    head = f"{report.verdict.upper()}  score {report.score:.2f}  after restoring: {report.restored}"
    wrong = [check for check in report.checks if check.verdict is not Verdict.PASS]
    return "\n".join([head, *(f"  {c.verdict:<5}{c.sentence} ({c.name} {c.value:g}, limit {c.warn:g})" for c in wrong)])


def _write(path: Path, pixels: object) -> None:
    from realstaging.imaging import encode  # noqa: PLC0415

    path.write_bytes(encode.png(pixels) if path.suffix.lower() == ".png" else encode.jpeg(pixels))  # type: ignore[arg-type]


def _picture_name(path: Path) -> None:
    """Raises InvalidInput for a file whose name is no picture's."""
    if path.suffix.lower() not in PICTURES:
        raise InvalidInput("Name a .png or .jpg file to write to.")
