"""From an engine's picture to the one that is published: examined, rebuilt on the photo's own pixels, and told what was done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from realstaging.fidelity.report import Check, Door, Operation, Report, Verdict


class Unfaithful(Exception):
    """No sound picture of the same house can be made of this one; the message is a sentence for a person."""


class Assured(msgspec.Struct, frozen=True):
    """What can be said of a published picture."""

    report: Report
    """The examination of the engine's picture."""
    rebuilt: bool
    """The furniture was taken over onto the photo; what else the engine had changed is the photo's again."""
    untouched_share: float
    """Share of pixels (0–1) of the published picture byte-identical to those it was counted against."""
    counted_against: str
    """What these are: the file's own pixels, with their colour space and depth, or what stands for them, for people."""

    @property
    def verdict(self) -> Verdict:
        """Of the published picture."""
        return self.report.restored

    @property
    def score(self) -> float:
        """Of the published picture: 1 is the same house, 0 another."""
        from realstaging.fidelity import gate  # noqa: PLC0415 - see `assure`

        return round(gate.score(tuple(check for check in self.report.checks if not check.mended)), 4)

    @property
    def checks(self) -> tuple[Check, ...]:
        """What was asked. Whether the house was painted anew is asked only of pictures that are not built on the photo."""
        return tuple(check for check in self.report.checks if self.rebuilt or not check.mended)

    @property
    def put_back(self) -> tuple[str, ...]:
        """What the engine had changed and is the photo's again, in sentences."""
        return tuple(c.sentence for c in self.checks if c.mended and c.verdict is not Verdict.PASS)


def overlay_of(result: Path) -> Path:
    """Where what changed is shown (WebP, at most 1024 pixels wide or high), for a published picture at ``result``."""
    return result.with_name(f"{result.stem}-overlay.webp")


def assure(
    photo: Path, staged: Path, result: Path, operation: Operation, own_pixels: bool, doors: Sequence[Door] = ()
) -> Assured:
    """Write the picture that may be published to ``result``, and its overlay beside it.

    It is a PNG of the photo's size in the photo's own colour space and depth (`imaging.native`), the overlay is sRGB.

    ``own_pixels``: the engine says that it built on the photo itself. That is checked, and its picture stays as it is. Raises
    Unfaithful with the reason. Computes for seconds: call it in a process.
    """
    # Only the process that examines loads what that takes (tests/architecture/test_loaded.py).
    from realstaging.fidelity.examination import examine, restore  # noqa: PLC0415
    from realstaging.fidelity.gate import NOTHING  # noqa: PLC0415
    from realstaging.fidelity.overlay import overlay  # noqa: PLC0415
    from realstaging.fidelity.own_pixels import master_of, same_share  # noqa: PLC0415
    from realstaging.fidelity.register import SAME_PIXELS, own_share  # noqa: PLC0415
    from realstaging.imaging import encode, png_strips  # noqa: PLC0415
    from realstaging.imaging.decode import decode  # noqa: PLC0415

    original, picture = decode(photo), decode(staged)
    allowed = frozenset({operation})
    report = examine(original, picture, allowed, doors)
    if report.restored is Verdict.FAIL:
        raise Unfaithful(_reason(report))
    if own_pixels:
        if own_share(original, picture) < SAME_PIXELS:
            raise Unfaithful("The staged picture was not built on the photo's own pixels.")
    else:
        picture = restore(original, picture, report)
        if 1 - same_share(original, picture) < NOTHING:
            raise Unfaithful("Nothing in the staged picture could be taken over onto the photo.")
    overlay_of(result).write_bytes(encode.webp(overlay(original, report)))
    master, untouched = master_of(photo, original, picture)
    png_strips.write(result, master.pixels, master.profile, master.significant)
    return Assured(report, not own_pixels, round(untouched, 4), master.told)


def _reason(report: Report) -> str:
    return next(c.sentence for c in report.checks if c.verdict is Verdict.FAIL and not c.mended)
