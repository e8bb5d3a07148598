"""The whole way from two pictures to a report, and from a report to a picture: see the package."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from realstaging.fidelity import gate
from realstaging.fidelity.compare import compare
from realstaging.fidelity.composite import composite
from realstaging.fidelity.overlay import labels_of
from realstaging.fidelity.picture import Mask, Pixels, checked
from realstaging.fidelity.regions import classify
from realstaging.fidelity.register import register
from realstaging.fidelity.report import Door, Kind, Operation, Region, Report

STAGING = frozenset({Operation.STAGE})


def examine(
    original: Pixels, staged: Pixels, allowed: frozenset[Operation] = STAGING, doors: Sequence[Door] = ()
) -> Report:
    """What the staged picture did to the house. Both uint8 sRGB (height, width, 3), of any two sizes and shapes.
    ``doors``: those of the original that are known.

    Never fails on content: pictures that have nothing in common end with a report that says so. ValueError for other arrays.
    """
    registration = register(checked(original), checked(staged))
    difference = compare(original, staged, registration)
    parts = classify(difference, allowed)
    checks = gate.checks_of(registration, difference, parts, allowed, doors)
    return Report(
        version=gate.VERSION,
        verdict=gate.worst(checks),
        restored=gate.worst(checks, after_restoring=True),
        score=round(gate.score(checks), 4),
        checks=checks,
        registration=registration,
        tone=difference.tone,
        regions=parts.regions,
        labels=bytes(cv2.imencode(".png", parts.labels)[1]),
    )


def restore(original: Pixels, staged: Pixels, report: Report) -> Pixels:
    """The original with the accepted regions of the staged picture on it, at the original's size; the rest byte-identical.

    Where the staged picture does not show the same room, this is the original.
    """
    if not report.registration.found:
        return checked(original).copy()
    kept = [region for region in report.regions if region.kept]
    objects = _marked(report, [region for region in kept if region.kind is not Kind.SHADING])
    refused = _marked(report, [region for region in report.regions if not region.kept])
    shading = _marked(report, [region for region in kept if region.kind is Kind.SHADING])
    return composite(checked(original), checked(staged), report.registration, report.tone, objects, shading, refused)


def _marked(report: Report, regions: list[Region]) -> Mask:
    table = np.zeros(256, bool)
    table[[region.label for region in regions]] = True
    return np.asarray(table[labels_of(report)])
