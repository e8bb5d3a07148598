"""A bucket beside its files: who may send to it from a browser, which old versions it keeps, and ending those.

Every request is a signed address, as links are (`sigv4`), so that one signer serves all. What the XML says:
https://docs.aws.amazon.com/AmazonS3/latest/API/ (GetBucketVersioning, ListObjectVersions, PutBucketCors,
PutBucketLifecycleConfiguration, CreateBucket); Backblaze B2 takes the same (https://www.backblaze.com/apidocs/introduction-to-the-s3-compatible-api).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import aiohttp
import msgspec
from yarl import URL

from realstaging.kit import bounded_answers
from realstaging.storage.contract import StorageUnavailable
from realstaging.storage.sigv4 import Credentials, Permit, Signer

NAMESPACE: Final = "http://s3.amazonaws.com/doc/2006-03-01/"
SIGNED_FOR: Final = timedelta(minutes=5)
LONGEST_ANSWER: Final = 4 * 2**20
"""Bytes: a page of a thousand versions has some 400 kB."""
PATIENCE: Final = 30.0
MOST_PAGES: Final = 1000
LEAST_DAYS: Final = 1
"""The shortest that a lifecycle rule can keep what was hidden."""
MOST_DAYS: Final = 30
"""Longer than this, erasing is not erasing (docs/explanation/security.md)."""
BROWSERS_CACHE: Final = 3600
"""Seconds for which a browser need not ask again whether it may send."""


class Refused(StorageUnavailable):
    """The bucket did not take this."""

    code = "bucket_refused"

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"The bucket answered {status} {said}".strip() + ".")
        self.status = status
        self.said = said


class Version(msgspec.Struct, frozen=True):
    """One version of a file, or the marker that hides it."""

    key: str
    id: str


class Lifecycle(msgspec.Struct, frozen=True):
    """What a bucket does by itself, for all its files: days until what is hidden is ended, and until a broken upload is. None: never."""

    hidden_days: int | None = None
    broken_days: int | None = None


class Bucket:
    """The bucket at ``address`` (endpoint and name). Methods raise Refused where it declines, StorageUnavailable where it is away."""

    def __init__(self, address: str, credentials: Credentials) -> None:
        self._address = address
        self._credentials = credentials

    async def create(self) -> None:
        """Make it, unless it is there already and ours."""
        try:
            await self._ask("PUT", {})
        except Refused as refused:
            if refused.said not in {"BucketAlreadyOwnedByYou", "BucketAlreadyExists"}:
                raise

    async def keeps_versions(self) -> bool:
        """Whether what is deleted or written over stays as a hidden version; no where the server knows no versions."""
        try:
            told = await self._document("Versioning", {"versioning": ""})
        except Refused as refused:
            if refused.status in {400, 404, 405, 501}:
                return False
            raise
        return _text(told, "Status") in {"Enabled", "Suspended"}

    async def versions(self, prefix: str) -> AsyncIterator[Version]:
        """Every version and every marker whose key begins so; StorageUnavailable where they cannot all be told."""
        markers: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            page = await self._document("ListVersionsResult", {"versions": "", "prefix": prefix, **markers})
            for entry in (*_all(page, "Version"), *_all(page, "DeleteMarker")):
                yield Version(_needed(entry, "Key"), _needed(entry, "VersionId"))
            if _text(page, "IsTruncated") != "true":
                return
            markers = {
                "key-marker": _needed(page, "NextKeyMarker"),
                "version-id-marker": _text(page, "NextVersionIdMarker"),
            }
        raise StorageUnavailable(details=f"more than {MOST_PAGES} pages of versions")

    async def end(self, version: Version) -> None:
        """Remove one version for good. One that is gone is no error."""
        try:
            await self._ask("DELETE", {"versionId": version.id}, key=version.key)
        except Refused as refused:
            if refused.status != HTTPStatus.NOT_FOUND:
                raise

    async def allow_origin(self, origin: str) -> None:
        """Let pages of one origin, and of no other, fetch pictures and send them."""
        methods = "".join(f"<AllowedMethod>{method}</AllowedMethod>" for method in ("GET", "HEAD", "PUT"))
        rule = (
            f"<CORSRule><ID>realstaging</ID><AllowedOrigin>{escape(origin)}</AllowedOrigin>{methods}"
            "<AllowedHeader>content-type</AllowedHeader><ExposeHeader>ETag</ExposeHeader>"
            f"<MaxAgeSeconds>{BROWSERS_CACHE}</MaxAgeSeconds></CORSRule>"
        )
        await self._ask("PUT", {"cors": ""}, body=f'<CORSConfiguration xmlns="{NAMESPACE}">{rule}</CORSConfiguration>')

    async def end_hidden(self) -> None:
        """Let the bucket end hidden versions and broken uploads after a day. Rules that were set before are replaced."""
        rule = (
            "<Rule><ID>realstaging</ID><Filter><Prefix></Prefix></Filter><Status>Enabled</Status>"
            f"<NoncurrentVersionExpiration><NoncurrentDays>{LEAST_DAYS}</NoncurrentDays></NoncurrentVersionExpiration>"
            f"<AbortIncompleteMultipartUpload><DaysAfterInitiation>{LEAST_DAYS}</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>"
        )
        body = f'<LifecycleConfiguration xmlns="{NAMESPACE}">{rule}</LifecycleConfiguration>'
        await self._ask("PUT", {"lifecycle": ""}, body=body)

    async def lifecycle(self) -> Lifecycle:
        """What it does by itself to every file."""
        try:
            told = await self._document("LifecycleConfiguration", {"lifecycle": ""})
        except Refused as refused:
            if refused.status == HTTPStatus.NOT_FOUND:
                return Lifecycle()
            raise
        hidden: list[int] = []
        broken: list[int] = []
        for rule in _all(told, "Rule"):
            if _text(rule, "Status") == "Enabled" and not _prefix(rule):
                hidden += _days(rule, "NoncurrentVersionExpiration", "NoncurrentDays")
                broken += _days(rule, "AbortIncompleteMultipartUpload", "DaysAfterInitiation")
        return Lifecycle(min(hidden, default=None), min(broken, default=None))

    async def _document(self, name: str, query: Mapping[str, str]) -> ET.Element:
        """What is told as XML, with this in its root's name (not all servers write the same). Anything else tells nothing, which is not
        that nothing is there: StorageUnavailable.
        """
        told = _parsed(await self._ask("GET", query))
        if told is None or name not in _name(told):
            raise StorageUnavailable(details=f"no {name}")
        return told

    async def _ask(self, method: str, query: Mapping[str, str], *, key: str = "", body: str = "") -> bytes:
        """One signed request; the answer's body."""
        moment = datetime.now(UTC)
        signer = Signer(self._address, self._credentials, Permit(method, moment, SIGNED_FOR, query=query))
        address = signer.link(key)
        data = body.encode()
        headers = {
            "Content-Type": "application/xml",
            "Content-MD5": base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode(),
        }
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session,
                session.request(
                    method,
                    URL(address, encoded=True),  # it is signed as it stands
                    data=data or None,
                    headers=headers if data else None,
                    allow_redirects=False,
                ) as answer,
            ):
                said = await bounded_answers.whole(answer, LONGEST_ANSWER)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise StorageUnavailable(details=type(error).__name__) from error
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            told = _parsed(said)
            raise Refused(answer.status, "" if told is None else _text(told, "Code"))
        return said


def _parsed(said: bytes) -> ET.Element | None:
    try:
        return ET.fromstring(said)  # noqa: S314 - of bounded length, from the bucket that holds our files; entities are not fetched
    except ET.ParseError:
        return None


def _all(element: ET.Element, name: str) -> list[ET.Element]:
    """The children of a name, whatever their namespace: not every server writes one."""
    return [child for child in element if _name(child) == name]


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: ET.Element, name: str) -> str:
    found = _all(element, name)
    return (found[0].text or "") if found else ""


def _needed(element: ET.Element, name: str) -> str:
    if text := _text(element, name):
        return text
    raise StorageUnavailable(details=f"no {name}")


def _prefix(rule: ET.Element) -> str:
    """The part of the bucket that a rule is for; a rule with a tag or a size among its conditions is for a part too."""
    for filtered in _all(rule, "Filter"):
        if any(_all(filtered, name) for name in ("And", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan")):
            return "a part"
        if _text(filtered, "Prefix"):
            return _text(filtered, "Prefix")
    return _text(rule, "Prefix")


def _days(rule: ET.Element, action: str, unit: str) -> list[int]:
    return [int(_text(found, unit)) for found in _all(rule, action) if _text(found, unit).isdigit()]
