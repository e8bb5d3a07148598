"""Where and with what a photo was taken stays in the original, which its owner alone gets: no other file that leaves has it."""

import io

import pillow_heif
import pytest
from PIL import Image

from realstaging.domains.photos.preparation import prepare
from realstaging.engines.replicate import padding
from realstaging.engines.replicate.models import Size
from tests.imaging.test_rights import SECRETS, photo

GPS, CAMERA = 0x8825, 0x8769


@pytest.fixture(params=["JPEG", "PNG", "WEBP", "HEIF"])
def taken(request, tmp_path):
    """A photo of each format that is taken, with a place, serial numbers, an owner's name and a maker's note in it."""
    pillow_heif.register_heif_opener()
    path = tmp_path / "photo"
    path.write_bytes(photo(request.param))
    with Image.open(path) as picture:
        told = picture.getexif()
        assert told.get_ifd(GPS), "the place is there to be found"
        assert told.get_ifd(CAMERA)[0xA431] == "SERIAL-4711"
    return path


def anything_personal(data):
    """What a file says of where and with what it was taken."""
    found = [secret for secret in SECRETS if secret.encode() in data]
    with Image.open(io.BytesIO(data)) as picture:
        told = picture.getexif()
        found += [tag for tag in (GPS, CAMERA) if told.get_ifd(tag)]
        found += sorted(set(picture.info) & {"exif", "xmp", "photoshop", "XML:com.adobe.xmp", "comment"})
    return found


def test_previews_of_a_photo_have_none(taken):
    prepared = prepare(taken)
    for data in (prepared.web, prepared.thumb):
        assert anything_personal(data) == []


def test_what_a_provider_is_sent_has_none(taken):
    sent, _ = padding.prepare(taken, Size(matches_input=True, ratios=(), megapixels=1.0))
    assert anything_personal(sent) == []


def test_it_is_found_where_it_is(taken):
    """The looking itself: in the original it finds all of it."""
    assert {GPS, CAMERA} <= set(anything_personal(taken.read_bytes()))
