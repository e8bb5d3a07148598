"""A drawn room, staged for good: room reading, plan, Blender, compositing."""

from __future__ import annotations

import asyncio
import time

import numpy as np
import pytest

from realstaging.engines.brief import Brief, RoomType, Style
from realstaging.engines.local.aside import Aside
from realstaging.engines.local.engine import LocalEngine
from realstaging.imaging import encode
from realstaging.imaging.decode import decode
from realstaging.kit.calls import TookTooMuch
from realstaging.kit.children import Allowance
from realstaging.kit.errors import BadPhoto, CannotStage, Unavailable
from realstaging.synthetic.empty import draw_room
from tests.runtime import stuck

BRIEF = Brief(RoomType.LIVING_ROOM, Style.MODERN)


@pytest.fixture
async def engine():
    engine = LocalEngine(None)
    yield engine
    await engine.close()


async def never(candidate, doors=()):
    raise AssertionError("there is nothing to be accepted")


@pytest.mark.render
@pytest.mark.slow  # Blender starts and renders: about 20 s
@pytest.mark.xdist_group("render")
async def test_a_room_is_staged_and_the_rest_of_it_is_untouched(engine, tmp_path):
    pixels = encode.fit(draw_room(7).pixels, 480)
    photo, result = tmp_path / "room.png", tmp_path / "staged.png"
    photo.write_bytes(encode.png(pixels))
    steps, drafts = [], []

    def told(step):
        steps.append(step)
        if step.preview:
            drafts.append(decode(step.preview))

    async def accept(candidate, doors=()):
        result.write_bytes(candidate.read_bytes())

    staged = await engine.stage(photo, BRIEF, accept, told)
    made = decode(result)
    assert made.shape == pixels.shape == (staged.height, staged.width, 3)
    same = (made == pixels).all(axis=-1).mean()
    assert staged.untouched_share == pytest.approx(same, abs=1e-3)
    assert 0.5 < same < 0.99
    [draft] = drafts
    assert draft.shape == pixels.shape
    near = np.abs(draft.astype(int) - made).mean(axis=-1)
    assert near.mean() < 6, "the draft shows what the picture will show"
    names = [step.step for step in steps]
    assert names[0] == "reading_room"
    assert names[-1] == "done"
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert staged.plan["pieces"]
    assert (staged.engine, staged.seed) == ("local", 0)


async def test_a_file_that_is_no_photo_is_refused(engine, tmp_path):
    photo = tmp_path / "note.jpg"
    photo.write_text("not a photo")
    with pytest.raises(BadPhoto):
        await engine.stage(photo, BRIEF, never, lambda _: None)


async def test_a_picture_of_no_room_is_declined(engine, tmp_path):
    photo = tmp_path / "grey.png"
    photo.write_bytes(encode.png(np.full((300, 400, 3), 128, np.uint8)))
    with pytest.raises(CannotStage):
        await engine.stage(photo, BRIEF, never, lambda _: None)


async def test_cancelling_ends_the_work_at_once_and_the_next_call_works():
    aside = Aside()
    working = asyncio.create_task(aside.run(time.sleep, 60))
    await asyncio.sleep(1)
    begun = time.monotonic()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert await aside.run(abs, -3) == 3
    assert time.monotonic() - begun < 20
    aside.close()
    aside.close()


async def test_a_process_that_dies_is_told_as_worth_a_retry():
    aside = Aside()
    with pytest.raises(Unavailable):
        await aside.run(_die)
    assert await aside.run(abs, -1) == 1
    aside.close()


async def test_work_that_takes_too_much_memory_is_ended():
    aside = Aside(Allowance(resident=300_000_000))
    with pytest.raises(TookTooMuch):
        await aside.run(stuck.swallow)
    assert await aside.run(abs, -1) == 1
    aside.close()


def _die() -> None:
    raise SystemExit(1)
