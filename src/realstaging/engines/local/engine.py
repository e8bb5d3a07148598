"""The engine that needs nobody else: reads the room, plans, renders, composites on this machine."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from realstaging.engines.brief import Brief, OnProgress, Prediction, Progress, RoomType, Staged
from realstaging.engines.engine import Accept
from realstaging.engines.local.abilities import NAME, abilities
from realstaging.engines.local.aside import Aside
from realstaging.engines.local.composite import Composite, composite
from realstaging.engines.local.document import document
from realstaging.engines.local.furniture import Piece, pieces
from realstaging.engines.local.layout import Plan, plan_room
from realstaging.engines.local.layout.footprint import Footprint
from realstaging.engines.local.light import write_light
from realstaging.engines.local.occlusion import in_front
from realstaging.engines.local.planned import Placed
from realstaging.engines.local.prediction import predict
from realstaging.engines.local.renderer import Rendered, Renderer
from realstaging.engines.local.room.reading import RoomReading
from realstaging.engines.local.scene import Crop, Scene, SceneBox, SceneCamera
from realstaging.imaging import encode, png_strips
from realstaging.imaging.decode import decode
from realstaging.imaging.profile import SRGB
from realstaging.kit.cores import cores

SHADE_MARGIN: Final = 0.12
"""Share of the picture's width around furniture within which it may shade the room."""
SAMPLES: Final = 24

DRAFT_SIDE: Final = 720
"""Pixels along the longer side of a draft."""
DRAFT_SAMPLES: Final = 3
DRAFT_SHADE: Final = 160
DRAFT_QUALITY: Final = 80

READ, PLANNED, DRAFTED, RENDERED, DONE = 0.02, 0.15, 0.2, 0.9, 1.0
"""Shares of the whole at which the steps begin; rendering takes most of the time."""


@dataclass(frozen=True)
class Prepared:
    """A photo read and furnished on paper, its light written for the renderer."""

    reading: RoomReading
    plan: Plan
    scene: Scene


class LocalEngine:
    """Stages on the CPU."""

    name = NAME
    paid = None

    def __init__(self, render_python: Path | None) -> None:
        """``render_python``: the Python of the render environment; None takes the installed one. Starts nothing."""
        self.can = abilities()
        self._aside = Aside()
        # Of its own: what is only predicted never keeps a staging waiting.
        self._predicting = Aside()
        self._renderer = Renderer(render_python, cores())

    async def stage(self, photo: Path, brief: Brief, accept: Accept, on_progress: OnProgress) -> Staged:
        """See ``Engine.stage``."""
        begun = time.monotonic()
        with TemporaryDirectory(prefix="realstaging-") as name:
            folder = Path(name)
            on_progress(Progress("reading_room", READ))
            prepared = await self._aside.run(prepare, photo, brief, folder)
            on_progress(Progress("rendering", PLANNED))
            on_progress(Progress("rendering", DRAFTED, preview=await self._draft(photo, prepared, folder)))
            rendered = await self._renderer.render(
                prepared.scene,
                folder,
                lambda share: on_progress(Progress("rendering", DRAFTED + share * (RENDERED - DRAFTED))),
            )
            on_progress(Progress("compositing", RENDERED))
            made = folder / "made.png"
            untouched = await self._aside.run(finish, photo, prepared, rendered, made)
            seconds = time.monotonic() - begun
            await accept(made)
        on_progress(Progress("done", DONE))
        reading, plan = prepared.reading, prepared.plan
        return Staged(
            engine=self.name,
            seed=brief.seed,
            seconds=round(seconds, 2),
            width=reading.width,
            height=reading.height,
            untouched_share=round(untouched, 4),
            confidence=round(reading.confidence, 3),
            warnings=(*reading.warnings, *plan.warnings),
            plan=document(plan, reading, brief.corrections),
        )

    @property
    def predicts(self) -> LocalEngine:
        """See ``Engine.predicts``."""
        return self

    async def predict(self, photo: Path, named: RoomType | None) -> Prediction:
        """See ``Predicts.predict``. Calls are taken one after another."""
        return await self._predicting.run(predict, photo, named)

    async def _draft(self, photo: Path, prepared: Prepared, folder: Path) -> Path:
        """A small, coarse picture of the same plan, seconds before the real one."""
        drafts = folder / "draft"
        drafts.mkdir()
        small = reduced(prepared)
        rendered = await self._renderer.render(small.scene, drafts, lambda _: None)
        return await self._aside.run(sketch, photo, small, rendered, drafts / "draft.jpg")

    async def close(self) -> None:
        """See ``Engine.close``."""
        await asyncio.to_thread(self._aside.close)
        await asyncio.to_thread(self._predicting.close)
        await self._renderer.close()


