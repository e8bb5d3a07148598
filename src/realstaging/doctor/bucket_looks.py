"""What the production checklist asks of the bucket: who may send files, of which size, and what becomes of deleted ones."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from realstaging.doctor.examination import IllError
from realstaging.doctor.looks import Look
from realstaging.kit.clock import utc_now
from realstaging.storage.bucket import MOST_DAYS, Refused
from realstaging.storage.s3 import S3Storage

PROBE: Final = "health/doctor-upload"
NOT_THERE: Final = HTTPStatus.NOT_IMPLEMENTED
STRANGER: Final = "https://stranger.invalid"


async def uploads(look: Look) -> str:
    """A real preflight for what a browser sends, and for one from a page that is not ours."""
    answer = await _preflight(look, look.origin, "PUT")
    mend = (
        f"Run `realstaging operate bucket prepare` with a key that may set the bucket up, or allow origin {look.origin}, methods GET, HEAD and PUT "
        "and the header Content-Type in the bucket's CORS rules."
    )
    if answer["origin"] not in {"*", look.origin}:
        raise IllError(f"the bucket does not let pages of {look.origin} send files", mend)
    if "PUT" not in answer["methods"] and "*" not in answer["methods"]:
        raise IllError("the bucket does not let browsers PUT", mend)
    if not {"content-type", "*"} & set(answer["headers"]):
        raise IllError("the bucket does not let browsers name a file's type", mend)
    stranger = await _preflight(look, STRANGER, "PUT")
    if stranger["origin"] in {"*", STRANGER}:
        raise IllError("the bucket lets pages of any origin send files", mend)
    return f"from {look.origin}, and from no other"


async def _preflight(look: Look, origin: str, method: str) -> dict[str, str | list[str]]:
    signed = look.storage.sign_put(PROBE, content_type="image/jpeg", size=1, now=utc_now())
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-type",
    }
    async with look.http.options(signed.url, headers=asked, allow_redirects=False) as answer:
        told = answer.headers
        well = answer.status < HTTPStatus.MULTIPLE_CHOICES
    return {
        "origin": told.get("Access-Control-Allow-Origin", "") if well else "",
        "methods": [name.strip().upper() for name in told.get("Access-Control-Allow-Methods", "").split(",")],
        "headers": [name.strip().lower() for name in told.get("Access-Control-Allow-Headers", "").split(",")],
    }


async def sizes(look: Look) -> str:
    """A link for one byte must not take two; and must take one."""
    try:
        right = await _sent(look, announced=1, sent=1)
        if right >= HTTPStatus.MULTIPLE_CHOICES:
            raise IllError(
                f"an announced file is refused with {right}", "May the key write? Is this machine's clock right?"
            )
        wrong = await _sent(look, announced=1, sent=2)
        if wrong < HTTPStatus.MULTIPLE_CHOICES:
            raise IllError(
                "a link takes a file of another size than was announced",
                "This S3 server does not check the signed Content-Length: whoever has a link may fill the bucket. Use another server, or a proxy that limits bodies.",
            )
    finally:
        await look.storage.delete([PROBE])
    return "as announced, and no other"


async def _sent(look: Look, *, announced: int, sent: int) -> int:
    link = look.storage.sign_put(PROBE, content_type="image/jpeg", size=announced, now=utc_now())
    async with look.http.put(link.url, data=b"x" * sent, headers=link.headers, allow_redirects=False) as answer:
        return answer.status


async def old_versions(look: Look) -> str:
    if not isinstance(look.storage, S3Storage):
        return "a folder keeps none"
    mend = (
        "Run `realstaging operate bucket prepare` with a key that may set the bucket up, or give the bucket a lifecycle rule that ends noncurrent "
        "(B2: hidden) versions after a day: without one, what people delete stays, and is paid for."
    )
    try:
        if not await look.storage.bucket.keeps_versions():
            return "the bucket keeps none"
        rule = await look.storage.bucket.lifecycle()
    except Refused as refused:
        raise IllError(
            f"the key may not read the bucket's rules ({refused.status} {refused.said})",
            f"Give it readBuckets at B2. {mend}",
        ) from refused
    if rule.hidden_days is None:
        raise IllError("the bucket keeps what was deleted, for ever", mend)
    if rule.hidden_days > MOST_DAYS:
        raise IllError(f"the bucket keeps what was deleted for {rule.hidden_days} days", mend)
    return f"end after {rule.hidden_days} days at most, and at once where the service deletes"


async def broken_uploads(look: Look) -> str:
    if not isinstance(look.storage, S3Storage):
        return "the service removes them itself"
    mend = "Run `realstaging operate bucket prepare`, or give the bucket a rule that ends unfinished multipart uploads after a day."
    try:
        rule = await look.storage.bucket.lifecycle()
    except Refused as refused:
        if refused.status == NOT_THERE:
            return "this server has no such rules: look into its folder of parts now and then"
        raise IllError(
            f"the key may not read the bucket's rules ({refused.status} {refused.said})",
            f"Give it readBuckets at B2. {mend}",
        ) from refused
    if rule.broken_days is None:
        raise IllError("the bucket keeps parts of broken uploads, unseen and paid for", mend)
    return f"end after {rule.broken_days} days"
