"""Rooms are measured for prompts with power nobody else wants: real processes, a drawn room whose size is known."""

import asyncio
import time

import pytest
from PIL import Image

from realstaging.engines.local.measures import Measured, SpareTimeMeasures, measured
from realstaging.runtime.processes import Processes
from realstaging.synthetic.empty import draw_room

DRAWN = draw_room(104)


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.png"
    Image.fromarray(DRAWN.pixels).save(path)
    return path


@pytest.fixture
def processes():
    pool = Processes(1)
    yield pool
    pool.close()


async def busy(processes):
    task = asyncio.create_task(processes.run(time.sleep, 0.3))
    while processes.idle:
        await asyncio.sleep(0)
    return task


async def test_a_room_is_measured_once_and_waited_for_no_longer_than_allowed(photo, processes):
    measures = SpareTimeMeasures(processes, longest=0.05)
    assert await measures.of(photo) is None
    assert not processes.idle
    while not processes.idle:
        await asyncio.sleep(0.05)
    task = await busy(processes)
    size = await measures.of(photo)
    assert size.height == pytest.approx(DRAWN.box.ceiling, rel=0.1)
    assert size.width == pytest.approx(DRAWN.box.x_max - DRAWN.box.x_min, rel=0.1)
    assert not task.done()
    await task


async def test_nobody_waits_for_measures_where_there_is_other_work(photo, processes):
    task = await busy(processes)
    assert await SpareTimeMeasures(processes, longest=60).of(photo) is None
    assert not task.done()
    await task


async def test_what_could_not_be_read_is_read_another_time(photo, processes):
    measures = SpareTimeMeasures(processes, longest=0)
    assert await measures.of(photo) is None
    kept = photo.read_bytes()
    photo.unlink()
    while measures._readings:
        await asyncio.sleep(0.05)
    photo.write_bytes(kept)
    assert await measures.of(photo) is None
    assert measures._readings


def test_a_picture_of_no_room_has_no_measures(tmp_path):
    path = tmp_path / "grey.png"
    Image.new("RGB", (300, 200), "grey").save(path)
    assert measured(path) == Measured()


async def test_a_photo_whose_reading_fails_oddly_is_staged_without_measures(photo, processes):
    class Failing:
        idle = True

        async def run(self, *_):
            raise ZeroDivisionError

    measures = SpareTimeMeasures(Failing())
    for _ in range(2):
        assert await measures.of(photo) is None
        assert await measures.doors(photo) == ()
