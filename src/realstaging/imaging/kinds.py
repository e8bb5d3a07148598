"""What kind of file it is, told by its first bytes alone: neither its name nor what a browser says of it decides."""

from __future__ import annotations

from typing import Final

HEAD: Final = 12
"""Bytes that tell the kind."""

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
HEIC: Final = "image/heic"
PHOTOS: Final = frozenset({JPEG, PNG, WEBP, HEIC})
"""What is taken."""

_FIRST: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"II*\0\x10\0\0\0CR", "image/x-raw"),  # Canon CR2
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),  # BigTIFF
    (b"MM\0+", "image/tiff"),
    (b"FUJIFILMCCD-", "image/x-raw"),
    (b"IIRO", "image/x-raw"),  # Olympus ORF
    (b"IIRS", "image/x-raw"),
    (b"MMOR", "image/x-raw"),
    (b"IIU\0", "image/x-raw"),  # Panasonic RW2
    (b"FOVb", "image/x-raw"),  # Sigma X3F
    (b"\0MRM", "image/x-raw"),  # Minolta MRW
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"BM", "image/bmp"),
    (b"\xff\x0a", "image/jxl"),
    (b"\0\0\0\x0cJXL ", "image/jxl"),
    (b"\0\0\0\x0cjP  ", "image/jp2"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\0\x05\x16\x07", "application/applefile"),  # AppleDouble: what macOS writes beside a file as ._NAME
    (b"<svg", "image/svg+xml"),
)
# Brands of ISO base media files (ISO/IEC 14496-12, 4.3; HEIF: ISO/IEC 23008-12, annex B and clause 10).
_HEIF_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"mif3", b"msf1"}
)
_BRANDS: Final = {b"avif": "image/avif", b"avis": "image/avif", b"crx ": "image/x-raw", b"qt  ": "video/quicktime"}
_OFF: Final = "Export the photo as JPEG and try again."
_WORDS: Final = {
    "image/gif": f"This is a GIF, not a photo. {_OFF}",
    "image/avif": f"AVIF pictures cannot be staged. {_OFF}",
    "image/jxl": f"JPEG XL pictures cannot be staged. {_OFF}",
    "image/jp2": f"JPEG 2000 pictures cannot be staged. {_OFF}",
    "image/bmp": f"BMP pictures cannot be staged. {_OFF}",
    "image/tiff": f"TIFF files and camera raws such as DNG, NEF and ARW cannot be staged. {_OFF}",
    "image/x-raw": "Camera raw files cannot be staged. Develop the photo, export it as JPEG and try again.",
    "image/svg+xml": f"This is a drawing (SVG), not a photo. {_OFF}",
    "image/vnd.adobe.photoshop": f"Photoshop files cannot be staged. {_OFF}",
    "application/pdf": "This is a PDF, not a photo. Send the photo itself, as JPEG, PNG, WebP or HEIC.",
    "application/zip": "This is an archive, not a photo. Unpack it and send the photos.",
    "application/applefile": "This is a companion file that macOS made, not a photo. Send the photo of the same name without ._",
    "video/mp4": "This is a film, not a photo. Send a photo.",
    "video/quicktime": "This is a film, not a photo. Send a photo.",
    "video/x-matroska": "This is a film, not a photo. Send a photo.",
}
NO_PHOTO: Final = "This file is not a photo. Send a JPEG, PNG, WebP or HEIC."

_SAME: Final = {
    "image/jpg": JPEG,
    "image/pjpeg": JPEG,
    "image/jfif": JPEG,
    "image/pipeg": JPEG,
    "image/x-jpeg": JPEG,
    "image/x-jpg": JPEG,
    "image/mpo": JPEG,
    "image/x-png": PNG,
    "image/apng": PNG,
    "image/vnd.mozilla.apng": PNG,
    "image/x-webp": WEBP,
    "image/heif": HEIC,
    "image/hif": HEIC,
    "image/x-heic": HEIC,
    "image/x-heif": HEIC,
    "image/heic-sequence": HEIC,
    "image/heif-sequence": HEIC,
}
UNSAID: Final = "application/octet-stream"


def sniff(head: bytes) -> str | None:
    """The media type by a file's first twelve bytes; None for what is not known."""
    if head[:4] == b"RIFF":
        return {b"WEBP": WEBP, b"AVI ": "video/mp4"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return HEIC if brand in _HEIF_BRANDS else _BRANDS.get(brand, "video/mp4")
    if head[4:8] in {b"moov", b"mdat", b"wide", b"free"}:
        return "video/quicktime"
    return next((mime for first, mime in _FIRST if head.startswith(first)), None)


def words(mime: str | None) -> str:
    """Why a file of this kind is not taken, and what to do."""
    return _WORDS.get(mime or "", NO_PHOTO)


def declared(given: str) -> str | None:
    """The type under which a file is sent, from what a browser or a program says of it; None where it is surely no photo.

    Browsers go by the file's name, and say nothing or something odd of names they do not know: then the content will tell.
    """
    plain = given.partition(";")[0].strip().lower()
    if plain in PHOTOS:
        return plain
    if plain in _SAME:
        return _SAME[plain]
    if plain in _WORDS or plain.startswith(("video/", "audio/", "text/", "font/")):
        return None
    return UNSAID
