"""ICC profiles (ICC.1:2022), version 4.3, written for RGB spaces that are told by three primaries, a white and a curve."""

from __future__ import annotations

import struct
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Chromaticity = tuple[float, float]

D50: Final = np.array([0.9642, 1.0, 0.8249])
"""XYZ of the white that profiles are written for (ICC.1:2022, 7.2.16)."""
BRADFORD: Final = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
"""Cone responses of XYZ (ICC.1:2022, E.3)."""

D65: Final = (0.3127, 0.3290)
PRIMARIES_709: Final = ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
PRIMARIES_P3: Final = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
"""SMPTE EG 432-1."""
PRIMARIES_ADOBE: Final = ((0.640, 0.330), (0.210, 0.710), (0.150, 0.060))
"""Adobe RGB (1998) Color Image Encoding, 4.3.1.1."""
GAMMA_ADOBE: Final = 563 / 256
SRGB_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""Gamma, a, b, c, d of a parametric curve of type 3 (IEC 61966-2-1)."""


def profile_for(
    name: str, primaries: tuple[Chromaticity, Chromaticity, Chromaticity], white: Chromaticity, curve: float | bytes
) -> bytes:
    """An ICC profile (version 4.3) of a space told by its chromaticities (x, y). ``curve``: a gamma, or a curve's tag as it is."""
    adapted = _adaptation(_xyz(white))
    columns = np.array([_xyz(primary) for primary in primaries]).T
    matrix = adapted @ (columns * np.linalg.solve(columns, _xyz(white)))
    tone = parametric((curve,)) if isinstance(curve, float) else curve
    tags = {
        b"desc": _text(name),
        b"cprt": _text("No copyright, use freely"),
        b"wtpt": _numbers(b"XYZ ", D50),
        b"chad": _numbers(b"sf32", adapted.ravel()),
        **{tag: _numbers(b"XYZ ", matrix[:, column]) for column, tag in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), tone),
    }
    return _assembled(tags)


def _xyz(chromaticity: Chromaticity) -> Floats:
    x, y = chromaticity
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _adaptation(white: Floats) -> Floats:
    """Takes colours under a white to those under D50."""
    return np.asarray(np.linalg.inv(BRADFORD) @ np.diag((BRADFORD @ D50) / (BRADFORD @ white)) @ BRADFORD)


def _numbers(kind: bytes, values: Any) -> bytes:
    return kind + bytes(4) + np.round(np.asarray(values) * 65536).astype(">i4").tobytes()


def parametric(numbers: tuple[float, ...]) -> bytes:
    """The tag of a parametric curve (10.18) of type 0 or 3."""
    kind = {1: 0, 5: 3}[len(numbers)]
    return b"para" + struct.pack(">IHH", 0, kind, 0) + np.round(np.array(numbers) * 65536).astype(">i4").tobytes()


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">III2s2sII", 0, 1, 12, b"en", b"US", len(encoded), 28) + encoded


def _assembled(tags: dict[bytes, bytes]) -> bytes:
    """ICC.1:2022, 7.1: header, table of tags, their data on multiples of four."""
    table, data = b"", b""
    start = 132 + 12 * len(tags)
    for name, tag in tags.items():
        table += struct.pack(">4sII", name, start + len(data), len(tag))
        data += tag + bytes(-len(tag) % 4)
    size = start + len(data)
    header = struct.pack(">II4s4s4s4s", size, 0, b"\x04\x30\0\0", b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _numbers(b"XYZ ", D50)[8:]
    return header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + data


SRGB_TONE: Final = parametric(SRGB_CURVE)
DISPLAY_P3: Final = profile_for("Display P3", PRIMARIES_P3, D65, SRGB_TONE)
ADOBE_RGB: Final = profile_for("Adobe RGB (1998)", PRIMARIES_ADOBE, D65, GAMMA_ADOBE)
