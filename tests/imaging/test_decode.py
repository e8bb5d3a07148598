import random
from io import BytesIO

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from realstaging.imaging import decode, encode
from realstaging.kit.errors import BadPhoto

pillow_heif.register_heif_opener()

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}


def corner_picture(width=96, height=72):
    """Grey, with its top left quarter red, so that turning it shows."""
    pixels = np.full((height, width, 3), 128, np.uint8)
    pixels[: height // 2, : width // 2] = (220, 20, 20)
    return Image.fromarray(pixels)


def saved(picture, file_format, **options):
    data = BytesIO()
    picture.save(data, file_format, **options)
    return data.getvalue()


def is_red(pixel):
    return int(pixel[0]) > 180 and int(pixel[1]) < 80


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_is_told_and_read(file_format, tmp_path):
    path = tmp_path / "photo"
    path.write_bytes(saved(corner_picture(), file_format))
    assert decode.inspect(path) == decode.PhotoInfo(FORMATS[file_format], 96, 72)
    pixels = decode.decode(path)
    assert pixels.shape == (72, 96, 3)
    assert is_red(pixels[10, 10])
    assert not is_red(pixels[60, 80])


@pytest.mark.parametrize(("orientation", "corner"), [(1, "tl"), (3, "br"), (6, "tr"), (8, "bl"), (2, "tr"), (5, "tl")])
def test_photos_stand_upright(orientation, corner):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(corner_picture(), "JPEG", exif=exif)
    pixels = decode.decode(data)
    info = decode.inspect(data)
    assert pixels.shape[:2] == (info.height, info.width)
    assert (info.width > info.height) == (orientation not in {5, 6, 7, 8})
    row, column = {"tl": (8, 8), "tr": (8, -8), "bl": (-8, 8), "br": (-8, -8)}[corner]
    assert is_red(pixels[row, column])


def test_a_colour_profile_is_applied():
    """Swapping two primaries makes a profile under which red is seen green."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    plain = saved(corner_picture(), "PNG")
    same = saved(corner_picture(), "PNG", icc_profile=lab.tobytes())
    assert np.abs(decode.decode(plain).astype(int) - decode.decode(same)).max() <= 1
    damaged = saved(corner_picture(), "PNG", icc_profile=b"no profile at all")
    assert np.array_equal(decode.decode(plain), decode.decode(damaged))


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_every_kind_of_pixel_becomes_rgb(mode):
    picture = corner_picture()
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257)
    else:
        picture = picture.convert(mode)
    pixels = decode.decode(saved(picture, "PNG"))
    assert pixels.shape == (72, 96, 3)
    assert pixels.dtype == np.uint8
    if mode in {"L", "LA", "I;16"}:
        assert abs(int(pixels[60, 80, 0]) - 128) <= 1


def test_cmyk_jpegs_are_read():
    pixels = decode.decode(saved(corner_picture().convert("CMYK"), "JPEG"))
    assert is_red(pixels[10, 10])


def test_transparency_lies_on_white():
    picture = Image.new("RGBA", (80, 80), (255, 0, 0, 0))
    assert (decode.decode(saved(picture, "PNG")) == 255).all()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a photo"),
        (b"hello" * 100, "not a photo"),
        (b"GIF89a" + b"\0" * 100, "not a photo"),
        (b"%PDF-1.7" + b"\0" * 100, "not a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a photo"),
    ],
)
def test_what_is_no_photo_is_told(data, says):
    for read in (decode.inspect, decode.decode):
        with pytest.raises(BadPhoto, match=says):
            read(data)


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_cut_short_is_refused(file_format):
    data = saved(Image.effect_noise((300, 200), 60).convert("RGB"), file_format)
    with pytest.raises(BadPhoto):
        decode.decode(data[: len(data) * 2 // 3])


@pytest.mark.parametrize("side", [8_100, 20_000])
def test_a_bomb_is_refused_by_its_header(side):
    bomb = saved(Image.new("1", (side, side)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(BadPhoto, match=f"{side} by {side} pixels.*64.5"):
        decode.inspect(bomb)


def test_icons_and_animations_are_refused():
    with pytest.raises(BadPhoto, match="only 32 by 32"):
        decode.inspect(saved(Image.new("RGB", (32, 32)), "PNG"))
    frames = [Image.new("RGB", (80, 80), colour) for colour in ("red", "blue")]
    with pytest.raises(BadPhoto, match="animation"):
        decode.inspect(saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]))


@pytest.mark.parametrize("file_format", FORMATS)
def test_damage_never_escapes_as_anything_but_bad_photo(file_format):
    """Bytes of good files are changed, removed and repeated at random; seeds are fixed."""
    good = saved(Image.effect_noise((120, 90), 40).convert("RGB"), file_format)
    rng = random.Random(7)
    refused = 0
    for _ in range(120):
        data = bytearray(good)
        for _ in range(rng.randint(1, 12)):
            place = rng.randrange(len(data))
            match rng.randrange(3):
                case 0:
                    data[place] = rng.randrange(256)
                case 1:
                    del data[place : place + rng.randint(1, 40)]
                case _:
                    data[place:place] = data[place : place + rng.randint(1, 40)]
        for read in (decode.inspect, decode.decode):
            try:
                read(bytes(data))
            except BadPhoto:
                refused += 1
    assert refused


def test_what_is_written_losslessly_is_read_back_exactly():
    pixels = np.random.default_rng(1).integers(0, 256, (80, 100, 3), np.uint8)
    assert np.array_equal(decode.decode(encode.png(pixels)), pixels)
