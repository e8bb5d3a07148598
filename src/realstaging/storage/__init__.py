"""Rank 9: where pictures are kept: a folder or any S3-compatible bucket, chosen by URL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec


class StoredObject(msgspec.Struct, frozen=True):
    """What is kept under a key: its size in bytes, and its media type where known."""

    size: int
    content_type: str | None = None


class SignedPut(msgspec.Struct, frozen=True):
    """Where and how to send one file."""

    url: str
    method: str
    headers: dict[str, str]
    expires_at: datetime


class Storage(Protocol):
    """Files under keys such as `results/…/master.png`."""

    async def put(self, key: str, data: bytes | Path, content_type: str) -> None: ...
    async def get(self, key: str) -> bytes: ...
    async def download(self, key: str, path: Path) -> None: ...
    def stream(self, key: str) -> AsyncIterator[bytes]: ...
    async def head(self, key: str) -> StoredObject | None: ...
    async def delete(self, keys: Sequence[str]) -> None: ...
    async def list(self, prefix: str) -> list[str]: ...
    def sign_get(self, key: str, *, now: datetime, download_name: str | None = None) -> str: ...
    def sign_put(self, key: str, *, content_type: str, size: int, now: datetime) -> SignedPut: ...
