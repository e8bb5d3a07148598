"""AWS Signature Version 4 in the query string, for links.

Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html. Our own because the S3 client signs
neither headers (which hold an upload to its kind and size) nor a given moment (which keeps a link the same within a window).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import quote, urlsplit

import msgspec

from realstaging.storage.links import Mac


class Credentials(msgspec.Struct, frozen=True):
    """What signs for a bucket."""

    access_key: str
    secret_key: str
    region: str


class Permit(msgspec.Struct, frozen=True):
    """What a link lets its bearer do: send ``method`` with exactly these ``headers``. It is good from ``now`` (UTC) for ``expires_in``, at
    most seven days. ``query``: of the link, besides what signs it.
    """

    method: str
    now: datetime
    expires_in: timedelta
    headers: Mapping[str, str] = {}
    query: Mapping[str, str] = {}


class Signer:
    """Signs links of one moment to one place: all that is the same for them is put in letters once, a link costs two digests."""

    def __init__(self, address: str, credentials: Credentials, permit: Permit) -> None:
        """``address``: what every link begins with, without a slash at its end and without a query."""
        parts = urlsplit(address)
        signed_headers = {"host": parts.netloc} | {name.lower(): value for name, value in permit.headers.items()}
        names = ";".join(sorted(signed_headers))
        moment = permit.now.strftime("%Y%m%dT%H%M%SZ")
        scope = f"{moment[:8]}/{credentials.region}/s3/aws4_request"
        parameters = {
            "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
            "X-Amz-Credential": f"{credentials.access_key}/{scope}",
            "X-Amz-Date": moment,
            "X-Amz-Expires": str(int(permit.expires_in.total_seconds())),
            "X-Amz-SignedHeaders": names,
            **permit.query,
        }
        canonical_query = "&".join(f"{_encoded(name)}={_encoded(parameters[name])}" for name in sorted(parameters))
        canonical_headers = "".join(f"{name}:{signed_headers[name].strip()}\n" for name in sorted(signed_headers))
        self._address = address
        self._begin = f"{permit.method}\n{parts.path}/"
        self._end = f"\n{canonical_query}\n{canonical_headers}\n{names}\nUNSIGNED-PAYLOAD"
        self._query = f"?{canonical_query}&X-Amz-Signature="
        self._mac = Mac(_signing_key(credentials, moment[:8]), f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n".encode())

    def link(self, path: str) -> str:
        """The link to what is at ``path``, which needs no encoding, below the address."""
        request = hashlib.sha256(f"{self._begin}{path}{self._end}".encode()).hexdigest()
        return f"{self._address}/{path}{self._query}{self._mac.hex(request.encode())}"


@lru_cache(maxsize=8)
def _signing_key(credentials: Credentials, day: str) -> bytes:
    key = f"AWS4{credentials.secret_key}".encode()
    for part in (day, credentials.region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
