"""Photo files of every kind that the tests draw themselves."""

import struct
import zlib
from functools import cache
from io import BytesIO

import numpy as np
import pillow_heif
from PIL import Image

from realstaging.synthetic import demo

pillow_heif.register_heif_opener()


@cache
def room(width=192, height=144):
    """An empty room with the noise of a sensor."""
    drawn = demo.draw(width, height).astype(int)
    noisy = drawn + np.random.default_rng(1).normal(0, 4, drawn.shape)
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def blank_below(picture, colour="white"):
    """The same with nothing in its lower half."""
    blank = picture.copy()
    blank.paste(colour, (0, picture.height // 2, picture.width, picture.height))
    return blank


def saved(picture, file_format, **options):
    data = BytesIO()
    picture.save(data, file_format, **options)
    return data.getvalue()


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(values, *chunks, colour_type=2):
    """A PNG of 8 or 16 bits with these chunks behind its header."""
    height, width = values.shape[:2]
    depth = values.dtype.itemsize * 8
    rows = values.astype(f">u{values.dtype.itemsize}").reshape(height, -1)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, 0))
    body = header + b"".join(chunks) + chunk(b"IDAT", zlib.compress(raw, 1)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def interlaced(values, *chunks):
    """The same in seven passes."""
    height, width = values.shape[:2]
    raw = b"".join(
        b"\0" + row.astype(f">u{values.dtype.itemsize}").tobytes()
        for left, top, across, down in ADAM7
        for row in values[top::down, left::across]
    )
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, values.dtype.itemsize * 8, 2, 0, 0, 1))
    body = header + b"".join(chunks) + chunk(b"IDAT", zlib.compress(raw, 1)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def exif_block(orientation=1, *, space=None, index=None, bias=None, mode=None, order="<"):
    """An Exif block with a resolution that no writer would take again."""
    main = [(0x0112, 3, 1, orientation), (0x011A, 5, 1, b"\0\0\0\0\0\0\0\0")]
    camera = [(0xA001, 3, 1, space)] if space is not None else []
    camera += [(0x9204, 10, 1, struct.pack(order + "ii", *bias))] if bias else []
    camera += [(0xA402, 3, 1, mode)] if mode is not None else []
    interop = [(1, 2, 4, index.encode() + b"\0")] if index else []
    if interop:
        camera.append((0xA005, 4, 1, "interop"))
    if camera:
        main.append((0x8769, 4, 1, "camera"))
    lengths = [2 + 12 * len(entries) + 4 for entries in (main, camera, interop)]
    places = {"camera": 8 + lengths[0], "interop": 8 + lengths[0] + lengths[1]}
    free = 8 + sum(lengths)
    body, aside = b"", b""
    for entries in (main, camera, interop):
        body += struct.pack(order + "H", len(entries))
        for tag, kind, count, value in sorted(entries, key=lambda entry: entry[0]):
            body += struct.pack(order + "HHI", tag, kind, count)
            if isinstance(value, bytes) and len(value) > 4:
                body += struct.pack(order + "I", free + len(aside))
                aside += value
            elif isinstance(value, bytes):
                body += value
            else:
                number = places.get(value, value)
                body += struct.pack(order + "HH", number, 0) if kind == 3 else struct.pack(order + "I", number)
        body += b"\0\0\0\0"
    head = b"II*\0" if order == "<" else b"MM\0*"
    return b"Exif\0\0" + head + struct.pack(order + "I", 8) + body + aside


def with_segment(jpeg, marker, body):
    """A JPEG with one more segment behind its start."""
    return jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def entropy(jpeg):
    """Where the data of a JPEG's first scan begins."""
    place = jpeg.index(b"\xff\xda")
    return place + 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
