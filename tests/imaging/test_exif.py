import random

import numpy as np
import pytest

from realstaging.imaging import decode, exif
from tests.imaging.files import chunk, exif_block, png, room, saved, with_segment


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_with_a_number_that_cannot_be_written(orientation, order):
    """A resolution of 0/0 made a portrait photo a damaged one."""
    data = saved(room(), "JPEG")
    turned = decode.decode(with_segment(data, 0xE1, exif_block(orientation, order=order)))
    plain = decode.decode(data)
    steps = {
        1: lambda a: a,
        2: np.fliplr,
        3: lambda a: np.rot90(a, 2),
        4: np.flipud,
        5: lambda a: np.transpose(a, (1, 0, 2)),
        6: lambda a: np.rot90(a, -1),
        7: lambda a: np.rot90(np.transpose(a, (1, 0, 2)), 2),
        8: np.rot90,
    }
    assert np.array_equal(turned, steps[orientation](plain))


def test_orientation_of_other_formats():
    block = exif_block(6)
    assert decode.inspect(saved(room(), "WEBP", exif=block)).height == 192
    assert decode.inspect(png(np.asarray(room()), chunk(b"eXIf", block[6:]))).height == 192


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_heic_is_turned_as_its_own_boxes_say(orientation):
    """Phones say it twice, in a box of the picture and in Exif, which is for other formats (ISO/IEC 23008-12, A.2.1)."""
    picture = room().copy()
    picture.info["exif"] = exif_block(orientation)
    turned = decode.decode(saved(picture, "HEIF", quality=90))
    plain = decode.decode(with_segment(saved(room(), "JPEG", quality=95), 0xE1, exif_block(orientation)))
    assert turned.shape == plain.shape
    assert np.abs(turned.astype(int) - plain).mean() < 6


def test_what_is_read():
    told = exif.read(exif_block(space=0xFFFF, index="R03", bias=(-9, 3), mode=2))
    assert told == exif.Exif(1, adobe_rgb=True, srgb=False, exposure_bias=-3.0, bracketed=True)


def test_any_bytes_are_read_without_an_error():
    rng = random.Random(2)
    good = exif_block(6, space=0xFFFF, index="R03", bias=(1, 3), mode=1)
    assert exif.read(b"") == exif.read(b"nonsense") == exif.Exif()
    for _ in range(3000):
        data = bytearray(good)
        for _ in range(rng.randint(1, 6)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        exif.read(bytes(data[: rng.randint(0, len(data))]))
    assert exif.read(exif_block(9)).orientation == 1
