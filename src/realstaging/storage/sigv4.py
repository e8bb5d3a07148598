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


class Credentials(msgspec.Struct, frozen=True):
    """What signs for a bucket."""

    access_key: str
    secret_key: str
    region: str


def presign(
    method: str,
    url: str,
    credentials: Credentials,
    *,
    now: datetime,
    expires_in: timedelta,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
) -> str:
    """``url`` (no query) with a signature good from ``now`` (UTC) for ``expires_in``, at most seven days.

    Whoever uses it must send exactly ``headers``.
    """
    parts = urlsplit(url)
    signed_headers = {"host": parts.netloc} | {name.lower(): value for name, value in (headers or {}).items()}
    names = ";".join(sorted(signed_headers))
    moment = now.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{moment[:8]}/{credentials.region}/s3/aws4_request"
    parameters = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"{credentials.access_key}/{scope}",
        "X-Amz-Date": moment,
        "X-Amz-Expires": str(int(expires_in.total_seconds())),
        "X-Amz-SignedHeaders": names,
        **(query or {}),
    }
    canonical_query = "&".join(f"{_encoded(name)}={_encoded(parameters[name])}" for name in sorted(parameters))
    canonical_headers = "".join(f"{name}:{signed_headers[name].strip()}\n" for name in sorted(signed_headers))
    request = f"{method}\n{parts.path}\n{canonical_query}\n{canonical_headers}\n{names}\nUNSIGNED-PAYLOAD"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(request.encode()).hexdigest()])
    signature = hmac.new(_signing_key(credentials, moment[:8]), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{url}?{canonical_query}&X-Amz-Signature={signature}"


@lru_cache(maxsize=8)
def _signing_key(credentials: Credentials, day: str) -> bytes:
    key = f"AWS4{credentials.secret_key}".encode()
    for part in (day, credentials.region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


# A gallery has hundreds of links, and all but their paths are the same.
@lru_cache(maxsize=256)
def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
