"""What furniture does not touch stays the photo, byte for byte."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from realstaging.engines.local.composite import composite, lens_blur
from realstaging.engines.local.room.reading import Box, Face
from tests.engines.local.rooms import HEIGHT, WIDTH, picture, reading

ROOM = reading(Box(-2.0, 2.2, -1.0, 5.0, 2.6))
CROP = (60, 100, 260, 240)
BLOCK = (slice(60, 110), slice(70, 130))
"""Where the furniture is, in the crop."""
EDGE = 3


@pytest.fixture
def photo():
    noise = np.random.default_rng(3).integers(-3, 4, (HEIGHT, WIDTH, 1))
    return np.clip(picture(ROOM) + noise, 0, 255).astype(np.uint8)


def rendering(level: float = 0.2, shadow: float = 0.5):
    height, width = CROP[3] - CROP[1], CROP[2] - CROP[0]
    furniture = np.zeros((height, width, 4), np.float32)
    furniture[BLOCK] = (level, level, level, 1.0)
    shade = np.ones((height, width, 3), np.float32)
    shade[110:118, 70:130] = shadow
    return furniture, shade


def test_nothing_rendered_is_the_photo_itself(photo):
    furniture, shade = rendering()
    done = composite(photo, np.zeros_like(furniture), np.ones_like(shade), CROP, ROOM)
    assert (done.pixels == photo).all()
    assert done.untouched_share == 1.0


def test_only_furniture_and_its_shadow_change_the_photo(photo):
    done = composite(photo, *rendering(), CROP, ROOM)
    changed = (done.pixels != photo).any(axis=-1)
    ys, xs = np.nonzero(changed)
    # Furniture is blurred as the photo is: its edge reaches a pixel or two beyond.
    assert ys.min() >= CROP[1] + 60 - EDGE
    assert xs.min() >= CROP[0] + 70 - EDGE
    assert ys.max() <= CROP[1] + 117 + EDGE
    assert xs.max() <= CROP[0] + 129 + EDGE
    assert done.untouched_share == pytest.approx(1 - changed.mean())
    assert done.untouched_share > 0.9


def test_a_shadow_darkens_the_floor(photo):
    done = composite(photo, *rendering(shadow=0.5), CROP, ROOM)
    under = (slice(CROP[1] + 112, CROP[1] + 116), slice(CROP[0] + 80, CROP[0] + 120))
    assert done.pixels[under].mean() < 0.85 * photo[under].mean()


def test_ceilings_are_never_shaded(photo):
    whole = (0, 0, WIDTH, HEIGHT)
    furniture = np.zeros((HEIGHT, WIDTH, 4), np.float32)
    furniture[30:200, 150:170] = (0.2, 0.2, 0.2, 1.0)
    shade = np.full((HEIGHT, WIDTH, 3), 0.6, np.float32)
    shade[:, 200:] = 1.0
    done = composite(photo, furniture, shade, whole, ROOM)
    beside = np.ones((HEIGHT, WIDTH), bool)
    beside[30 - EDGE : 200 + EDGE, 150 - EDGE : 170 + EDGE] = False
    ceiling = (ROOM.labels == Face.CEILING) & beside
    assert (done.pixels[ceiling] == photo[ceiling]).all()


def test_what_stands_in_front_stays_in_front(photo):
    occluders = np.zeros((HEIGHT, WIDTH), bool)
    occluders[150:220, 140:180] = True
    done = composite(photo, *rendering(), CROP, replace(ROOM, occluders=occluders))
    core = (slice(152, 218), slice(142, 178))
    assert (done.pixels[core] == photo[core]).all()


def test_furniture_brighter_than_the_rooms_paint_is_toned_down(photo):
    done = composite(photo, *rendering(level=1.3), CROP, ROOM)
    block = done.pixels[CROP[1] + 70 : CROP[1] + 100, CROP[0] + 80 : CROP[0] + 120]
    assert block.max() < 255


def test_a_smaller_rendering_is_enlarged_to_the_crop(photo):
    furniture, shade = rendering()
    whole = composite(photo, furniture, shade, CROP, ROOM)
    small = composite(photo, furniture[::2, ::2].copy(), shade[::4, ::4].copy(), CROP, ROOM)
    core = (slice(CROP[1] + 65, CROP[1] + 105), slice(CROP[0] + 75, CROP[0] + 125))
    assert np.abs(whole.pixels[core].astype(int) - small.pixels[core]).mean() < 3
    assert small.untouched_share == pytest.approx(whole.untouched_share, abs=0.02)


def test_furniture_in_a_soft_photo_is_as_soft():
    sharp = np.full((200, 300, 3), 60, np.uint8)
    sharp[:, 100:200] = 200
    assert lens_blur(sharp, 1.0) < 0.3
    for sigma in (1.0, 1.6):
        soft = cv2.GaussianBlur(sharp, (0, 0), sigma)
        assert lens_blur(soft, 1.0) == pytest.approx((sigma**2 - 0.25) ** 0.5, abs=0.3)
        assert lens_blur(soft, 2.0) < lens_blur(soft, 1.0)


def test_the_same_seed_gives_the_same_bytes(photo):
    one, two = (composite(photo, *rendering(), CROP, ROOM, seed=7) for _ in range(2))
    assert (one.pixels == two.pixels).all()
