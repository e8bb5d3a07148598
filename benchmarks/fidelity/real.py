"""The gate on photos: ``python -m benchmarks.fidelity.real FOLDER [write]``, with pairs NAME.original.png and NAME.staged.png.

The staged pictures are to be faithful ones, as the local engine makes them. Each is corrupted in what can be corrupted without
knowing the room, and each is degraded as a model would and restored.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from benchmarks.fidelity.__main__ import PAGE
from benchmarks.fidelity.corruptions import Case, framed, toned
from benchmarks.fidelity.pixels import Pixels, blurred, generated, jpeg, resized
from benchmarks.fidelity.tables import Row, report, rescored, write
from realstaging.fidelity import examine, restore


def main() -> None:
    folder = Path(sys.argv[1])
    rows: list[Row] = []
    gains: list[tuple[float, float]] = []
    for number, path in enumerate(sorted(folder.glob("*.original.png"))):
        partner = path.with_name(path.name.replace(".original.", ".staged."))
        if partner.exists():
            original, staged = _read(path), _read(partner)
            rows += [_row(number, case, original) for case in cases(original, staged, number)]
            gains.append(restoring(original, staged))
    before, after = np.array(gains).min(axis=0), np.array(gains).max(axis=0)
    text = report([rescored(row) for row in rows], details="write" not in sys.argv) + (
        f"\n\nZoomed by 2 %, warmed, reduced to 0.7, JPEG 85, then restored: PSNR to the clean staging "
        f"{before[0]:.1f}–{after[0]:.1f} → {before[1]:.1f}–{after[1]:.1f} dB."
    )
    if "write" in sys.argv:
        write(PAGE, "real", text)
    else:
        print(text)


def cases(original: Pixels, staged: Pixels, number: int) -> Iterator[Case]:
    pictures = {
        "as made": staged,
        "JPEG 80": jpeg(staged, 80),
        "JPEG 60": jpeg(staged, 60),
        "blur": blurred(staged, 0.8),
        "half the pixels": resized(staged, 0.7),
        "simulated model": generated(staged),
    }
    for strength, picture in pictures.items():
        yield Case("faithful", strength, True, picture)
    yield from framed(staged, number)
    yield from toned(staged, number)
    for name, picture in (
        ("surface recoloured", _recoloured(original, staged)),
        ("detail gone", _inpainted(original, staged)),
    ):
        yield Case(name, "largest", False, picture)
        yield Case(name, "largest, simulated model", False, generated(picture))
    yield Case("all together", "zoom 2 %", False, generated(_recoloured(original, staged), 0.02))


def restoring(original: Pixels, staged: Pixels) -> tuple[float, float]:
    """PSNR to the clean staging of a degraded one, before and after it is restored."""
    warm = np.clip(staged * np.array([1.05, 1.0, 0.93]), 0, 255).astype(np.uint8)
    degraded = jpeg(resized(generated(warm, 0.02), 0.85), 85)
    same_size = cv2.resize(degraded, (staged.shape[1], staged.shape[0]), interpolation=cv2.INTER_CUBIC)
    restored = restore(original, degraded, examine(original, degraded))
    return cv2.PSNR(np.asarray(same_size), staged), cv2.PSNR(restored, staged)


def _recoloured(original: Pixels, staged: Pixels) -> Pixels:
    """The largest smooth surface without furniture, in another colour."""
    edges = cv2.Canny(cv2.cvtColor(original, cv2.COLOR_RGB2GRAY), 20, 50) > 0
    free = _untouched(original, staged) & (cv2.dilate(edges.astype(np.uint8), np.ones((3, 3))) == 0)
    _, labels, statistics, _ = cv2.connectedComponentsWithStats(free.astype(np.uint8), connectivity=4)
    chosen = labels == 1 + int(np.argmax(statistics[1:, cv2.CC_STAT_AREA]))
    chosen = cv2.morphologyEx(chosen.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5))) > 0
    result = staged.copy()
    result[chosen] = np.clip(staged[chosen] * np.array([0.86, 0.97, 1.05]), 0, 255).astype(np.uint8)
    return result


def _inpainted(original: Pixels, staged: Pixels) -> Pixels:
    """What has the most edges in a tenth of the picture's width, and no furniture, painted over by what is around it."""
    height, width = staged.shape[:2]
    side = width // 10
    edges = cv2.Canny(cv2.cvtColor(original, cv2.COLOR_RGB2GRAY), 60, 120) > 0
    count = cv2.blur(edges.astype(np.float32), (side, side))
    touched = cv2.blur((~_untouched(original, staged)).astype(np.float32), (side, side))
    count[(touched > 0.02) | (np.arange(height) > 0.7 * height)[:, None]] = 0
    inside = np.zeros_like(count)
    inside[side : height - side, side : width - side] = 1
    y, x = np.unravel_index(int(np.argmax(count * inside)), count.shape)
    hole = np.zeros((height, width), np.uint8)
    hole[y - side // 2 : y + side // 2, x - side // 2 : x + side // 2] = 255
    return np.asarray(cv2.inpaint(staged, hole, 5, cv2.INPAINT_TELEA), dtype=np.uint8)


def _untouched(original: Pixels, staged: Pixels) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray((np.abs(original.astype(int) - staged) <= 3).all(axis=2))


def _row(number: int, case: Case, original: Pixels) -> Row:
    values = {check.name: check.value for check in examine(original, case.picture).checks}
    return {
        "room": number,
        "family": case.family,
        "strength": case.strength,
        "faithful": case.faithful,
        "values": values,
    }


def _read(path: Path) -> Pixels:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise SystemExit(f"{path} is no picture")
    return np.ascontiguousarray(picture[..., ::-1], dtype=np.uint8)


if __name__ == "__main__":
    main()
