"""The heat map: the staged picture's changes coloured by what they are."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np

from realstaging.fidelity.picture import Pixels, checked, resized
from realstaging.fidelity.report import Kind, Report

COLOURS: Final[dict[Kind, tuple[int, int, int]]] = {
    Kind.FURNITURE: (38, 166, 91),
    Kind.HUNG: (34, 167, 240),
    Kind.CURTAIN: (102, 51, 153),
    Kind.SHADING: (240, 200, 60),
    Kind.REPAINT: (230, 60, 130),
    Kind.OPENING: (214, 40, 40),
    Kind.REMOVED: (150, 20, 20),
    Kind.INVENTED: (255, 110, 0),
}
STRENGTH: Final = 0.5


def overlay(original: Pixels, report: Report) -> Pixels:
    """The original at working size, paled, with every changed region in its kind's colour and refused ones outlined."""
    labels = labels_of(report)
    ground = resized(checked(original), (labels.shape[1], labels.shape[0])).astype(np.float32)
    ground = 0.5 * ground + 0.5 * ground.mean(axis=2, keepdims=True)
    tints, strength = np.zeros((256, 3), np.float32), np.zeros((256, 1), np.float32)
    for region in report.regions:
        tints[region.label], strength[region.label] = COLOURS[region.kind], STRENGTH
    share = strength[labels]
    picture: Pixels = np.asarray(ground * (1 - share) + tints[labels] * share).astype(np.uint8)
    for region in report.regions:
        if not region.kept:
            outlines, _ = cv2.findContours(
                (labels == region.label).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
            )
            cv2.drawContours(picture, outlines, -1, COLOURS[region.kind], 2)
    return picture


def labels_of(report: Report) -> Pixels:
    """The report's label map, uint8 (height, width) at working size."""
    decoded = cv2.imdecode(np.frombuffer(report.labels, np.uint8), cv2.IMREAD_GRAYSCALE)
    if decoded is None:
        raise ValueError("the report's label map is not a PNG")
    return np.asarray(decoded, dtype=np.uint8)
