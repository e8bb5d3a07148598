import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from realstaging.engines.replicate import models
from realstaging.engines.replicate.padding import cut_back, frame_for, prepare

THREE_RATIOS = models.find("openai/gpt-image-1.5").size
MATCHING = models.find("black-forest-labs/flux-kontext-pro").size


@given(st.integers(64, 9000), st.integers(64, 9000))
def test_a_frame_holds_the_whole_photo_in_its_ratio(width, height):
    for size in (THREE_RATIOS, MATCHING):
        frame = frame_for(width, height, size)
        assert frame.left >= 0
        assert frame.top >= 0
        assert frame.left + frame.inner_width <= frame.width
        assert frame.top + frame.inner_height <= frame.height
        assert frame.inner_width <= width
        assert frame.width * frame.height <= size.megapixels * 1e6 * 1.1 + 20_000


def test_the_ratio_that_needs_least_padding_is_taken():
    assert frame_for(4000, 3000, THREE_RATIOS).ratio == "3:2"
    assert frame_for(3000, 4000, THREE_RATIOS).ratio == "2:3"
    assert frame_for(1000, 1050, THREE_RATIOS).ratio == "1:1"
    assert frame_for(4000, 3000, MATCHING).padded is False


@pytest.mark.parametrize("shape", [(1600, 1200), (900, 1600), (1000, 1000)])
def test_what_is_padded_comes_back_where_it_was(tmp_path, shape):
    photo = tmp_path / "photo.png"
    across, down = np.meshgrid(np.linspace(0, 255, shape[0]), np.linspace(0, 255, shape[1]))
    pixels = np.stack([across, down, (across + down) / 2], axis=-1).astype(np.uint8)
    Image.fromarray(pixels).save(photo)
    sent, frame = prepare(photo, THREE_RATIOS)
    with Image.open(io.BytesIO(sent)) as picture:
        assert picture.size == (frame.width, frame.height)
        # A model answers at a size of its own.
        answered = picture.resize((picture.width * 2 // 3, picture.height * 2 // 3))
    cut_back(answered, frame, tmp_path / "back.png")
    with Image.open(tmp_path / "back.png") as back:
        same = np.asarray(back.resize(shape), dtype=int)
    assert np.abs(same - pixels).mean() < 3


def test_a_turned_photo_is_sent_upright(tmp_path):
    photo = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (300, 200), "white").save(photo, exif=exif)
    sent, frame = prepare(photo, MATCHING)
    with Image.open(io.BytesIO(sent)) as picture:
        assert picture.size == (200, 300) == (frame.width, frame.height)
        assert not picture.getexif()
