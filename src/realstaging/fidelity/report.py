"""What the examination of a staged picture says, as data that travels: JSON-able, and enough to restore the house from."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Operation(StrEnum):
    """What a staging was asked to do; it decides which changes are allowed."""

    STAGE = "stage"
    DECLUTTER = "declutter"
    EMPTY = "empty"


class Verdict(StrEnum):
    """Worst last."""

    PASS = "pass"  # noqa: S105
    WARN = "warn"
    FAIL = "fail"


class Kind(StrEnum):
    """What a changed region of the picture is."""

    FURNITURE = "furniture"
    """Stands on the floor, or lies on it."""
    HUNG = "hung"
    """Hangs on a wall or from the ceiling."""
    SHADING = "shading"
    """Shadow, reflection or light: the surface is the same, its brightness is not."""
    CURTAIN = "curtain"
    """Hangs over or beside an opening."""
    REPAINT = "repaint"
    """The same shape in another colour."""
    OPENING = "opening"
    """A window, door, view or other structured part of the house that now looks different."""
    REMOVED = "removed"
    """Something that was there and is smooth surface now."""
    INVENTED = "invented"
    """A bright opening where there was plain wall."""


class Region(msgspec.Struct, frozen=True):
    """One changed region. ``box`` is left, top, right, bottom and ``area`` a share, all 0–1 of the original picture."""

    label: int
    kind: Kind
    area: float
    box: tuple[float, float, float, float]
    kept: bool
    """Whether restoring keeps it; everything else goes back to the original."""


class Check(msgspec.Struct, frozen=True):
    """One question of the gate with its answer. ``value`` is judged against ``warn`` and ``fail`` (both upper limits)."""

    name: str
    value: float
    warn: float
    fail: float
    verdict: Verdict
    sentence: str
    """The answer for people: what is sound where it passed, what is wrong where it did not."""
    mended: bool
    """Restoring onto the original puts this right."""


class Registration(msgspec.Struct, frozen=True):
    """Where the staged picture lies on the original.

    ``matrix`` takes pixel centres of the staged picture to those of the original (homography, row by row).
    ``displacement``: the farthest corner's way as a share of the diagonal, once both are the same size. ``warp``: the way that
    is left after the homography (90th percentile), in the same unit. ``coverage``: share of the original that is in the staged
    picture. ``inliers``: matched features that agree, and ``inlier_share`` of all matched.
    """

    found: bool
    matrix: tuple[float, ...]
    displacement: float
    warp: float
    coverage: float
    inliers: int
    inlier_share: float


class Tone(msgspec.Struct, frozen=True):
    """CIELAB of the original = gain x CIELAB of the staged picture + offset, fitted on what did not change."""

    gain: tuple[float, float, float]
    offset: tuple[float, float, float]
    lightness: float
    """Median change of L* on unchanged surfaces."""
    chroma: float
    """Median change of (a*, b*) there, as a length."""


Corners = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]


class Door(msgspec.Struct, frozen=True):
    """A door of the original, in shares (x, y) of the picture, corner after corner.

    ``leaf``: the lowest third of it, which furniture in its way hides and a rug does not. ``way``: the floor that it needs to be
    opened and walked through.
    """

    leaf: Corners
    way: Corners


class Report(msgspec.Struct, frozen=True):
    """The whole examination. ``score`` is 0 (another house) to 1 (the same house)."""

    version: int
    verdict: Verdict
    """Of the staged picture as it is."""
    restored: Verdict
    """Of what ``restore`` makes of it."""
    score: float
    checks: tuple[Check, ...]
    registration: Registration
    tone: Tone
    regions: tuple[Region, ...]
    labels: bytes
    """PNG, grey, at working size: the region's label at each pixel, 0 where nothing changed."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """What is wrong, worst first, in sentences."""
        order = {Verdict.FAIL: 0, Verdict.WARN: 1}
        wrong = [check for check in self.checks if check.verdict is not Verdict.PASS]
        return tuple(check.sentence for check in sorted(wrong, key=lambda check: order[check.verdict]))
