"""Where the staged picture lies on the original: features, a robust homography, then sparse patches at full size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from realstaging.fidelity.picture import Pixels, grey, resized, scaling, working_size
from realstaging.fidelity.report import Registration

FEATURES: Final = 4000
RATIO: Final = 0.8
FEWEST_INLIERS: Final = 18
# Where features were too few: patches that must show the same, and from which correlation on they do. Other rooms have none.
FEWEST_ALIKE: Final = 9
CORRELATED: Final = 0.9
REPROJECTION: Final = 2.5
# How much worse (in patch pixels) a simpler mapping may be: for so many points together, and at least. Few points fit any by chance.
SLACK: Final = 10.0
LEAST_SLACK: Final = 0.06
PATCH: Final = 48
PATCHES: Final = 160
# A homography beyond these is no re-framing of the same picture but a chance agreement.
FARTHEST: Final = 0.6

Matrix = NDArray[np.float64]
Points = NDArray[np.float32]
IDENTITY: Final = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
# From this share of byte-identical pixels on, among those with detail, a picture lies where it is: a zoom of 0.5 % leaves 0.03.
SAME_PIXELS: Final = 0.08
# Grey levels of the Laplacian from which a pixel has detail; and the least share of such pixels to judge by.
DETAIL: Final = 6
LEAST_DETAIL: Final = 0.005
ROWS: Final = 256
"""Rows compared at a time."""


def register(original: Pixels, staged: Pixels) -> Registration:
    """Both uint8 (height, width, 3), of any two sizes."""
    if own_share(original, staged) >= SAME_PIXELS:
        return IN_PLACE
    size, staged_size = _size(original), _size(staged)
    start = scaling(staged_size, size)
    features = _features(original, staged) or _nearby(original, staged, start)
    if features is None:
        return _not_found(start)
    matrix, warp = _refined(original, staged, start, features.matrix, (features.there, features.here))
    if _displacement(start, matrix, size, staged_size) > FARTHEST:
        return _not_found(start)
    return Registration(
        found=True,
        matrix=tuple(float(value) for value in matrix.ravel()),
        displacement=_displacement(start, matrix, size, staged_size),
        warp=warp,
        coverage=_coverage(matrix, size, staged_size),
        inliers=len(features.here),
        inlier_share=len(features.here) / features.tried,
    )


@dataclass(frozen=True)
class Features:
    """Points of the staged picture and of the original, in pixels of each, that agree with one mapping, of so many tried."""

    matrix: Matrix
    there: Points
    here: Points
    tried: int


def _features(original: Pixels, staged: Pixels) -> Features | None:
    """By features of both, wherever they lie."""
    size, staged_size = _size(original), _size(staged)
    small, small_staged = working_size(*size), working_size(*staged_size)
    matched = _matched(grey(resized(original, small)), grey(resized(staged, small_staged)))
    if matched is None:
        return None
    there, here = matched
    homography, agreeing = cv2.findHomography(
        there, here, cv2.USAC_MAGSAC, REPROJECTION, maxIters=5000, confidence=0.999
    )
    if homography is None or int(agreeing.sum()) < FEWEST_INLIERS or not _plausible(homography):
        return None
    to_small, kept = scaling(small, size), agreeing.ravel().astype(bool)
    matrix = to_small @ homography @ scaling(staged_size, small_staged)
    staged_points = _moved(there[kept], scaling(small_staged, staged_size))
    return Features(matrix, staged_points, _moved(here[kept], to_small), len(here))


def _nearby(original: Pixels, staged: Pixels, start: Matrix) -> Features | None:
    """By patches around corners of the original, for rooms so bare that few features are left: the picture was hardly moved then."""
    corners = cv2.goodFeaturesToTrack(grey(original), 1000, 0.01, 8)
    if corners is None:
        return None
    step = _step(original, staged)
    there, here = _patches(
        original, staged, start, _spread(np.asarray(corners, np.float32).reshape(-1, 2), *_size(original)), step
    )
    if len(here) < FEWEST_INLIERS:
        return None
    affine, agreeing = cv2.estimateAffinePartial2D(
        _moved(there, start), here, method=cv2.RANSAC, ransacReprojThreshold=max(1.5 * step, 1.0)
    )
    if affine is None:
        return None
    matrix = np.vstack([affine, [0, 0, 1]]) @ start
    kept = agreeing.ravel().astype(bool) & _look_alike(original, staged, matrix, here, step)
    if int(kept.sum()) < FEWEST_ALIKE:
        return None
    return Features(matrix, there[kept], here[kept], len(here))


def _look_alike(original: Pixels, staged: Pixels, matrix: Matrix, points: Points, step: float) -> NDArray[np.bool_]:
    """Whether patches around the original's points show the same. Phase correlation alone finds no motion between any two patches."""
    inverse = np.linalg.inv(matrix)
    alike = np.zeros(len(points), np.bool_)
    for number, (x, y) in enumerate(points):
        place = _place(x, y, step)
        pair = np.stack([_patch(original, place).ravel(), _patch(staged, inverse @ place).ravel()])
        alike[number] = bool((pair.std(axis=1) > 1).all()) and float(np.asarray(np.corrcoef(pair))[0, 1]) > CORRELATED
    return alike


