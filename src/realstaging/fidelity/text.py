"""Letters in what was added: watermarks, captions, signs that say nothing. Read by PP-OCRv6 (rapidocr, decision record 23)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.compare import Difference
from realstaging.fidelity.picture import WORKING_SIDE, Mask, Pixels

# A word has so many letters, and is read with such confidence: slats and leaves are read as one or two letters, without much.
FEWEST_LETTERS: Final = 3
SURE: Final = 0.75
# Share of a word's box that must have changed: what hung in the room before is the house's.
LEAST_CHANGED: Final = 0.1

_one_at_a_time = Lock()


def text_share(difference: Difference) -> float:
    """Share of the picture taken by the boxes of words that were not there before."""
    rows, columns = (np.flatnonzero(difference.changed.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return 0.0
    where = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    changed = difference.changed[where]
    words = (_inside(corners, changed.shape) for corners in _words(difference.picture[where]))
    new = (word for word in words if word.any() and float(changed[word].mean()) > LEAST_CHANGED)
    return float(sum(int(word.sum()) for word in new)) / difference.changed.size


def _words(picture: Pixels) -> list[NDArray[np.float32]]:
    """Corners (4, 2) of each word."""
    # The reader keeps its settings of the moment in itself.
    with _one_at_a_time:
        read = _reader()(np.ascontiguousarray(picture[..., ::-1]))
    if read.boxes is None or read.txts is None:
        return []
    return [
        np.asarray(corners, np.float32)
        for corners, word, sureness in zip(read.boxes, read.txts, read.scores, strict=True)
        if sureness >= SURE and sum(letter.isalnum() for letter in word) >= FEWEST_LETTERS
    ]


def _inside(corners: NDArray[np.float32], shape: tuple[int, ...]) -> Mask:
    filled = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(filled, np.round(corners).astype(np.int32), 1)
    return filled > 0


@cache
def _reader() -> Any:
    """Loaded when first needed: 100 MB, and most processes never examine a picture. Its models came with it; none is ever fetched."""
    import rapidocr  # noqa: PLC0415

    models = Path(rapidocr.__file__).parent / "models"
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
            "Det.limit_type": "max",
            "Det.limit_side_len": WORKING_SIDE,
            "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        }
    )
