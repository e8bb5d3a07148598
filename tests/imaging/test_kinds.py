from io import BytesIO

import pillow_heif
import pytest
from PIL import Image

from realstaging.imaging import decode, kinds, limits
from realstaging.kit.errors import BadPhoto

pillow_heif.register_heif_opener()


def written(file_format):
    data = BytesIO()
    Image.new("RGB", (80, 80), "grey").save(data, file_format)
    return data.getvalue()


@pytest.mark.parametrize(
    ("file_format", "mime"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("WEBP", "image/webp"),
        ("HEIF", "image/heic"),
        ("AVIF", "image/avif"),
        ("GIF", "image/gif"),
        ("TIFF", "image/tiff"),
        ("BMP", "image/bmp"),
        ("PDF", "application/pdf"),
        ("JPEG2000", "image/jp2"),
    ],
)
def test_twelve_bytes_tell_the_kind(file_format, mime):
    data = written(file_format)
    assert kinds.sniff(data[: kinds.HEAD]) == mime
    if mime in kinds.PHOTOS:
        assert decode.inspect(data).mime == mime
    else:
        with pytest.raises(BadPhoto) as refused:
            decode.inspect(data)
        assert refused.value.message == kinds.words(mime) != kinds.NO_PHOTO


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"\0\0\0\x18ftypmif1", "image/heic"),
        (b"\0\0\0\x24ftyphevc", "image/heic"),
        (b"\0\0\0\x18ftypmsf1", "image/heic"),
        (b"\0\0\0\x18ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x08wide\0\0\0\0", "video/quicktime"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"\0\0\0\x1cftypM4V ", "video/mp4"),
        (b"\0\0\0\x18ftypcrx ", "image/x-raw"),
        (b"II*\0\x10\0\0\0CR\x02\0", "image/x-raw"),
        (b"II*\0\x08\0\0\0\0\0\0\0", "image/tiff"),
        (b"FUJIFILMCCD-RAW", "image/x-raw"),
        (b"\0\x05\x16\x07\0\x02\0\0Mac ", "application/applefile"),
        (b"RIFF\0\0\0\0AVI ", "video/mp4"),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"", None),
        (b"\xff\xd8", None),
        (b"hello, world", None),
    ],
)
def test_first_bytes_of_kinds_we_cannot_write(head, mime):
    assert kinds.sniff(head) == mime
    if mime is None:
        assert kinds.words(mime) == kinds.NO_PHOTO


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("image/jpeg", "image/jpeg"),
        ("image/jpg", "image/jpeg"),
        ("IMAGE/PJPEG", "image/jpeg"),
        ("image/x-png", "image/png"),
        ("image/heic-sequence", "image/heic"),
        ("image/heif-sequence", "image/heic"),
        ("image/jpeg; charset=binary", "image/jpeg"),
        ("", "application/octet-stream"),
        ("application/octet-stream", "application/octet-stream"),
        ("image/x-something-new", "application/octet-stream"),
        ("binary/octet-stream", "application/octet-stream"),
        ("image/gif", None),
        ("image/tiff", None),
        ("video/mp4", None),
        ("video/x-msvideo", None),
        ("application/pdf", None),
        ("text/html", None),
    ],
)
def test_a_declared_type_is_taken_for_what_it_means(given, sent):
    assert kinds.declared(given) == sent


@pytest.mark.parametrize(
    ("width", "height"),
    [(8160, 6144), (9504, 6336), (9528, 6328), (9248, 6936), (9280, 6944), (11648, 5536)],
)
def test_cameras_up_to_64_megapixels_are_taken(width, height):
    assert limits.too_large(width, height) is None


def test_a_refused_size_tells_both():
    told = limits.too_large(11648, 8736)
    assert "101.8 megapixels" in told
    assert "11648 by 8736" in told
    assert f"{limits.MAX_PIXELS / 1e6:g}" in told
    assert limits.too_large(limits.MAX_PIXELS + 1, 1).startswith("This photo has 64.6")
    assert "64 pixels" not in limits.too_small(32, 500)
    assert "32 by 500" in limits.too_small(32, 500)
