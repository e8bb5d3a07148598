"""The render process on small pictures, with the real Blender."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import msgspec
import numpy as np
import pytest

from realstaging.engines.local.planned import Placed
from realstaging.engines.local.renderer import Renderer
from realstaging.engines.local.room.reading import Box, Camera, Face
from realstaging.engines.local.scene import Scene, SceneBox, SceneCamera
from realstaging.kit.errors import AppError, CannotStage, Unavailable

pytestmark = [pytest.mark.render, pytest.mark.xdist_group("render")]

WIDTH, HEIGHT = 160, 120
BOX = Box(-2.0, 2.2, -1.0, 5.0, 2.6)
CUBE = Placed("measuring_cube", "modern", 0, 0.3, 3.0, 0.0, 0.4)
HALF = 0.25


def tilted_camera() -> Camera:
    """Looks 0.15 rad down and 0.1 rad to the right, principal point off the middle."""
    down, right = 0.15, 0.1
    pitch = np.array([[1, 0, 0], [0, -np.sin(down), -np.cos(down)], [0, np.cos(down), -np.sin(down)]])
    yaw = np.array([[np.cos(right), -np.sin(right), 0], [np.sin(right), np.cos(right), 0], [0, 0, 1]])
    return Camera(pitch @ yaw, 1.4, 0.6 * WIDTH, WIDTH / 2 + 4, HEIGHT / 2 - 3)


@pytest.fixture
def scene(tmp_path):
    light = tmp_path / "light.npz"
    faces = {face.name.lower(): np.full((8, 12, 3), 0.5, np.float32) for face in Face}
    faces["floor"] *= 0.5
    np.savez(light, **faces, floor_albedo=np.full(3, 0.4, np.float32), floor_roughness=np.float32(0.4))
    whole = (0, 0, WIDTH, HEIGHT)
    camera = SceneCamera.of(tilted_camera(), WIDTH, HEIGHT)
    return Scene(camera, SceneBox.of(BOX), whole, (CUBE,), light, samples=4)


@pytest.fixture(scope="module")
async def renderer():
    renderer = Renderer(None, cores=2)
    yield renderer
    await renderer.close()


def ignore(_: float) -> None: ...


def enlarged(scene: Scene) -> Scene:
    """The same scene at twenty times the size: many seconds of work."""
    camera = SceneCamera.of(tilted_camera().rescaled(20), WIDTH * 20, HEIGHT * 20)
    return msgspec.structs.replace(scene, camera=camera, crop=(0, 0, WIDTH * 20, HEIGHT * 20))


def outline(placed: Placed) -> np.ndarray:
    """The cube's corners in the picture, pixels (8, 2)."""
    corners = np.array([(x, y, z) for x in (-HALF, HALF) for y in (-HALF, HALF) for z in (0, 2 * HALF)])
    c, s = np.cos(placed.rotation), np.sin(placed.rotation)
    turned = corners @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]]) + (placed.x, placed.y, placed.z)
    return tilted_camera().project(turned)


async def test_furniture_stands_where_the_camera_projects_it(renderer, scene, tmp_path):
    shares: list[float] = []
    rendered = await renderer.render(scene, tmp_path, shares.append)
    furniture, shade = rendered.read()
    assert furniture.shape == (HEIGHT, WIDTH, 4)
    assert shade.shape == (HEIGHT, WIDTH, 3)
    ys, xs = np.nonzero(furniture[..., 3] > 0.5)
    corners = outline(CUBE)
    assert np.abs(np.array([xs.min() - 0.5, ys.min() - 0.5]) - corners.min(axis=0)).max() < 1.5
    assert np.abs(np.array([xs.max() + 0.5, ys.max() + 0.5]) - corners.max(axis=0)).max() < 1.5
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert rendered.peak_mb > 100


async def test_furniture_darkens_the_floor_beside_it_and_nothing_far_away(renderer, scene, tmp_path):
    _, shade = (await renderer.render(scene, tmp_path, ignore)).read()
    x, y = tilted_camera().project(np.array([CUBE.x, CUBE.y - 0.05, 0.0])).round().astype(int)
    assert shade[y, x].mean() < 0.6, "the floor beneath the cube"
    assert np.abs(shade[:12].mean() - 1) < 0.03, "the ceiling"
    assert np.median(np.abs(shade - 1)) < 0.05


