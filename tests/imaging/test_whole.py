"""Whole or damaged: files cut, zeroed and overwritten at many places, and whole files that look as if they were."""

import random
import re

import pytest
from PIL import Image

from realstaging.imaging import decode, jpeg
from realstaging.kit.errors import BadPhoto
from tests.imaging.files import blank_below, entropy, room, saved

JPEGS = {
    "baseline": {},
    "optimized": {"optimize": True},
    "444": {"subsampling": 0, "quality": 95},
    "low": {"quality": 40},
    "restart rows": {"restart_marker_rows": 1},
    "restart blocks": {"restart_marker_blocks": 7},
    "progressive": {"progressive": True},
    "progressive 444": {"progressive": True, "subsampling": 0, "quality": 95},
    "progressive restart": {"progressive": True, "restart_marker_rows": 1},
}
MODES = ("RGB", "L", "CMYK")
OTHERS = {
    "PNG": {},
    "WEBP": {},
    "WEBP lossless": {"lossless": True},
    "HEIF": {},
}


def whole(data):
    try:
        decode.decode(data)
    except BadPhoto:
        return False
    return True


def damaged(data, start, ends=(b"",)):
    """The file cut at many places behind ``start``, going on with nothing, zeros, ones, or anything, to its length or its end."""
    rng = random.Random(3)
    for share in (0.4, 0.85):
        place = start + int((len(data) - start) * share)
        missing = len(data) - place
        tails = {"nothing": b"", "zeros": bytes(missing), "ones": b"\xff" * missing, "anything": rng.randbytes(missing)}
        for name, tail in tails.items():
            for end in ends:
                yield (name, share, bool(end)), data[:place] + tail[: missing - len(end)] + end


def passed(files):
    """What was let through, but for one place where a tail was overwritten by anything: that may by chance be a picture."""
    found = [what for what, data in files if whole(data)]
    at_random = {what[:2] for what in found if what[0] == "anything"}
    return [what for what in found if len(at_random) > 1 or what[:2] not in at_random]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", JPEGS)
def test_a_jpeg_of_which_a_part_is_missing_is_refused(kind, mode):
    data = saved(room().convert(mode), "JPEG", **JPEGS[kind])
    assert whole(data)
    assert passed(damaged(data, entropy(data), (b"", b"\xff\xd9"))) == []


@pytest.mark.parametrize("kind", JPEGS)
@pytest.mark.parametrize("bottom", [None, "white", "black", "grey"])
def test_a_whole_jpeg_is_taken_whatever_follows_it(kind, bottom):
    picture = blank_below(room(), bottom) if bottom else room()
    data = saved(picture, "JPEG", **JPEGS[kind])
    appended = saved(picture, "JPEG")
    for what in (data, data[:-2], data[:-1], data + bytes(5000), data + appended, data + b"ftypmp42" * 500):
        assert whole(what)
    assert whole(data[:-2] + bytes(3000)), "a card's last block is filled with zeros"
    turned = saved(picture.convert("L"), "JPEG", **JPEGS[kind])
    assert whole(turned)


def test_a_blank_picture_is_whole():
    """All of its data may be zeros."""
    for colour in ("white", "black", (130, 120, 110)):
        for options in JPEGS.values():
            assert whole(saved(Image.new("RGB", (320, 240), colour), "JPEG", **options))


def test_a_gap_of_zeros_within_is_damage():
    data = saved(room(), "JPEG")
    middle = len(data) * 2 // 3
    assert not whole(data[:middle] + bytes(400) + data[middle + 400 :])


def test_gaps_of_zeros_of_any_length_are_damage():
    """Zeros decode to something, and with some lengths to as many blocks as are missing."""
    data = saved(room(), "JPEG", quality=90)
    middle = len(data) * 2 // 3
    for gap in range(80, 800, 8):
        assert not whole(data[:middle] + bytes(gap) + data[middle + gap :]), gap


def test_data_that_is_there_twice_is_damage():
    data = saved(room(), "JPEG", quality=95, subsampling=0)
    assert len(data) > 10_000
    middle = len(data) // 2
    assert not whole(data[:middle] + data[middle - 2000 :])


def test_a_lost_or_misplaced_part_between_restart_markers_is_damage():
    data = saved(room(), "JPEG", restart_marker_blocks=7)
    start, second, third = [place.start() for place in re.finditer(rb"\xff[\xd0-\xd7]", data)][3:6]
    assert not whole(data[:start] + data[second:])
    assert not whole(data[:start] + data[second:third] + data[start:second] + data[third:])


def test_a_progressive_file_that_lost_its_last_scans_is_damaged():
    data = saved(room(), "JPEG", progressive=True)
    scans = jpeg.read(data).scans
    for scan in scans[:-1]:
        assert not whole(data[: scan.end] + b"\xff\xd9")


@pytest.mark.parametrize("kind", OTHERS)
def test_other_files_of_which_a_part_is_missing_are_refused(kind):
    data = saved(room(), kind.split()[0], **OTHERS[kind])
    assert whole(data)
    found = passed(damaged(data, len(data) // 3))
    # Neither WebP nor HEVC has a checksum: what is overwritten by anything is another picture.
    assert [what for what in found if what[0] != "anything"] == []
    assert not found or kind in {"WEBP", "HEIF"}
    assert whole(data + bytes(100))


def test_a_png_without_its_end_is_whole():
    data = saved(room(), "PNG")
    assert whole(data[:-12])
    assert whole(data[:-14])


def test_many_scans_are_refused_before_they_are_decoded():
    data = saved(room(), "JPEG", progressive=True)
    last = jpeg.read(data).scans[-1]
    again = data[data.rindex(b"\xff\xda", 0, last.start) : last.end]
    with pytest.raises(BadPhoto, match="100 times"):
        decode.inspect(data[:-2] + again * 2000 + data[-2:])


def test_a_progressive_jpeg_too_large_for_memory_is_told_so():
    data = bytearray(saved(room().convert("CMYK"), "JPEG", progressive=True))
    frame = data.index(b"\xff\xc2")
    data[frame + 5 : frame + 9] = (7000).to_bytes(2, "big") + (9000).to_bytes(2, "big")
    with pytest.raises(BadPhoto, match=r"63 megapixels.*baseline"):
        decode.decode(bytes(data))
    assert decode.inspect(bytes(data)).width == 9000
