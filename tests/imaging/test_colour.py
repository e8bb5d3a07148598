"""The same room, its colours told in every way there is, has to look the same."""

import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms

from realstaging.imaging import colour, decode
from tests.imaging.files import chunk, exif_block, interlaced, png, room, saved, with_segment


def light_of(pixels):
    values = np.asarray(pixels, np.float64) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def in_space(space, pixels):
    """sRGB pixels as numbers, 0–1, of another space."""
    profile = colour.profile_of(space)
    if profile is None:
        return np.asarray(pixels) / 255
    curve = np.linspace(0, 1, 4096)
    columns = [np.array([*chromaticity(space.primaries, i)]) for i in range(3)]
    to = np.stack(columns, 1) * np.linalg.solve(np.stack(columns, 1), white(space.primaries))
    srgb = [np.array([*chromaticity(colour.SRGB_PRIMARIES, i)]) for i in range(3)]
    off = np.stack(srgb, 1) * np.linalg.solve(np.stack(srgb, 1), white(colour.SRGB_PRIMARIES))
    light = light_of(pixels) @ (np.linalg.inv(to) @ off).T
    return np.interp(np.clip(light, 0, 1), space.light(curve), curve)


def chromaticity(primaries, which):
    x, y = primaries[2 * which : 2 * which + 2]
    return x / y, 1.0, (1 - x - y) / y


def white(primaries):
    return np.array(chromaticity(primaries, 3))


def numbers(space, pixels, dtype):
    top = np.iinfo(dtype).max
    return np.round(in_space(space, pixels) * top).astype(dtype)


def gama(gamma):
    return chunk(b"gAMA", struct.pack(">I", round(100_000 / gamma)))


def chrm(space):
    points = (*space.primaries[6:], *space.primaries[:6])
    return chunk(b"cHRM", struct.pack(">8I", *(round(point * 100_000) for point in points)))


def iccp(profile):
    return chunk(b"iCCP", b"any\0\0" + zlib.compress(profile))


P3, ADOBE, LINEAR = colour.by_codes(12, 13), colour.ADOBE_RGB, colour.by_codes(1, 8)
SRGB = colour.Space()
# A room between a red wall and a green one: greys look the same in most spaces.
TINT = np.stack([np.linspace(70, -70, 96), np.linspace(-70, 70, 96), np.full(96, -30)], 1)[None]
ROOM = np.clip(np.asarray(room(96, 80)) * 0.6 + 40 + TINT, 20, 235).astype(np.uint8)


def same(data, most=1.5):
    """Whether the room comes out as it is in sRGB, but for rounding."""
    return np.abs(decode.decode(data).astype(int) - ROOM).mean() <= most


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize(
    ("space", "chunks"),
    [
        (SRGB, ()),
        (SRGB, (chunk(b"sRGB", b"\0"),)),
        (SRGB, (gama(2.2),)),
        (P3, (chunk(b"cICP", bytes([12, 13, 0, 1])),)),
        (ADOBE, (iccp(colour.profile_of(ADOBE)),)),
        (ADOBE, (gama(563 / 256), chrm(ADOBE))),
        (LINEAR, (gama(1.0),)),
        (LINEAR, (chunk(b"cICP", bytes([1, 8, 0, 1])),)),
        # The order of the third edition: each is believed before those behind it, wherever they stand.
        (P3, (iccp(colour.profile_of(ADOBE)), chunk(b"sRGB", b"\0"), gama(1.0), chunk(b"cICP", bytes([12, 13, 0, 1])))),
        (ADOBE, (gama(1.0), chrm(P3), chunk(b"sRGB", b"\0"), iccp(colour.profile_of(ADOBE)))),
        (SRGB, (gama(1.0), chrm(P3), chunk(b"sRGB", b"\0"))),
        # What says nothing of use is passed over.
        (ADOBE, (chunk(b"cICP", bytes([2, 2, 0, 1])), iccp(colour.profile_of(ADOBE)))),
        (SRGB, (iccp(b"no profile"), chunk(b"sRGB", b"\0"), gama(1.0))),
        (SRGB, (gama(1e-4),)),
    ],
)
def test_png_colours_are_told_in_the_order_of_the_third_edition(dtype, space, chunks):
    if dtype is np.uint8 and space == LINEAR:
        assert same(png(numbers(space, ROOM, dtype), *chunks), most=4)
        return
    assert same(png(numbers(space, ROOM, dtype), *chunks))


