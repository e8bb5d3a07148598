"""What is published has the file's own pixels, whatever its colour space and depth: counted here by other decoders than ours."""

from io import BytesIO

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms, ImageOps

from harness.service import room
from realstaging.fidelity.assurance import assure
from realstaging.fidelity.own_pixels import bring, master_of
from realstaging.fidelity.report import Operation
from realstaging.imaging import encode, png_strips
from realstaging.imaging.decode import decode
from realstaging.imaging.icc import ADOBE_RGB, D65, DISPLAY_P3, profile_for
from realstaging.imaging.native import Native
from realstaging.imaging.profile import SRGB
from realstaging.imaging.space import converted, profile_for_grey, space_of, srgb_space
from realstaging.sandbox.replicate.pictures import FAITHFUL, stage
from tests.imaging.files import chunk, png

pillow_heif.register_heif_opener()

SOFA = (94, 108, 122)
PROPHOTO = profile_for("ProPhoto", ((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)), (0.3457, 0.3585), 1.8)


def drawn():
    """The drawn room, sRGB."""
    with Image.open(BytesIO(room())) as picture:
        return np.asarray(picture.convert("RGB"))


def within(profile, pixels=None):
    """The drawn room in another space."""
    pixels = drawn() if pixels is None else pixels
    return converted(pixels, srgb_space(), space_of(profile))


def saved(pixels, file_format, **options):
    data = BytesIO()
    (pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)).save(data, file_format, **options)
    return data.getvalue()


def sideways():
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(np.rot90(within(DISPLAY_P3)), "JPEG", quality=95, icc_profile=DISPLAY_P3, exif=exif)


def adobe_by_exif():
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0xA001: 0xFFFF, 0xA005: {1: "R03"}})
    return saved(within(ADOBE_RGB), "JPEG", quality=95, exif=exif)


def deep_png():
    fine = drawn().astype(np.uint16) * 257 + np.random.default_rng(0).integers(-99, 99, drawn().shape).astype(np.uint16)
    return bytes(cv2.imencode(".png", fine[..., ::-1])[1])


def deep_heic():
    fine = drawn().astype(np.uint16) * 257
    picture = pillow_heif.from_bytes("RGB;16", (fine.shape[1], fine.shape[0]), fine.tobytes())
    data = BytesIO()
    picture.save(data, quality=95, bit_depth=10)
    return data.getvalue()


def grey_profile():
    """Grey of gamma 1.8."""
    header = bytearray(profile_for("dot", ((0.64, 0.33), (0.3, 0.6), (0.15, 0.06)), D65, 1.8))
    header[16:20] = b"GRAY"
    return bytes(header).replace(b"rTRC", b"kTRC")


def by_pillow(data):
    with Image.open(BytesIO(data)) as picture:
        return np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))


def by_opencv(data):
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    return np.ascontiguousarray(pixels[..., ::-1])


def by_libheif(data):
    return np.asarray(pillow_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=False))


FILES = {
    "plain JPEG": (room, by_pillow, "sRGB, 8 bits", SRGB),
    "Display P3": (
        lambda: saved(within(DISPLAY_P3), "JPEG", quality=95, icc_profile=DISPLAY_P3),
        by_pillow,
        "Display P3, 8 bits",
        DISPLAY_P3,
    ),
    "sideways": (sideways, by_pillow, "Display P3, 8 bits", DISPLAY_P3),
    "Adobe RGB told by Exif": (adobe_by_exif, by_pillow, "Adobe RGB (1998), 8 bits", ADOBE_RGB),
    "ProPhoto PNG": (
        lambda: saved(within(PROPHOTO), "PNG", icc_profile=PROPHOTO),
        by_pillow,
        "ProPhoto, 8 bits",
        PROPHOTO,
    ),
    "P3 WebP": (
        lambda: saved(within(DISPLAY_P3), "WEBP", quality=95, icc_profile=DISPLAY_P3),
        by_pillow,
        "Display P3, 8 bits",
        DISPLAY_P3,
    ),
    "P3 HEIC": (
        lambda: saved(within(DISPLAY_P3), "HEIF", quality=95, icc_profile=DISPLAY_P3),
        by_pillow,
        "Display P3, 8 bits",
        DISPLAY_P3,
    ),
    "P3 PNG told by code points": (
        lambda: png(within(DISPLAY_P3), chunk(b"cICP", bytes([12, 13, 0, 1]))),
        by_pillow,
        "Display P3, 8 bits",
        DISPLAY_P3,
    ),
    "16-bit PNG": (deep_png, by_opencv, "sRGB, 16 bits", SRGB),
    "10-bit HEIC": (deep_heic, by_libheif, "sRGB, 10 bits", SRGB),
    "grey": (lambda: saved(Image.fromarray(drawn()).convert("L"), "JPEG", quality=95), by_pillow, "sRGB, 8 bits", SRGB),
    "grey of its own curve": (
        lambda: saved(Image.fromarray(drawn()).convert("L"), "PNG", icc_profile=grey_profile()),
        by_pillow,
        "dot, grey, 8 bits",
        profile_for_grey(grey_profile()),
    ),
}


