"""Who made a photo and whose it is goes along into every file made of it; where and with what it was taken does not."""

import struct
import zlib
from io import BytesIO

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from realstaging.domains.staging.deliverables import Labels, deliver
from realstaging.imaging import encode, png_strips
from realstaging.imaging.metadata import DigitalSourceType
from realstaging.imaging.profile import SRGB
from realstaging.imaging.rights import LONGEST, Rights, clean, rights_of

SECRETS = ("SERIAL-4711", "OWNER-HERSELF", "MAKER-NOTE", "GPano", "48.137", "THUMBNAIL")
PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 photoshop:Credit="Lumière &amp; Söhne" GPano:ProjectionType="equirectangular" exif:GPSLatitude="48.137">
<dc:creator><rdf:Seq><rdf:li>Zoë Ångström</rdf:li><rdf:li>山田</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Zoë &lt;zoe@example.org&gt;</rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


WHOLE = PACKET.encode()


def exif():
    block = Image.Exif()
    block[0x013B], block[0x8298] = b"Zo\xc3\xab of Exif", b"(c) of Exif"
    block.get_ifd(0x8769).update({0xA431: "SERIAL-4711", 0xA430: "OWNER-HERSELF", 0x927C: b"MAKER-NOTE"})
    block.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 13.7)})
    return block.tobytes()


def iim():
    sets = b"".join(
        b"\x1c\x02" + struct.pack(">BH", number, len(text)) + text
        for number, text in ((80, b"By Line"), (110, b"Credit Line"), (116, b"Notice"), (90, b"48.137"))
    )
    block = b"Photoshop 3.0\0" + b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(sets)) + sets + bytes(len(sets) % 2)
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block


def photo(kind, packet=WHOLE):
    data = BytesIO()
    picture = Image.new("RGB", (96, 72), (90, 120, 160))
    if kind == "PNG":
        picture.save(data, "PNG", exif=exif())
        body = b"iTXtXML:com.adobe.xmp\0\0\0\0\0" + packet
        chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        return data.getvalue()[:-12] + chunk + data.getvalue()[-12:]
    more = {"extra": iim()} if kind == "JPEG" else {}
    picture.save(data, kind, exif=exif(), xmp=packet, **more)
    return data.getvalue()


def read(tmp_path, data):
    (tmp_path / "photo").write_bytes(data)
    return rights_of(tmp_path / "photo")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_rights_are_kept_from_every_format_in_every_file(kind, tmp_path):
    pillow_heif.register_heif_opener()
    data = photo(kind)
    found = read(tmp_path, data)
    assert (found.artist, found.copyright) == ("Zoë of Exif", "(c) of Exif")
    assert found.creators == ("Zoë Ångström", "山田")
    assert found.dc_rights == "© 2026 Zoë <zoe@example.org>"
    png_strips.write(tmp_path / "master.png", np.full((72, 96, 3), 90, np.uint8), SRGB)
    (tmp_path / "overlay.webp").write_bytes(encode.webp(np.full((72, 96, 3), 90, np.uint8)))
    source = DigitalSourceType.COMPOSITE_SYNTHETIC
    made = deliver(tmp_path / "photo", tmp_path / "master.png", tmp_path / "overlay.webp", Labels(source, "Staged."))
    assert len(made.files) == 7
    for path in made.files.values():
        kept = read(tmp_path, path.read_bytes()) if path.suffix != ".avif" else of_avif(path)
        assert (kept.artist, kept.copyright) == ("Zoë of Exif", "(c) of Exif"), path
        assert set(kept.creators) >= {"Zoë Ångström", "山田"}, path
        assert kept.dc_rights == "© 2026 Zoë <zoe@example.org>", path
        assert kept.credit == found.credit, path
        if path.suffix == ".jpg":
            assert (kept.by_line, kept.notice) == (found.whole.by_line, found.whole.notice)
        written = path.read_bytes()
        assert not [secret for secret in SECRETS if secret.encode() in written], path
        with Image.open(path) as picture:
            assert dict(picture.getexif()).keys() <= {0x013B, 0x8298}


def of_avif(path):
    with Image.open(path) as picture:
        blocks = picture.info["exif"], picture.info["xmp"]
    data = BytesIO()
    Image.new("RGB", (8, 8)).save(data, "JPEG", exif=blocks[0], xmp=blocks[1])
    (path.parent / "avif.jpg").write_bytes(data.getvalue())
    return rights_of(path.parent / "avif.jpg")


def test_what_one_block_lacks_another_says():
    assert Rights(by_line="A", notice="N").whole == Rights("A", "N", "A", "", "N", ("A",), "N")
    assert Rights(creators=("A", "B"), dc_rights="R").whole == Rights("A, B", "R", "A, B", "", "R", ("A", "B"), "R")
    assert Rights().whole == Rights()


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"\0" * 100,
        b"<not xml",
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>" + PACKET.encode(),
        b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + PACKET.encode(),
        b"<a>" * 70 + PACKET.encode() + b"</a>" * 70,
        PACKET.encode("utf-8").replace(b"Zo\xc3\xab", b"\xff\xfe"),
    ],
    ids=["nothing", "zeros", "no XML", "entities", "external", "deep", "no UTF-8"],
)
def test_a_bad_packet_says_nothing_and_harms_nobody(packet, tmp_path):
    found = read(tmp_path, photo("JPEG", packet))
    assert (found.artist, found.by_line) == ("Zoë of Exif", "By Line")
    assert found.dc_rights == ""


def test_whatever_stands_in_the_bytes_it_never_fails(tmp_path):
    rng = np.random.default_rng(5)
    for kind in ("JPEG", "PNG", "WEBP"):
        whole = photo(kind)
        for _ in range(60):
            data = bytearray(whole)
            for place in rng.integers(0, len(data), 12):
                data[place] = rng.integers(0, 256)
            read(tmp_path, bytes(data[: rng.integers(1, len(data) + 1)]))


def test_text_is_one_short_line_of_what_is_shown():
    assert clean("A\0B\n\x07C\u202eD\ud800E  ") == "A B C D E"
    assert clean("x" * 10_000) == "x" * LONGEST
    assert clean("क\u094d\u200dष") == "क\u094d\u200dष"