def test_sixteen_bits_of_light_keep_their_shadows():
    """Eight bits of light would leave 13 steps between one shade and the next."""
    ramp = np.repeat(np.arange(0, 64, dtype=np.uint8)[None, :, None], 64, 0).repeat(3, 2)
    assert np.abs(decode.decode(png(numbers(LINEAR, ramp, np.uint16), gama(1.0))).astype(int) - ramp).max() <= 1


@pytest.mark.parametrize(("channels", "colour_type"), [(1, 0), (2, 4), (3, 2), (4, 6)])
def test_every_kind_of_sixteen_bits(channels, colour_type):
    values = np.full((70, 80, channels), 40_000, np.uint16)
    if channels in {2, 4}:
        values[..., -1] = 65535
    found = decode.decode(png(values, colour_type=colour_type))
    assert np.abs(found.astype(int) - round(40_000 / 257)).max() <= 1
    grey = decode.decode(png(values, gama(1.0), colour_type=colour_type))
    assert abs(int(grey[0, 0, 0]) - 205) <= 1


def test_a_png_in_passes_is_the_same():
    assert np.array_equal(decode.decode(interlaced(ROOM)), ROOM)
    assert same(interlaced(numbers(LINEAR, ROOM, np.uint16), gama(1.0)))


def jpeg_of(values, block=None):
    data = saved(Image.fromarray(values), "JPEG", quality=98, subsampling=0)
    return with_segment(data, 0xE1, block) if block else data


@pytest.mark.parametrize("order", ["<", ">"])
def test_adobe_rgb_is_told_by_exif_alone(order):
    adobe = numbers(ADOBE, ROOM, np.uint8)
    assert not same(jpeg_of(adobe), 3)
    assert same(jpeg_of(adobe, exif_block(space=0xFFFF, index="R03", order=order)), 3)
    assert same(jpeg_of(adobe, exif_block(space=2, order=order)), 3)
    assert same(jpeg_of(ROOM, exif_block(space=0xFFFF, index="R98", order=order)), 3)
    assert same(jpeg_of(ROOM, exif_block(space=1, order=order)), 3)
    assert same(jpeg_of(ROOM, exif_block(space=0xFFFF, order=order)), 3)


def test_a_profile_is_believed_before_exif():
    data = saved(Image.fromarray(numbers(P3, ROOM, np.uint8)), "JPEG", quality=98, icc_profile=colour.profile_of(P3))
    assert same(with_segment(data, 0xE1, exif_block(space=0xFFFF, index="R03")), 3)


def test_other_formats_tell_adobe_rgb_too():
    adobe = numbers(ADOBE, ROOM, np.uint8)
    block = exif_block(space=0xFFFF, index="R03")
    assert same(saved(Image.fromarray(adobe), "WEBP", lossless=True, exif=block))
    assert same(png(adobe, chunk(b"eXIf", block[6:])))
    assert same(png(ROOM, chunk(b"eXIf", block[6:]), chunk(b"sRGB", b"\0")))


def test_heic_colours_are_told_by_code_points():
    p3 = Image.fromarray(numbers(P3, ROOM, np.uint8))
    plain = saved(
        p3, "HEIF", quality=95, chroma=444, save_nclx_profile=True, color_primaries=12, transfer_characteristics=13
    )
    assert colour.profile_of(decode.header(plain).colour) == colour.profile_of(P3)


@pytest.mark.parametrize("space", [ADOBE, P3, LINEAR, colour.by_codes(9, 16), colour.by_codes(9, 18)])
def test_a_profile_that_is_made_here_is_a_profile(space):
    profile = colour.profile_of(space)
    assert colour.is_profile(profile)
    assert len(profile) == int.from_bytes(profile[:4], "big")
    opened = ImageCms.ImageCmsProfile(BytesIO(profile))
    for intent in range(4):
        assert ImageCms.isIntentSupported(opened, intent, ImageCms.Direction.INPUT) in {0, 1}
    seen = ImageCms.profileToProfile(Image.new("RGB", (1, 1), "white"), opened, ImageCms.createProfile("sRGB"))
    assert min(seen.getpixel((0, 0))) >= 254
    assert colour.profile_of(SRGB) is None
    assert colour.profile_of(None) is None
