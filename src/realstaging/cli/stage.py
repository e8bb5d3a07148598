"""Staging without a service: photos in, furnished photos out. And the words to ask with."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from msgspec.structs import replace
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from realstaging import settings
from realstaging.cli import renderer
from realstaging.cli.overwriting import refuse_overwriting, refuse_replacing, require_folder
from realstaging.engines import catalog
from realstaging.engines.brief import Brief, OnProgress, RoomType, Staged, Style
from realstaging.engines.brief import Progress as Step
from realstaging.engines.engine import Engine, Lane
from realstaging.fidelity.assurance import Assured
from realstaging.kit import filenames
from realstaging.kit.errors import AppError, BadPhoto, CannotStage

BAD_USAGE, BAD_PHOTO, CANNOT_STAGE = 2, 3, 4
PICTURES = {".jpg", ".jpeg", ".png"}


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command()(stage)
    app.command()(rooms)
    app.command()(styles)


def rooms() -> None:
    """List the room types."""
    for room in RoomType:
        typer.echo(f"{room:<14}{catalog.label(room)}")


def styles() -> None:
    """List the styles."""
    for style in Style:
        typer.echo(f"{style:<14}{catalog.label(style)}")


def stage(
    photos: Annotated[
        list[Path], typer.Argument(help="Photos of empty rooms: JPEG, PNG, WebP or HEIC.", metavar="PHOTO...")
    ],
    room: Annotated[RoomType, typer.Option(help="What the room is to become.")],
    style: Annotated[Style, typer.Option(help="How the furniture is to look.")],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="A .jpg or .png file, or a folder for several photos.")
    ],
    engine: Annotated[str, typer.Option(help="Who stages.")] = catalog.DEFAULT,
    seed: Annotated[int, typer.Option(min=0, help="Another number, another good arrangement.")] = 0,
    report: Annotated[Path | None, typer.Option(help="Write what was done, plans included, to this JSON file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per photo on stdout.")] = False,
) -> None:
    """Stage photos on this machine, without a server.

    Exit codes: 0 staged, 2 bad usage, 3 a bad photo, 4 a photo the engine cannot stage (the reason is told).
    """
    targets = _targets(photos, output)
    refuse_overwriting(photos, targets, "--output")
    if output.is_dir():
        refuse_replacing(targets, "--output")
    refuse_overwriting(photos, [report] if report else [], "--report")
    require_folder(report, "--report")
    can = catalog.abilities(engine)
    if can is None or not can.stages(room, style):
        raise typer.BadParameter(f"The {engine} engine has no {room} yet.", param_hint="--room")
    if can.lane is Lane.CPU:
        # It computes here, with a renderer that is installed when it is first needed. Outside the event loop, where Ctrl-C ends it.
        renderer.ensure(settings.read(), lambda line: Console(stderr=True).print(line, style="dim"))
    brief = Brief(room, style, seed)
    outcomes: list[dict[str, Any]] = []
    work = dict(zip(photos, targets, strict=True))
    try:
        asyncio.run(_stage_all(engine, work, brief, outcomes, as_json=as_json))
    finally:
        # Ended in between, it tells of those that were done.
        if report:
            report.write_text(json.dumps(outcomes, indent=1))
    if code := max(outcome.get("exit_code", 0) for outcome in outcomes):
        raise typer.Exit(code)


def _targets(photos: list[Path], output: Path) -> list[Path]:
    """Where each photo's result goes. Raises BadParameter for a name no picture can have."""
    if output.suffix.lower() in PICTURES and not output.is_dir():
        if len(photos) > 1:
            raise typer.BadParameter("Several photos need a folder to go to.", param_hint="--output")
        if not output.parent.is_dir():
            raise typer.BadParameter(f"There is no folder {output.parent}.", param_hint="--output")
        return [output]
    if output.suffix and not output.is_dir():
        raise typer.BadParameter("The result can be a .jpg, a .png or a folder.", param_hint="--output")
    if output.exists() and not output.is_dir():
        raise typer.BadParameter(f"{output} is a file, not a folder.", param_hint="--output")
    output.mkdir(parents=True, exist_ok=True)
    targets = [output / f"{photo.stem}.jpg" for photo in photos]
    if len({filenames.folded(target.name) for target in targets}) < len(targets):
        raise typer.BadParameter(
            "Two of the photos have the same name. Stage them into two folders.", param_hint="PHOTO"
        )
    return targets