def furnished(pixels):
    """With a sofa, and a shadow that fades to nothing above it."""
    staged = pixels.copy()
    light = np.linspace(1, 0.5, 60)[:, None, None]
    staged[140:200, 150:300] = srgb_space().encoded(srgb_space().linear(pixels[140:200, 150:300]) * light, 8)
    staged[200:270, 150:300] = SOFA
    return staged


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file_keeps_its_own_pixels(kind, tmp_path):
    made, decoder, told, profile = FILES[kind]
    data = made()
    (tmp_path / "photo").write_bytes(data)
    original = decode(data)
    master, untouched = master_of(tmp_path / "photo", original, furnished(original))
    png_strips.write(tmp_path / "master.png", master.pixels, master.profile, master.significant)
    written, before = by_opencv((tmp_path / "master.png").read_bytes()), decoder(data)
    assert (written.shape, written.dtype) == (before.shape, before.dtype)
    same = (written == before).all(axis=2)
    assert untouched == same.mean() > 0.8
    outside = np.ones(same.shape, bool)
    outside[140:270, 150:300] = False
    assert same[outside].all()
    assert master.told == f"the file's own pixels, {told}"
    with Image.open(tmp_path / "master.png") as picture:
        assert picture.info["icc_profile"] == profile
    assert np.abs(seen(written, profile)[200:270, 150:300].astype(int) - SOFA).max() <= 2
    # The shadow's first rows go over into the wall with no step that the photo does not have.
    rows = written[136:146, 150:300].astype(float).mean(axis=1)
    assert np.abs(
        np.diff(rows, axis=0) - np.diff(before[136:146, 150:300].astype(float).mean(axis=1), axis=0)
    ).max() < (2 if written.dtype == np.uint8 else 2 * 257)


def seen(values, profile):
    """sRGB of a picture's values, by Little CMS."""
    eight = (values >> 8).astype(np.uint8) if values.dtype == np.uint16 else values
    spaces = (ImageCms.ImageCmsProfile(BytesIO(one)) for one in (profile, SRGB))
    return np.asarray(ImageCms.profileToProfile(Image.fromarray(eight), *spaces))


def test_a_models_picture_is_taken_over_onto_the_files_own_pixels(tmp_path):
    data = FILES["Display P3"][0]()
    (tmp_path / "photo").write_bytes(data)
    (tmp_path / "staged").write_bytes(stage(saved(decode(data), "PNG"), FAITHFUL, "png", 2))
    assured = assure(tmp_path / "photo", tmp_path / "staged", tmp_path / "master.png", Operation.STAGE, False)
    same = (by_opencv((tmp_path / "master.png").read_bytes()) == by_pillow(data)).all(axis=2)
    assert assured.untouched_share == round(float(same.mean()), 4) > 0.7
    assert same[:90].all(), "the window and the wall over the furniture are the file's own"
    assert assured.counted_against == "the file's own pixels, Display P3, 8 bits"


def test_what_has_no_primaries_is_told_to_be_srgb(tmp_path):
    data = saved(Image.fromarray(drawn()).convert("CMYK"), "JPEG", quality=95)
    (tmp_path / "photo").write_bytes(data)
    original = decode(data)
    master, untouched = master_of(tmp_path / "photo", original, furnished(original))
    assert master.told == "the photo turned into sRGB, for its file is CMYK; 8 bits"
    assert untouched == (master.pixels == original).all(axis=2).mean()


def test_a_picture_on_the_photos_own_pixels_keeps_the_files(tmp_path):
    data = saved(within(DISPLAY_P3), "JPEG", quality=95, icc_profile=DISPLAY_P3)
    (tmp_path / "photo").write_bytes(data)
    staged = decode(data).copy()
    staged[200:270, 150:300] = (94, 108, 122)
    (tmp_path / "staged").write_bytes(encode.png(staged))
    assured = assure(tmp_path / "photo", tmp_path / "staged", tmp_path / "master.png", Operation.STAGE, True)
    master = by_opencv((tmp_path / "master.png").read_bytes())
    changed = (master != by_pillow(data)).any(axis=2)
    assert assured.untouched_share == round(1 - float(changed.mean()), 4)
    assert changed[:200].sum() == changed[270:].sum() == 0
    assert (
        np.abs(converted(master[220, 200:210], space_of(DISPLAY_P3), srgb_space()).astype(int) - (94, 108, 122)).max()
        <= 1
    )


@pytest.mark.parametrize("profile", [DISPLAY_P3, ADOBE_RGB, PROPHOTO], ids=["P3", "Adobe RGB", "ProPhoto"])
@pytest.mark.parametrize("wall", [(1.0, 0.02, 0.02), (0.03, 1.0, 0.03), (0.0, 0.9, 1.0), (0.5, 0.5, 0.5)])
def test_walls_beyond_srgb_keep_their_colour_under_a_shadow(profile, wall):
    """A wall that sRGB cannot show, a shadow that fades to nothing across it: its own values, darker, without a step."""
    space, srgb = space_of(profile), srgb_space()
    light = np.clip(np.linspace(0.25, 1.1, 400), 0, 1).astype(np.float32)
    own = np.tile(space.encoded(np.float32(wall), 8), (2, 400, 1))
    original = converted(own, space, srgb)
    picture = srgb.encoded(srgb.linear(original) * light[:, None], 8)
    values = own.copy()
    bring(Native(values, profile, space), original, picture)
    expected = space.encoded(space.linear(own) * light[:, None], 8)
    assert np.abs(space.linear(values) - space.linear(expected)).max() < 0.015
    assert np.array_equal(values[:, light == 1], own[:, light == 1])
    assert np.abs(np.diff(space.linear(values)[0], axis=0)).max() < 0.02


def test_furniture_before_such_a_wall_has_its_own_colour():
    space, srgb = space_of(DISPLAY_P3), srgb_space()
    own = np.tile(np.uint8([255, 20, 20]), (8, 8, 1))
    original = converted(own, space, srgb)
    picture = np.tile(np.uint8([120, 124, 130]), (8, 8, 1))
    bring(Native(own, DISPLAY_P3, space), original, picture)
    assert np.abs(converted(own, space, srgb).astype(int) - picture).max() <= 1