def prepare(photo: Path, brief: Brief, folder: Path) -> Prepared:
    """Read the room, plan it, and write the light into ``folder``. Raises BadPhoto and CannotStage."""
    from realstaging.engines.local.room.read import read_room  # noqa: PLC0415 - brings SciPy: only who computes pays for it

    pixels = decode(photo)
    reading = read_room(pixels, brief.corrections)
    plan = plan_room(reading, brief, pieces(), pixels)
    light = folder / "light.npz"
    write_light(pixels, reading, light)
    scene = Scene(
        camera=SceneCamera.of(reading.camera, reading.width, reading.height),
        box=SceneBox.of(reading.box),
        crop=crop_of(plan.pieces, reading, {piece.name: piece for piece in pieces()}),
        pieces=plan.pieces,
        light=light,
        samples=SAMPLES,
        seed=brief.seed,
    )
    return Prepared(reading, plan, scene)


def reduced(prepared: Prepared) -> Prepared:
    """The same plan for the photo as a draft has it."""
    factor = min(1.0, DRAFT_SIDE / max(prepared.reading.width, prepared.reading.height))
    reading = prepared.reading.rescaled(factor)
    scene = msgspec.structs.replace(
        prepared.scene,
        camera=SceneCamera.of(reading.camera, reading.width, reading.height),
        crop=crop_of(prepared.plan.pieces, reading, {piece.name: piece for piece in pieces()}),
        samples=DRAFT_SAMPLES,
        shade_side=DRAFT_SHADE,
    )
    return Prepared(reading, prepared.plan, scene)


def sketch(photo: Path, small: Prepared, rendered: Rendered, result: Path) -> Path:
    """Write the draft (JPEG)."""
    size = small.reading.width, small.reading.height
    done = _composited(np.asarray(cv2.resize(decode(photo), size, interpolation=cv2.INTER_AREA)), small, rendered)
    result.write_bytes(encode.jpeg(done.pixels, DRAFT_QUALITY))
    return result


def finish(photo: Path, prepared: Prepared, rendered: Rendered, result: Path) -> float:
    """Write the picture; gives the share of pixels that are the photo's own."""
    done = _composited(decode(photo), prepared, rendered)
    png_strips.write(result, done.pixels, SRGB)
    return done.untouched_share


def _composited(pixels: NDArray[np.uint8], prepared: Prepared, rendered: Rendered) -> Composite:
    furniture, shade = rendered.read()
    catalog, scene = {piece.name: piece for piece in pieces()}, prepared.scene
    blocks = [_corners(spot, catalog[spot.piece]) for spot in scene.pieces if catalog[spot.piece].category != "rug"]
    reading = replace(prepared.reading, occluders=in_front(prepared.reading, blocks))
    return composite(pixels, furniture, shade, rendered.crop, reading, scene.seed)


def crop_of(placed: tuple[Placed, ...], reading: RoomReading, catalog: dict[str, Piece]) -> Crop:
    """The part of the picture that furniture and its shade may touch: x0, y0, x1, y1, whole pixels."""
    corners = np.concatenate([_corners(spot, catalog[spot.piece]) for spot in placed])
    pixels = reading.project(corners)
    margin = SHADE_MARGIN * reading.width
    size = np.array([reading.width, reading.height])
    # A corner behind the camera belongs to a rug that runs out of the picture below.
    low = np.clip(np.floor(np.nanmin(pixels, axis=0) - margin), 0, size - 1).astype(int)
    high = np.clip(np.ceil(np.nanmax(pixels, axis=0) + margin), 1, size).astype(int)
    if np.isnan(pixels).any():
        low[0], high[0], high[1] = 0, reading.width, reading.height
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def _corners(spot: Placed, piece: Piece) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    plan = Footprint(spot.x, spot.y, piece.width, piece.depth, spot.rotation).points()
    below = spot.z - piece.height if piece.mount == "ceiling" else spot.z
    return np.concatenate([np.column_stack([plan, np.full(4, z)]) for z in (below, below + piece.height)])
