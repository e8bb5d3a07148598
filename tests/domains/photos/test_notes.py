"""What is told of a photo before anything is asked or charged: of photos drawn as cameras take them."""

import numpy as np
import pytest
from PIL import Image

from realstaging.domains.photos import rules
from realstaging.domains.photos.preparation import prepare
from realstaging.imaging.seen import Seen
from tests.imaging.files import exif_block, room, saved, with_segment

XMP = b"http://ns.adobe.com/xap/1.0/\0"
PANO = b'<x xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" %s/>'


def exposed(picture, stops, most=1.0):
    """The same scene in another exposure."""
    values = np.asarray(picture, np.float64) / 255
    light = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4) * 2.0**stops
    light = np.clip(light, 0, most)
    return Image.fromarray(
        (np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055) * 255).astype(np.uint8)
    )


def with_window(picture, share=0.1):
    lit = np.asarray(picture).copy()
    lit[: lit.shape[0] // 2, : int(lit.shape[1] * 2 * share)] = 255
    return Image.fromarray(lit)


def night():
    """Three quarters dim, the rest lit by a lamp."""
    dim = np.asarray(exposed(room(), -1.5)).astype(float)
    lamp = np.exp(-(((np.arange(192)[None] - 150) / 50) ** 2) - ((np.arange(144)[:, None] - 50) / 50) ** 2)[..., None]
    return Image.fromarray(np.clip(dim + lamp * [190, 160, 110], 0, 255).astype(np.uint8))


def sphere():
    """All around, unrolled: its ends meet, its poles are points."""
    across, down = np.meshgrid(np.linspace(0, 2 * np.pi, 512, endpoint=False), np.linspace(0, np.pi, 256))
    walls = 120 + 60 * np.sin(down) * np.sin(3 * across) + 40 * np.cos(down) + 20 * np.sin(down) * np.sin(9 * down)
    return Image.fromarray(np.clip(walls[..., None] + [0, 5, 10], 0, 255).astype(np.uint8))


def noted(tmp_path, picture, *segments):
    data = saved(picture, "JPEG", quality=92)
    for body in segments:
        data = with_segment(data, 0xE1, body)
    path = tmp_path / "photo"
    path.write_bytes(data)
    return rules.noted(prepare(path).seen)


TOLD = XMP + PANO % b'GPano:ProjectionType="equirectangular"'
PARTLY = XMP + PANO % (
    b'GPano:ProjectionType="equirectangular" GPano:CroppedAreaImageWidthPixels="4000" GPano:CroppedAreaImageHeightPixels="1000"'
)


@pytest.mark.parametrize(
    ("draw", "segments", "codes"),
    [
        (room, (), []),
        (lambda: exposed(room(), -3), (), ["too_dark"]),
        (lambda: exposed(room(), 3), (), ["too_bright"]),
        (lambda: exposed(room(), -1), (), []),
        (lambda: exposed(room(), 1), (), []),
        (lambda: with_window(exposed(room(), -3)), (exif_block(bias=(-3, 1), mode=2),), ["too_dark"]),
        (lambda: with_window(room()), (exif_block(bias=(-3, 1), mode=2),), []),
        (night, (), []),
        (lambda: Image.blend(room(), Image.new("RGB", room().size, (252, 252, 250)), 0.8), (), []),
        (lambda: room().resize((600, 200)), (), ["strip"]),
        (lambda: room().resize((200, 640)), (), ["strip"]),
        (lambda: room().resize((478, 200)), (), []),
        (lambda: room().resize((400, 200)), (), []),
        (sphere, (), ["panorama"]),
        (lambda: sphere().crop((20, 0, 492, 236)), (), []),
        (lambda: Image.new("RGB", (400, 200), "grey"), (), []),
        (lambda: room().resize((400, 200)), (TOLD,), ["panorama"]),
        (
            lambda: room().resize((400, 200)),
            (XMP + PANO.replace(b"%s/>", b"><GPano:ProjectionType>equirectangular</GPano:ProjectionType></x>"),),
            ["panorama"],
        ),
        (lambda: room().resize((800, 200)), (PARTLY,), ["panorama", "strip"]),
        # Left behind in what was cut out of a panorama.
        (room, (TOLD,), []),
        (room, (PARTLY,), []),
    ],
)
def test_what_is_seen_of_a_photo(tmp_path, draw, segments, codes):
    assert noted(tmp_path, draw(), *segments) == codes


def test_a_lit_room_is_neither_dark_nor_bright():
    """The extremes of 43 real photos at their own exposure."""
    dim = Seen(3000, 2000, 37, 88, 132, 148, 178, clipped=0)
    white = Seen(3000, 2000, 197, 219, 232, 240, 253, clipped=0.06)
    for seen in (dim, white):
        assert rules.noted(seen) == []


def test_words_are_told_for_every_code():
    told = rules.notes(["panorama", "too_dark", "from a newer release"], 800, 600)
    assert [note.code for note in told] == ["panorama", "too_dark", "small_for_mls"]
    assert [note.staging for note in told] == ["impossible", "insist", "possible"]
    assert all(note.message.endswith(".") for note in told)
    assert rules.kept_from_staging([], insists=False) is None
    assert rules.kept_from_staging(["too_dark"], insists=True) is None
    assert rules.kept_from_staging(["panorama", "strip"], insists=True).code == "panorama"
    assert "insist" in rules.kept_from_staging(["strip"], insists=False).message
