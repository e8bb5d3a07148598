"""Encoding the files of one result: for a process of its own, which `deliverables.deliver` is called in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from realstaging.domains.staging.labels import Labels
from realstaging.imaging import decode, encode, label, mark, metadata, png_strips
from realstaging.imaging.limits import MLS_BYTES, MLS_MOST
from realstaging.imaging.metadata import DigitalSourceType
from realstaging.imaging.mls_profiles import MlsProfile
from realstaging.imaging.native import Native, written
from realstaging.imaging.profile import SRGB
from realstaging.imaging.rights import rights_of
from realstaging.imaging.space import converted, srgb_space, to_eight

WEB: Final = 2048
THUMB: Final = 640
THUMB_QUALITY: Final = 80
MLS_QUALITY: Final = 92
MASTER_QUALITY: Final = 95
OVERLAY_QUALITY: Final = 90


class Deliverables(msgspec.Struct, frozen=True):
    """Encoded pictures by file name, and the digest of the master they were made of."""

    digest: str
    files: dict[str, Path]


def delivered(photo: Path, master: Path, overlay: Path, labels: Labels) -> Deliverables:
    """See `deliverables.deliver`."""
    told = metadata.told(
        labels.source, creator_tool=metadata.CREATOR_TOOL, description=labels.description, rights=rights_of(photo)
    )
    changes = np.array(decode.decode(overlay))
    if labels.marked:
        # Before anything is made of it: every size, and what archives hold, comes from the master.
        mark.mark_file(master)
        mark.mark(changes)
    folder = master.with_name("files")
    folder.mkdir(exist_ok=True)
    own = written(master)
    web = shown(own, WEB)
    mls = web if WEB == MLS_MOST else shown(own, MLS_MOST)
    web_webp, thumb = encode.webp(web, told=told), encode.fit(web, THUMB)
    small = {
        "mls.jpg": encode.jpeg_within(mls, MLS_BYTES, best=MLS_QUALITY, told=told),
        "web.avif": encode.avif(web, told=told),
        "web.webp": web_webp,
        "thumb.webp": web_webp if thumb is web else encode.webp(np.asarray(thumb, np.uint8), THUMB_QUALITY, told=told),
        "overlay.webp": encode.webp(changes, OVERLAY_QUALITY, told=told),
    }
    for name, data in small.items():
        (folder / name).write_bytes(data)
    png_strips.add(master, folder / "master.png", metadata.chunks(told))
    (folder / "master.jpg").write_bytes(master_jpeg(own, told))
    with master.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Deliverables(digest, {name: folder / name for name in (*small, "master.png", "master.jpg")})


def fitted_to(mls: Path, profile: MlsProfile, target: Path) -> None:
    """Write what a listing service asks for of the file that suits them all: no larger, labelled where it must be. What that file says of
    itself is said on.
    """
    with Image.open(mls) as image:
        image.load()
        told = metadata.carried(image.info, getattr(image, "applist", ()))
        pixels = np.array(image.convert("RGB"))
    pixels = np.ascontiguousarray(encode.fit(pixels, profile.long_side))
    if profile.labelled:
        label.write(pixels, profile.words)
    target.write_bytes(encode.jpeg_within(pixels, profile.most_bytes, best=MLS_QUALITY, told=told))


def deliver_one(photo: Path, master: Path, target: Path, source: DigitalSourceType | None, description: str) -> None:
    """Write the master to one file, PNG or JPEG by its name, as `deliverables.deliver` does."""
    told = metadata.told(source, creator_tool=metadata.CREATOR_TOOL, description=description, rights=rights_of(photo))
    if target.suffix.lower() == ".png":
        png_strips.add(master, target, metadata.chunks(told))
    else:
        target.write_bytes(master_jpeg(written(master), told))


def master_jpeg(own: Native, told: metadata.Told) -> bytes:
    """The whole picture for people, 8 bits, in the photo's own colour space."""
    return encode.jpeg(to_eight(own.pixels), MASTER_QUALITY, told=told, profile=own.profile)


def shown(own: Native, long_side: int) -> NDArray[np.uint8]:
    """The picture as pages show it: sRGB, 8 bits, its long side at most so many pixels."""
    fitted = encode.fit(own.pixels, long_side)
    return to_eight(fitted) if own.profile == SRGB else converted(fitted, own.space, srgb_space())
