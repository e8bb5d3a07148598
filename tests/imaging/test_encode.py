import subprocess
import sys
from io import BytesIO
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from realstaging.imaging import decode, encode, metadata
from realstaging.imaging.profile import SRGB

IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
XMP = "http://ns.adobe.com/xap/1.0/"


def gradient(width=300, height=200):
    x = np.linspace(0, 255, width)
    y = np.linspace(255, 0, height)
    return np.stack(
        [
            np.broadcast_to(x, (height, width)),
            np.broadcast_to(y[:, None], (height, width)),
            np.full((height, width), 90),
        ],
        -1,
    ).astype(np.uint8)


def noise(width=400, height=300):
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)


@pytest.mark.parametrize(
    ("size", "fitted"), [((300, 200), (300, 200)), ((3000, 2000), (640, 427)), ((2000, 3000), (427, 640))]
)
def test_fit_bounds_the_long_side_and_never_enlarges(size, fitted):
    assert encode.fit(gradient(*size), 640).shape[:2] == (fitted[1], fitted[0])


@pytest.mark.parametrize(("write", "most"), [(encode.jpeg, 4), (encode.webp, 8), (encode.avif, 8)])
def test_pictures_look_the_same_when_read_back(write, most):
    pixels = gradient()
    with Image.open(BytesIO(write(pixels))) as picture:
        read = np.asarray(picture.convert("RGB"))
    assert read.shape == pixels.shape
    assert np.abs(read.astype(int) - pixels).mean() < most


def test_the_size_cap_is_met_by_the_best_quality_that_fits():
    pixels = noise()
    cap = len(encode.jpeg(pixels, 70))
    data = encode.jpeg_within(pixels, cap)
    assert len(data) <= cap
    assert data == encode.jpeg(pixels, 70)


def test_a_cap_that_cannot_be_met_is_told():
    with pytest.raises(encode.CannotFit):
        encode.jpeg_within(noise(), 1000)


@pytest.mark.parametrize("write", [encode.jpeg, encode.webp, encode.avif])
def test_a_staged_file_says_so_and_nothing_of_where_it_was_taken(write):
    told = metadata.told(
        metadata.DigitalSourceType.COMPOSITE_SYNTHETIC, creator_tool='Real "Staging" 1', description="A & B <staged>"
    )
    data = write(gradient(), told=told)
    with Image.open(BytesIO(data)) as picture:
        picture.load()
        found = picture.info["xmp"]
        assert 0x8825 not in picture.getexif()
    packet = ET.fromstring(found.decode().partition("?>")[2].rpartition("<?xpacket")[0])
    description = packet.find(".//{*}Description")
    assert description.get(f"{{{IPTC}}}DigitalSourceType") == metadata.DigitalSourceType.COMPOSITE_SYNTHETIC
    assert description.get(f"{{{XMP}}}CreatorTool") == 'Real "Staging" 1'
    assert packet.find(".//{*}li").text == "A & B <staged>"


def test_jpegs_carry_srgb():
    with Image.open(BytesIO(encode.jpeg(gradient()))) as picture:
        assert picture.info["icc_profile"]
    assert decode.decode(encode.jpeg(gradient())).shape == (200, 300, 3)


def test_another_process_later_writes_the_same_bytes():
    later = "import time; time.sleep(1.1); from realstaging.imaging.profile import SRGB; print(SRGB.hex())"
    said = subprocess.run([sys.executable, "-c", later], capture_output=True, text=True, check=True).stdout.strip()
    assert said == SRGB.hex()
    assert decode.decode(encode.png(gradient())).tolist() == gradient().tolist()
