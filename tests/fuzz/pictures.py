"""Mutated photo files, read as uploads are: by the small processes of the service. A picture or BadPhoto is the only good answer.

A process that crashes, takes too long or takes too much memory is a finding. Every file follows from the seed and its number.
"""

import asyncio
import random
import sys
import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pillow_heif

from realstaging.domains.photos.preparation import prepare
from realstaging.kit.errors import BadPhoto
from realstaging.runtime.processes import Processes
from realstaging.wiring import DECODING
from tests.imaging.files import chunk, exif_block, png, room, saved, with_segment

AT_ONCE = 2
XMP = b"http://ns.adobe.com/xap/1.0/\0<x xmlns:G='http://ns.google.com/photos/1.0/panorama/' G:ProjectionType='equirectangular'/>"


@cache
def originals():
    """Whole files of every kind that is taken."""
    small, grey = room(128, 96), room(128, 96).convert("L")
    deep = np.asarray(small).astype(np.uint16) * 257
    heic = pillow_heif.from_bytes("RGB;16", small.size, deep.tobytes())
    cover = small.convert("RGBA")
    cover.putalpha(grey)
    plain = saved(small, "JPEG")
    return [
        plain,
        saved(small, "JPEG", quality=95, subsampling=0, optimize=True),
        saved(small, "JPEG", restart_marker_blocks=5),
        saved(small, "JPEG", progressive=True),
        saved(small, "JPEG", progressive=True, restart_marker_rows=1, subsampling=0),
        saved(grey, "JPEG", progressive=True),
        saved(small.convert("CMYK"), "JPEG"),
        with_segment(
            with_segment(plain, 0xE1, XMP), 0xE1, exif_block(6, space=0xFFFF, index="R03", bias=(-3, 1), mode=2)
        ),
        plain + saved(grey, "JPEG"),
        saved(small, "PNG"),
        saved(cover, "PNG"),
        saved(small.quantize(16), "PNG", transparency=3),
        png(deep, chunk(b"gAMA", b"\0\1\x86\xa0"), chunk(b"cICP", bytes([9, 16, 0, 1]))),
        png(np.dstack([deep, deep[..., :1]]), colour_type=6),
        png(deep[..., :1], chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP[29:]), colour_type=0),
        saved(small, "WEBP", exif=exif_block(8)),
        saved(cover, "WEBP"),
        saved(cover, "WEBP", lossless=True),
        saved(small, "HEIF", exif=exif_block(3)),
        _written(heic),
    ]


def _written(heic):
    path = Path(tempfile.mkdtemp(prefix="realstaging-")) / "deep.heic"
    heic.save(path, bit_depth=10)
    data = path.read_bytes()
    path.unlink()
    path.parent.rmdir()
    return data


def mutated(seed, number):
    """The file of this number: some changes to one of the originals, or to the beginning of one and the end of another."""
    rng = random.Random(f"{seed}:{number}")
    data = bytearray(originals()[number % len(originals())])
    for _ in range(rng.choice((1, 1, 2, 4, 12))):
        rng.choice(CHANGES)(rng, data)
        data.extend(bytes(64 - min(64, len(data))))
    return bytes(data)


def _place(rng, data):
    """Often where headers are."""
    return rng.randrange(min(len(data), 400) if rng.random() < 0.5 else len(data))


def _byte(rng, data):
    data[_place(rng, data)] = rng.choice((0, 1, 0x7F, 0x80, 0xFE, 0xFF, rng.randrange(256)))


def _bit(rng, data):
    data[_place(rng, data)] ^= 1 << rng.randrange(8)


def _number(rng, data):
    """Sizes, lengths and offsets at their extremes."""
    place, width = _place(rng, data), rng.choice((2, 4))
    value = rng.choice((0, 1, 0xFF, 0x1F00, 0x7FFF, 0xFFFF, 2**31 - 1, 2**31, 2**32 - 1)) % 256**width
    data[place : place + width] = value.to_bytes(width, rng.choice(("big", "little")))


def _cut(rng, data):
    del data[max(64, _place(rng, data)) :]


def _gap(rng, data):
    place = _place(rng, data)
    del data[place : place + rng.randint(1, 200)]


def _repeat(rng, data):
    place, length = _place(rng, data), rng.randint(1, 300)
    data[place:place] = data[place : place + length] * rng.choice((1, 1, 2, 50))


def _run(rng, data):
    place, length = _place(rng, data), rng.randint(1, 400)
    data[place : place + length] = rng.choice((bytes(length), b"\xff" * length, rng.randbytes(length)))


def _marker(rng, data):
    place = _place(rng, data)
    data[place:place] = rng.choice(
        (b"\xff\xd8", b"\xff\xd9", b"\xff\xda\0\x08\1\1\0\0\x3f\0", b"\xff\xd0", b"\xff\xc4\0\3\0", b"IEND", b"ANMF")
    )


def _splice(rng, data):
    other = rng.choice(originals())
    data[_place(rng, data) :] = other[rng.randrange(len(other)) :]
    data.extend(bytes(64))


CHANGES = (_byte, _byte, _bit, _number, _number, _cut, _gap, _repeat, _run, _marker, _splice)


async def try_all(count, seed):
    """Read them; how many were pictures, and what went wrong with which."""
    decoders, findings, pictures = Processes(AT_ONCE, DECODING), [], 0
    numbers = iter(range(count))

    async def reader(folder):
        nonlocal pictures
        for number in numbers:
            folder.mkdir(exist_ok=True)
            path = folder / "photo"
            path.write_bytes(mutated(seed, number))
            try:
                await decoders.run(prepare, path)
                pictures += 1
            except BadPhoto:
                pass
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
                findings.append((number, repr(error), str(error.__cause__ or "")[-400:]))

    with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
        await asyncio.gather(*(reader(Path(folder) / str(place)) for place in range(AT_ONCE)))
    decoders.close()
    return pictures, findings


def main(count=10_000, seed=1):
    """0 where every file was a picture or refused."""
    pictures, findings = asyncio.run(try_all(count, seed))
    print(f"{count} mutated pictures, seed {seed}: {pictures} pictures, {count - pictures - len(findings)} refused")
    for number, what, where in findings[:20]:
        print(f"  picture {number} of seed {seed}: {what}\n{where}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