def _place(x: float, y: float, step: float) -> Matrix:
    """Takes a patch's own pixels to the original's around a point."""
    return np.array([[step, 0, x - step * PATCH / 2], [0, step, y - step * PATCH / 2], [0, 0, 1]], dtype=np.float64)


def own_share(original: Pixels, staged: Pixels) -> float:
    """Share (0–1) of the pixels with detail that are byte-identical; of all pixels where the original has no detail.

    White walls and windows stay the same in a picture that was zoomed, so that they tell nothing.
    """
    if original.shape != staged.shape:
        return 0.0
    counts = np.zeros(4, np.int64)
    for top in range(0, len(original), ROWS):
        counts += _counted(original, staged, top)
    pixels, same, detailed, both = (int(count) for count in counts)
    return both / detailed if detailed > LEAST_DETAIL * pixels else same / pixels


def _counted(original: Pixels, staged: Pixels, top: int) -> list[int]:
    """Of a band of rows: pixels, the same ones, those with detail, those with both."""
    bottom, above = min(top + ROWS, len(original)), min(top, 1)
    same = (original[top:bottom] == staged[top:bottom]).all(axis=2)
    # With a row more on either side, as the Laplacian looks at the neighbours.
    detail = cv2.Laplacian(grey(original[top - above : bottom + 1]), cv2.CV_16S)[above : above + bottom - top]
    detailed = np.abs(detail) >= DETAIL
    return [same.size, int(same.sum()), int(detailed.sum()), int((same & detailed).sum())]


def matrix_of(registration: Registration) -> Matrix:
    """Staged pixel centres to the original's, as 3 x 3."""
    return np.array(registration.matrix, dtype=np.float64).reshape(3, 3)


def _matched(original: Pixels, staged: Pixels) -> tuple[Points, Points] | None:
    """Matching points (staged, original) by RootSIFT (Arandjelović & Zisserman 2012) and Lowe's ratio test, both ways."""
    sift = cv2.SIFT_create(FEATURES, contrastThreshold=0.015)  # type: ignore[attr-defined]
    contrast = cv2.createCLAHE(2.0, (8, 8))
    keys, words = sift.detectAndCompute(contrast.apply(original), None)
    staged_keys, staged_words = sift.detectAndCompute(contrast.apply(staged), None)
    if words is None or staged_words is None or min(len(keys), len(staged_keys)) < FEWEST_INLIERS:
        return None
    root, staged_root = (np.sqrt(w / np.maximum(w.sum(1, keepdims=True), 1e-6)) for w in (words, staged_words))
    similar = staged_root @ root.T
    best = similar.argmax(1)
    rows = np.arange(len(best))
    first = similar[rows, best]
    back = similar.argmax(0)
    similar[rows, best] = -1
    second = similar.max(1)
    clear = (2 - 2 * first) < RATIO**2 * np.maximum(2 - 2 * second, 1e-6)
    good = clear & (back[best] == rows)
    if int(good.sum()) < FEWEST_INLIERS:
        return None
    there = np.array([staged_keys[row].pt for row in rows[good]], dtype=np.float32)
    here = np.array([keys[column].pt for column in best[good]], dtype=np.float32)
    return there, here


def _plausible(homography: NDArray[Any]) -> bool:
    """Keeps its handedness, shrinks or grows at most fourfold, and does not fold the picture."""
    determinant = float(np.linalg.det(homography[:2, :2]))
    return 1 / 16 < determinant < 16 and float(np.abs(homography[2, :2]).max()) < 1e-3


def _refined(
    original: Pixels, staged: Pixels, start: Matrix, matrix: Matrix, features: tuple[Points, Points]
) -> tuple[Matrix, float]:
    """The simplest mapping that patches at full size agree with, and what displacement is left to them.

    The latter is a share of the diagonal (90th percentile), 0 where too few patches were found to tell.
    """
    width, height = _size(original)
    step = _step(original, staged)
    there, here = _patches(original, staged, matrix, _spread(features[1], width, height), step)
    if len(here) < FEWEST_INLIERS:
        return _simplest(start, matrix, *features, step), 0.0
    simplest = _simplest(start, matrix, there, here, step)
    left = np.hypot(*(_moved(there, simplest) - here).T)
    return simplest, float(np.percentile(left, 90)) / float(np.hypot(width, height))