async def test_a_white_thing_in_a_grey_room_is_lit_by_the_photo(renderer, scene, tmp_path):
    furniture, _ = (await renderer.render(scene, tmp_path, ignore)).read()
    solid = furniture[furniture[..., 3] > 0.99][:, :3]
    assert 0.15 < np.median(solid) < 0.5
    assert np.abs(solid.mean(axis=0) / solid.mean() - 1).max() < 0.03, "grey light stays grey"


async def test_a_crop_is_the_same_region_of_the_whole(renderer, scene, tmp_path):
    whole, _ = (await renderer.render(scene, tmp_path, ignore)).read()
    x0, y0, x1, y1 = crop = (60, 40, 130, 110)
    part, shade = (await renderer.render(msgspec.structs.replace(scene, crop=crop), tmp_path, ignore)).read()
    assert part.shape[:2] == shade.shape[:2] == (y1 - y0, x1 - x0)
    assert np.abs(part[..., 3] - whole[y0:y1, x0:x1, 3]).mean() < 0.01
    assert np.abs(part - whole[y0:y1, x0:x1]).mean() < 0.02


async def test_a_broken_scene_is_an_error_and_the_process_lives_on(renderer, scene, tmp_path):
    broken = msgspec.structs.replace(scene, pieces=(msgspec.structs.replace(CUBE, piece="throne_of_nobody"),))
    with pytest.raises(AppError, match="throne_of_nobody"):
        await renderer.render(broken, tmp_path, ignore)
    without_light = msgspec.structs.replace(scene, light=tmp_path / "absent.npz")
    with pytest.raises(AppError, match=r"absent\.npz"):
        await renderer.render(without_light, tmp_path, ignore)
    pid = renderer._process.pid
    await renderer.render(scene, tmp_path, ignore)
    assert renderer._process.pid == pid


async def test_cancelling_kills_the_process_and_the_next_call_has_another(renderer, scene, tmp_path):
    long = enlarged(scene)
    begun = asyncio.Event()
    rendering = asyncio.create_task(renderer.render(long, tmp_path, lambda _: begun.set()))
    await asyncio.wait_for(begun.wait(), 30)
    pid = renderer._process.pid
    rendering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await rendering
    assert not Path(f"/proc/{pid}").exists()
    await renderer.render(scene, tmp_path, ignore)
    assert renderer._process.pid != pid


async def test_a_process_that_hangs_is_replaced(scene, tmp_path):
    renderer = Renderer(None, cores=2, deadline=1.5)
    await renderer.warm()
    pid = renderer._process.pid
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(Unavailable, match="did not finish"):
        await renderer.render(scene, tmp_path, ignore)
    assert not Path(f"/proc/{pid}").exists()
    await renderer.close()


async def test_a_process_that_dies_says_so(renderer, scene, tmp_path):
    await renderer.warm()
    os.kill(renderer._process.pid, signal.SIGKILL)
    with pytest.raises(Unavailable, match="stopped by itself"):
        await renderer.render(scene, tmp_path, ignore)


async def test_a_process_that_grows_too_big_is_stopped(scene, tmp_path):
    renderer = Renderer(None, cores=2, most_mb=50)
    with pytest.raises(CannotStage, match="50 MB"):
        await renderer.render(enlarged(scene), tmp_path, ignore)
    await renderer.close()
    await renderer.close()


async def test_a_python_that_cannot_render_says_why(scene, tmp_path):
    for python, reason in ((tmp_path / "absent", "could not be started"), (Path("/bin/false"), "stopped by itself")):
        with pytest.raises(Unavailable, match=reason):
            await Renderer(python, cores=2).render(scene, tmp_path, ignore)


async def test_the_program_ends_with_its_owner_even_in_the_midst_of_a_rendering(renderer, scene, tmp_path):
    begun = asyncio.Event()
    long = enlarged(scene)
    rendering = asyncio.create_task(renderer.render(long, tmp_path, lambda _: begun.set()))
    await asyncio.wait_for(begun.wait(), 30)
    pid = renderer._process.pid
    renderer._process._process.stdin.close()  # what happens to it when the owner is killed
    with pytest.raises(Unavailable, match="stopped by itself"):
        await asyncio.wait_for(rendering, 10)
    assert not Path(f"/proc/{pid}").exists()
