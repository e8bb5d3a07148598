"""Rank 9: where files are kept: a folder or any S3-compatible bucket, chosen by URL."""

from __future__ import annotations

from realstaging.kit.keyring import KeyRing
from realstaging.storage.contract import (
    BadKey,
    ListedFile,
    NoSuchFile,
    Sign,
    SignedPut,
    Storage,
    StorageUnavailable,
    StoredObject,
)
from realstaging.storage.local import LocalStorage
from realstaging.storage.s3 import S3Storage

__all__ = [
    "BadKey",
    "ListedFile",
    "NoSuchFile",
    "Sign",
    "SignedPut",
    "Storage",
    "StorageUnavailable",
    "StoredObject",
    "open_storage",
]


def open_storage(url: str, *, public_url: str, keys: KeyRing) -> Storage:
    """The storage behind a URL: ``file:///folder`` or ``s3://bucket?endpoint=…&region=…&access_key=…&secret_key=…``.

    Raises ValueError with a sentence when the URL is neither.
    """
    scheme = url.partition(":")[0]
    if scheme == "file":
        return LocalStorage.from_url(url, public_url=public_url, keys=keys)
    if scheme == "s3":
        return S3Storage.from_url(url)
    raise ValueError("STORAGE_URL must begin with file:// or s3://.")