async def _stage_all(
    engine_name: str, work: dict[Path, Path], brief: Brief, outcomes: list[dict[str, Any]], *, as_json: bool
) -> None:
    """Stage one after the other; what came of each is put down in ``outcomes``."""
    from realstaging import wiring  # noqa: PLC0415 - only this command pays for loading it

    async with wiring.command_line_engine(settings.read(), engine_name) as engine:
        for photo, target in work.items():
            outcome = await _stage_one(engine, photo, replace(brief, request_key=str(photo)), target, quiet=as_json)
            outcomes.append(outcome)
            if as_json:
                told = {key: value for key, value in outcome.items() if key not in {"plan", "exit_code"}}
                print(json.dumps(told), flush=True)


async def _stage_one(engine: Engine, photo: Path, brief: Brief, target: Path, *, quiet: bool) -> dict[str, Any]:
    """Stage one photo and say so; what was wrong with it is part of the outcome, so that the others go on."""
    console = Console(stderr=True)
    outcome: dict[str, Any] = {"input": str(photo), "output": None, "engine": engine.name, "seed": brief.seed}
    try:
        staged, assured = await _with_progress(engine, photo, brief, target, shown=console.is_terminal and not quiet)
    except (AppError, OSError) as error:
        # A full disk, say, is told of this photo as well; there may be room for the next.
        told = error if isinstance(error, AppError) else AppError(str(error))
        code = {BadPhoto.code: BAD_PHOTO, CannotStage.code: CANNOT_STAGE}.get(told.code, 1)
        console.print(f"{photo}: {told.message}", style="red", markup=False, highlight=False)
        return outcome | {"error": {"code": told.code, "message": told.message}, "exit_code": code}
    if console.is_terminal and not quiet:
        console.print(
            f"{target}  {staged.seconds:.0f} s, {staged.untouched_share:.0%} of the photo untouched, "
            f"fidelity {assured.verdict} ({assured.score:.2f})",
            markup=False,
        )
        for warning in (*staged.warnings, *(f"Put back: {sentence}" for sentence in assured.put_back)):
            console.print(f"  {warning}", style="yellow", markup=False)
    return outcome | {
        "output": str(target),
        "seconds": staged.seconds,
        "width": staged.width,
        "height": staged.height,
        "untouched_share": staged.untouched_share,
        "counted_against": assured.counted_against,
        "confidence": staged.confidence,
        "warnings": list(staged.warnings),
        "fidelity": {"verdict": assured.verdict, "score": assured.score, "put_back": list(assured.put_back)},
        "plan": staged.plan,
    }


async def _with_progress(
    engine: Engine, photo: Path, brief: Brief, target: Path, *, shown: bool
) -> tuple[Staged, Assured]:
    if not photo.is_file():
        raise BadPhoto(f"There is no such file: {photo}")
    if not shown:
        return await _into(engine, photo, brief, target, lambda _: None)
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(photo.name, total=1.0)

        def show(step: Step) -> None:
            bar.update(task, completed=step.share, description=f"{photo.name}  {step.step.replace('_', ' ')}")

        return await _into(engine, photo, brief, target, show)


async def _into(
    engine: Engine, photo: Path, brief: Brief, target: Path, on_progress: OnProgress
) -> tuple[Staged, Assured]:
    """Stage to the master, then write what was asked for. The target appears whole or not at all."""
    from realstaging.domains.staging.deliverables import disclosure  # noqa: PLC0415
    from realstaging.domains.staging.encoding import deliver_one  # noqa: PLC0415
    from realstaging.engines.faithful import Task, in_thread, stage_faithfully  # noqa: PLC0415

    with TemporaryDirectory(prefix="realstaging-", dir=target.parent) as folder:
        master = Path(folder) / "master.png"
        staged, assured = await stage_faithfully(engine, in_thread, Task(photo, brief, master), on_progress)
        finished = Path(folder) / f"finished{target.suffix}"
        deliver_one(photo, master, finished, engine.can.source_type, disclosure(brief.operation))
        finished.replace(target)
    return staged, assured