def _step(original: Pixels, staged: Pixels) -> float:
    """Pixels of the original from one of a patch to the next: a coarser staged picture has no detail at the original's own."""
    width, height = _size(original)
    return float(max(1.0, (width * height / (staged.shape[0] * staged.shape[1])) ** 0.5, max(width, height) / 2048))


def _patches(original: Pixels, staged: Pixels, matrix: Matrix, spread: Points, step: float) -> tuple[Points, Points]:
    """Points of the staged picture and of the original that show the same, to a fraction of a pixel."""
    found_here, found_there = [], []
    window = cv2.createHanningWindow((PATCH, PATCH), cv2.CV_32F)
    inverse = np.linalg.inv(matrix)
    for x, y in spread:
        place = _place(x, y, step)
        (dx, dy), response = cv2.phaseCorrelate(_patch(original, place), _patch(staged, inverse @ place), window)
        if response > 0.25 and np.hypot(dx, dy) < PATCH / 4:
            found_here.append((x, y))
            found_there.append((x + dx * step, y + dy * step))
    if not found_here:
        return np.zeros((0, 2), np.float32), np.zeros((0, 2), np.float32)
    return _moved(np.array(found_there, np.float32), inverse), np.array(found_here, np.float32)


def _simplest(start: Matrix, matrix: Matrix, there: Points, here: Points, step: float) -> Matrix:
    """Of no motion, a similarity, an affinity and a homography the first that explains the points as well as any.

    A homography fitted to points in one half of the picture is wrong in the other half; most models do not need one.
    """
    candidates = [start]
    even = _moved(there, start)
    reach = max(1.5 * step, 1.0)
    for estimate in (cv2.estimateAffinePartial2D, cv2.estimateAffine2D):
        affine, _ = estimate(even, here, method=cv2.RANSAC, ransacReprojThreshold=reach)
        if affine is not None:
            candidates.append(np.vstack([affine, [0, 0, 1]]) @ start)
    free, _ = cv2.findHomography(there, here, cv2.RANSAC, reach)
    candidates.append(matrix if free is None or not _plausible(free) else np.asarray(free, dtype=np.float64))
    errors = [_error(candidate, there, here) for candidate in candidates]
    enough = 1.15 * min(errors) + step * max(LEAST_SLACK, SLACK / len(here))
    return candidates[next(number for number, error in enumerate(errors) if error <= enough)]


def _error(matrix: Matrix, there: Points, here: Points) -> float:
    """What three quarters of the points keep within."""
    return float(np.percentile(np.hypot(*(_moved(there, matrix) - here).T), 75))


def _spread(points: Points, width: int, height: int) -> Points:
    """At most PATCHES points, evenly over a 16 x 10 grid."""
    cells = (points[:, 0] * 16 // width).astype(int) * 10 + (points[:, 1] * 10 // height).astype(int)
    _, first = np.unique(cells, return_index=True)
    return points[first][:PATCHES]


def _patch(pixels: Pixels, place: Matrix) -> NDArray[np.float32]:
    """PATCH x PATCH greys taken where ``place`` takes the patch's own pixels."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpPerspective(pixels, place, (PATCH, PATCH), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return grey(np.asarray(cut)).astype(np.float32)


def _displacement(start: Matrix, matrix: Matrix, size: tuple[int, int], staged_size: tuple[int, int]) -> float:
    corners = _corners(*staged_size)
    way = _moved(corners, matrix) - _moved(corners, start)
    return float(np.hypot(*way.T).max() / np.hypot(*size))


def _coverage(matrix: Matrix, size: tuple[int, int], staged_size: tuple[int, int]) -> float:
    outline = _moved(_corners(*staged_size), matrix)
    shared, _ = cv2.intersectConvexConvex(outline, _corners(*size))
    return float(np.clip(shared / (size[0] * size[1]), 0, 1))


def _corners(width: int, height: int) -> Points:
    right, bottom = width - 0.5, height - 0.5
    return np.array([[-0.5, -0.5], [right, -0.5], [right, bottom], [-0.5, bottom]], dtype=np.float32)


def _moved(points: Points, matrix: NDArray[Any]) -> Points:
    return np.asarray(cv2.perspectiveTransform(points.reshape(-1, 1, 2), matrix), dtype=np.float32).reshape(-1, 2)


def _size(pixels: Pixels) -> tuple[int, int]:
    return pixels.shape[1], pixels.shape[0]


def _not_found(start: Matrix) -> Registration:
    return Registration(
        found=False,
        matrix=tuple(float(value) for value in start.ravel()),
        displacement=1.0,
        warp=1.0,
        coverage=0.0,
        inliers=0,
        inlier_share=0.0,
    )


IN_PLACE: Final = Registration(
    found=True, matrix=IDENTITY, displacement=0.0, warp=0.0, coverage=1.0, inliers=0, inlier_share=1.0
)
"""Of a picture made on the original's own pixels: nothing had to be matched."""
