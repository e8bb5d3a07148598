"""The files made of one result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from realstaging.domains.staging.labels import Labels as Labels
from realstaging.fidelity.report import Operation
from realstaging.imaging.mls_profiles import MlsProfile

if TYPE_CHECKING:
    from realstaging.domains.staging.encoding import Deliverables

MIME: Final = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}

MLS: Final = "mls.jpg"
"""What suits every listing service."""
NAMES: Final = ("master.png", "master.jpg", MLS, "web.avif", "web.webp", "thumb.webp", "overlay.webp")
"""The files of every result."""


def deliver(photo: Path, master: Path, overlay: Path, labels: Labels) -> Deliverables:
    """Write every file of a result beside its lossless master. ``overlay``: the picture of what changed.

    Each says how it was made and whose photo it was made of. The master and its JPEG have the photo's own colour space, the
    others, for pages and listing services, are sRGB.
    """
    # Only the process that encodes loads what that takes (tests/architecture/test_loaded.py).
    from realstaging.domains.staging import encoding  # noqa: PLC0415

    return encoding.delivered(photo, master, overlay, labels)


def fit_to(mls: Path, profile: MlsProfile, target: Path) -> None:
    """Write what a listing service asks for of ``mls.jpg``."""
    from realstaging.domains.staging import encoding  # noqa: PLC0415 - as above

    encoding.fitted_to(mls, profile, target)


def disclosure(operation: Operation) -> str:
    """What a listing has to say of the picture."""
    match operation:
        case Operation.STAGE:
            return "Virtually staged: the furniture is not in the room."
        case Operation.DECLUTTER:
            return "Virtually decluttered: loose things were removed from the picture."
        case Operation.EMPTY:
            return "Virtually emptied: furniture was removed from the picture."
        case _:
            assert_never(operation)


def mime(name: str) -> str:
    return MIME[name.rpartition(".")[2]]
