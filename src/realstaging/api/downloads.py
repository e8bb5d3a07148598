"""Many results as one ZIP, streamed: nothing is held but the piece on its way.

A browser downloads by following a link, which carries no bearer token. So a signed-in caller asks for a link that is good for
some minutes and for one project.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated, Any, Final
from uuid import UUID

import jwt
import zipstream
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from realstaging.domains.accounts.service import Member
from realstaging.domains.staging import service as stagings
from realstaging.domains.staging.schemas import DownloadLink
from realstaging.kit import bounds
from realstaging.kit.errors import Unauthenticated
from realstaging.runtime.platform import Platform

LIFE: Final = timedelta(minutes=5)
AUDIENCE: Final = "project-download"


@post("/projects/{project_id:uuid}/download-link", tags=["stagings"], status_code=200)
async def create_download_link(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], project_id: FromPath[UUID]
) -> DownloadLink:
    """An address that downloads all ready results of the project as a ZIP, good for five minutes."""
    await stagings.finished_files(platform, caller.account.id, project_id)
    claims = {
        "aud": AUDIENCE,
        "sub": str(project_id),
        "account": str(caller.account.id),
        "exp": platform.clock() + LIFE,
    }
    token = jwt.encode(claims, platform.keys.keys(AUDIENCE)[0], algorithm="HS256")
    return DownloadLink(f"{platform.public_url}/api/v1/projects/{project_id}/download?token={token}")


@get("/projects/{project_id:uuid}/download", tags=["stagings"], exclude_from_auth=True)
async def download_project(
    platform: NamedDependency[Platform],
    project_id: FromPath[UUID],
    token: Annotated[str, QueryParameter(min_length=1, max_length=bounds.LONGEST_TOKEN)],
) -> Stream:
    """The ZIP behind a download link."""
    claims = _claims(platform, token)
    if claims["sub"] != str(project_id):
        raise Unauthenticated("This download link is for another project.")
    name, files = await stagings.finished_files(platform, UUID(claims["account"]), project_id)
    return Stream(
        _zip(platform, files),
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}.zip"', "Cache-Control": "no-store"},
    )


def _claims(platform: Platform, token: str) -> dict[str, Any]:
    """What a token of ours says, whichever key of the ring signed it. Unauthenticated for any other, and when it has run out."""
    for key in platform.keys.keys(AUDIENCE):
        try:
            claims: dict[str, Any] = jwt.decode(token, key, algorithms=["HS256"], audience=AUDIENCE)
        except jwt.InvalidTokenError:
            continue
        return claims
    raise Unauthenticated("This download link has run out. Ask for a new one in the project.")


async def _zip(platform: Platform, files: list[tuple[str, str]]) -> AsyncIterator[bytes]:
    """Stored, not deflated: the pictures are compressed already."""
    archive = zipstream.ZipStream(compress_type=zipstream.ZIP_STORED)
    for name, key in files:
        archive.add(await platform.storage.get(key), name)
        for piece in archive.all_files():
            yield piece
    for piece in archive.finalize():
        yield piece


ROUTES = [create_download_link, download_project]
