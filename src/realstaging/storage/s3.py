"""Files in a bucket that speaks S3."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import obstore
import structlog
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from realstaging.storage.bucket import Bucket, Refused
from realstaging.storage.contract import (
    IMMUTABLE,
    UPLOAD_LIFE,
    WINDOW,
    ListedFile,
    NoSuchFile,
    Sign,
    SignedPut,
    StorageUnavailable,
    StoredObject,
    attachment,
    check_key,
    is_key,
    window_start,
)
from realstaging.storage.links import WindowLinks
from realstaging.storage.observed import observed
from realstaging.storage.sigv4 import Credentials, Permit, Signer

log = structlog.get_logger()

KNOWN: Final = frozenset({"endpoint", "region", "access_key", "secret_key", "public_endpoint"})
PATIENCE: Final = timedelta(seconds=15)
PART: Final = 8 * 2**20
# Of what is written while it is made, as ZIPs are: a bucket takes 10,000 parts of a file (Amazon S3's limits), so 312 GB of these.
WRITTEN_PART: Final = 32 * 2**20
WRITTEN_AT_ONCE: Final = 3
PAGE: Final = 1000
FORBIDDEN: Final = 403


class S3Storage:
    """Storage in ``bucket`` at ``endpoint``; browsers reach it at ``public_endpoint``."""

    def __init__(self, bucket: str, credentials: Credentials, endpoint: str, public_endpoint: str) -> None:
        self._credentials = credentials
        self.bucket = Bucket(f"{endpoint.rstrip('/')}/{bucket}", credentials)
        self._keeps_versions: bool | None = None
        self._address = f"{public_endpoint.rstrip('/')}/{bucket}"
        self._links = WindowLinks(self._shown)
        self._bucket = S3Store(
            bucket,
            endpoint=endpoint,
            region=credentials.region,
            access_key_id=credentials.access_key,
            secret_access_key=credentials.secret_key,
            virtual_hosted_style_request=False,
            client_options={"allow_http": endpoint.startswith("http://"), "timeout": timedelta(minutes=2)},
            retry_config={"max_retries": 3, "retry_timeout": PATIENCE},
        )

    @classmethod
    def from_url(cls, url: str) -> S3Storage:
        """From ``s3://bucket?endpoint=…&region=…&access_key=…&secret_key=…``; ValueError tells what is missing or unknown.

        ``endpoint`` is left out for AWS itself; ``public_endpoint`` where browsers need another address than we do.
        """
        parts = urlsplit(url)
        options = parameters(parts.query)
        unknown = sorted(options.keys() - KNOWN)
        missing = sorted({"access_key", "secret_key"} - options.keys())
        if not parts.netloc or unknown or missing:
            # A secret that was not percent-encoded falls apart at its & and =: a part of it must not be repeated here.
            told = [f"{name} is missing" for name in missing]
            if unknown:
                told.append(
                    f"it has options that are unknown (there are {', '.join(sorted(KNOWN))}; in a value, & and % are written as %26 and %25)"
                )
            raise ValueError(f"STORAGE_URL is not complete: {', '.join(told) or 'the bucket is missing'}.")
        region = options.get("region", "us-east-1")
        endpoint = options.get("endpoint", f"https://s3.{region}.amazonaws.com")
        credentials = Credentials(options["access_key"], options["secret_key"], region)
        return cls(parts.netloc, credentials, endpoint, options.get("public_endpoint", endpoint))

    @property
    def origin(self) -> str:
        return self._address

    @observed
    async def put(self, key: str, data: bytes | Path, content_type: str) -> None:
        attributes = {"Content-Type": content_type, "Cache-Control": IMMUTABLE}
        with _told():
            await obstore.put_async(self._bucket, check_key(key), data, attributes=attributes, chunk_size=PART)

    @observed
    async def write(self, key: str, pieces: AsyncIterator[bytes], content_type: str) -> None:
        attributes = {"Content-Type": content_type, "Cache-Control": IMMUTABLE}
        with _told():
            await obstore.put_async(
                self._bucket,
                check_key(key),
                pieces,
                attributes=attributes,
                chunk_size=WRITTEN_PART,
                max_concurrency=WRITTEN_AT_ONCE,
            )

    @observed
    async def get(self, key: str) -> bytes:
        with _told():
            answer = await obstore.get_async(self._bucket, check_key(key))
            return bytes(await answer.bytes_async())

    @observed
    async def download(self, key: str, path: Path) -> None:
        try:
            with path.open("wb") as file:
                async for piece in self.stream(key):
                    file.write(piece)
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    async def stream(self, key: str) -> AsyncIterator[bytes]:
        with _told():
            answer = await obstore.get_async(self._bucket, check_key(key))
            async for piece in answer.stream(min_chunk_size=256 * 1024):
                yield bytes(piece)

    @observed
    async def head(self, key: str) -> StoredObject | None:
        try:
            with _told():
                return StoredObject((await obstore.head_async(self._bucket, check_key(key)))["size"])
        except NoSuchFile:
            return None

    @observed
    async def delete(self, keys: Sequence[str]) -> None:
        """A bucket that keeps versions would only hide the files: there, every version of them is ended too."""
        for key in keys:
            try:
                with _told():
                    await obstore.delete_async(self._bucket, check_key(key))
            except NoSuchFile:
                pass
            if await self._hides():
                await self._end_versions(key)

    async def _hides(self) -> bool:
        """Whether this bucket keeps versions; asked once. A key that may not ask leaves it to the bucket's rule, which `doctor` looks for."""
        if self._keeps_versions is None:
            try:
                self._keeps_versions = await self.bucket.keeps_versions()
            except Refused as refused:
                if refused.status != FORBIDDEN:
                    raise
                self._keeps_versions = False
        return self._keeps_versions

    async def _end_versions(self, key: str) -> None:
        async for version in self.bucket.versions(key):
            if version.key == key:
                await self.bucket.end(version)

    async def erase(self, folder: str) -> None:
        """Also of files that no key can name any more, and that a process which might not list versions has only hidden."""
        check_key(folder.rstrip("/"))
        async for page in self.scan(folder):
            for file in page:
                with suppress(NoSuchFile), _told():
                    await obstore.delete_async(self._bucket, file.key)
        if await self._hides():
            async for version in self.bucket.versions(f"{folder.rstrip('/')}/"):
                await self.bucket.end(version)

    @observed
    async def list(self, prefix: str) -> list[str]:
        folder = check_key(prefix.rstrip("/"))
        with _told():
            found = [str(entry["path"]) async for page in obstore.list(self._bucket, folder) for entry in page]
        return sorted(found)

    async def scan(self, prefix: str) -> AsyncIterator[Sequence[ListedFile]]:
        folder = check_key(prefix.rstrip("/"))
        with _told():
            async for page in obstore.list(self._bucket, folder, chunk_size=PAGE):
                listed = (ListedFile(str(entry["path"]), entry["size"], entry["last_modified"]) for entry in page)
                yield [file for file in listed if is_key(file.key)]

    @observed
    async def move(self, key: str, to: str) -> None:
        """A copy, then a removal: ended between the two, the file is under both keys."""
        with _told():
            await obstore.copy_async(self._bucket, check_key(key), check_key(to))
        await self.delete([key])

    async def remove_unfinished(self, before: datetime) -> None:
        """Nothing: parts of broken uploads go by a rule of the bucket (docs/how-to/run-in-production.md)."""

    def sign_get(self, key: str, *, now: datetime, download_name: str | None = None) -> str:
        if not download_name:
            return self.signer(now)(key)
        told = {"response-content-disposition": attachment(download_name)}
        return self._signer(window_start(now), told).link(check_key(key))

    def signer(self, now: datetime) -> Sign:
        return self._links.at(now)

    def _shown(self, start: datetime) -> Sign:
        link = self._signer(start, {}).link
        return lambda key: link(check_key(key))

    def _signer(self, start: datetime, told: dict[str, str]) -> Signer:
        query = {"response-cache-control": IMMUTABLE, **told}
        return Signer(self._address, self._credentials, Permit("GET", start, 2 * WINDOW, query=query))

    def sign_put(self, key: str, *, content_type: str, size: int, now: datetime) -> SignedPut:
        headers = {"Content-Type": content_type}
        signed = {**headers, "Content-Length": str(size)}
        signer = Signer(self._address, self._credentials, Permit("PUT", now, UPLOAD_LIFE, headers=signed))
        # Browsers set the length themselves and let no one else.
        return SignedPut(signer.link(check_key(key)), "PUT", headers, now + UPLOAD_LIFE)


def parameters(query: str) -> dict[str, str]:
    """The options of a STORAGE_URL. A plus is a plus, and a slash a slash: keys of providers have both, and none has a blank."""
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    return {name: unquote(value) for name, _, value in pairs}


@contextmanager
def _told() -> Iterator[None]:
    """The client's errors in the words of storage."""
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        raise NoSuchFile from error
    except (BaseError, OSError) as error:
        # Its words have the bucket's address and the key, which are nobody's but ours.
        log.warning("storage.refused", error=str(error))
        raise StorageUnavailable(details=type(error).__name__) from error
