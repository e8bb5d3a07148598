"""Seconds and memory of reading an upload at the largest size that is taken, by kind of file, each in a process of its own."""

from __future__ import annotations

import asyncio
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image

from benchmarks.figures import Figure
from realstaging.imaging import colour, limits

WIDTH, HEIGHT = 9280, 6944
"""What a phone calls 64 megapixels."""
READ: Final = """
import sys, time
from pathlib import Path
from realstaging.domains.photos.preparation import prepare
began = time.process_time()
prepare(Path(sys.argv[1]))
used = time.process_time() - began
print(used, Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""


async def measure() -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory(prefix="realstaging-") as folder:
        path = Path(folder) / "photo"
        for kind in KINDS:
            with ProcessPoolExecutor(1, get_context("spawn")) as apart:
                apart.submit(_write, kind, path).result()
            told = await asyncio.to_thread(_read, path)
            seconds, kilobytes = told.split()
            figures += [
                Figure(f"read an upload of 64 MP, {kind}, processor time", float(seconds), "s"),
                Figure(
                    f"read an upload of 64 MP, {kind}, peak", int(kilobytes) * 1024 / 1e6, "MB", limits.MEMORY / 1e6
                ),
            ]
    return figures


def _read(path: Path) -> str:
    return subprocess.run([sys.executable, "-c", READ, str(path)], check=True, capture_output=True, text=True).stdout


def _write(kind: str, path: Path) -> None:
    KINDS[kind](path)


def _picture() -> Image.Image:
    small = np.random.default_rng(1).integers(60, 200, (217, 290, 3), np.uint8)
    return Image.fromarray(small).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


def _saved(file_format: str, mode: str = "RGB", **options: Any) -> Callable[[Path], None]:
    """Turned on its side and in Display P3."""

    def write(path: Path) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        pillow_heif.register_heif_opener()
        picture = _picture()
        if mode == "P":
            picture = picture.quantize(64)
        elif mode != "RGB":
            picture = picture.convert(mode)
        profile = colour.profile_of(colour.by_codes(12, 13)) if mode in {"RGB", "RGBA"} else None
        picture.save(path, file_format, exif=exif, icc_profile=profile, **options)

    return write


def _deep_heic(path: Path) -> None:
    deep = np.asarray(_picture()).astype(np.uint16) * 257
    pillow_heif.from_bytes("RGB;16", (WIDTH, HEIGHT), deep.tobytes()).save(path, quality=50, bit_depth=10)


def _deep_png(channels: int, colour_type: int) -> Callable[[Path], None]:
    """Of large squares, so that it is as small a file as an upload may be."""

    def write(path: Path) -> None:
        shape = (28, 37, channels)
        small: NDArray[np.uint16] = np.random.default_rng(1).integers(5000, 60000, shape).astype(np.uint16)
        columns = np.arange(WIDTH) * shape[1] // WIDTH
        packed = zlib.compressobj(1)
        rows: Iterator[bytes] = (
            b"\0" + small[y * shape[0] // HEIGHT][columns].astype(">u2").tobytes() for y in range(HEIGHT)
        )
        body = b"".join([*(packed.compress(row) for row in rows), packed.flush()])
        header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 16, colour_type, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"gAMA", struct.pack(">I", 100_000)), (b"IDAT", body), (b"IEND", b""))
        path.write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + b"".join(
                struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
                for name, data in chunks
            )
        )

    return write


def _progressive_444(path: Path) -> None:
    """The largest whose coefficients fit into memory: a camera's 60 megapixels."""
    _picture().resize((9504, 6336)).save(path, "JPEG", progressive=True, subsampling=0, quality=90)


KINDS: Final[dict[str, Callable[[Path], None]]] = {
    "JPEG 4:2:0": _saved("JPEG", quality=90),
    "JPEG 4:4:4": _saved("JPEG", quality=95, subsampling=0),
    "JPEG CMYK": _saved("JPEG", "CMYK"),
    "JPEG progressive 4:2:0": _saved("JPEG", progressive=True),
    "JPEG progressive 4:4:4 (60 MP)": _progressive_444,
    "PNG 8 bits": _saved("PNG", compress_level=1),
    "PNG 8 bits with transparency": _saved("PNG", "RGBA", compress_level=1),
    "PNG palette": _saved("PNG", "P", transparency=3, compress_level=1),
    "PNG 16 bits, linear": _deep_png(3, 2),
    "PNG 16 bits with transparency, linear": _deep_png(4, 6),
    "WebP": _saved("WEBP", method=0),
    "WebP lossless with transparency": _saved("WEBP", "RGBA", lossless=True, quality=0, method=0),
    "HEIC 8 bits": _saved("HEIF", quality=60),
    "HEIC 10 bits": _deep_heic,
}
