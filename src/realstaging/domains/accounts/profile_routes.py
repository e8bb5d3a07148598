"""HTTP of a person's profile."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Request, Response, delete, get, patch, put
from litestar.di import NamedDependency
from litestar.params import HeaderParameter, JSONBody

from realstaging.domains.accounts import profile
from realstaging.domains.accounts.profile_rules import tag
from realstaging.domains.accounts.rules import Permission, needs
from realstaging.domains.accounts.schemas import Member, Profile, ProfileChange
from realstaging.kit import bounds
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost
from realstaging.runtime.work import transaction

TAGS = ["profile"]
MERGE_PATCH: Final = "application/merge-patch+json"
IfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        min_length=1,
        max_length=bounds.LONGEST_KEY,
        description="The ETag of what you read: the change is refused (412) where it is not that any more.",
    ),
]


def _tagged(found: Profile) -> Response[Profile]:
    return Response(found, headers={"ETag": tag(found.version)})


@get("/me/profile", tags=TAGS, opt=needs(Permission.OWN))
async def get_profile(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Response[Profile]:
    """Your name, company, telephone, billing address, photo and preferences."""
    return _tagged(await profile.read(platform.database, caller))


@patch("/me/profile", tags=TAGS, opt={**needs(Permission.OWN), "also_json": (MERGE_PATCH,)})
async def change_profile(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[ProfileChange],
    if_match: IfMatch = None,
) -> Response[Profile]:
    """Change what you name, and nothing else: a JSON merge patch (RFC 7396; `application/merge-patch+json`, or plain JSON). Null empties
    a field. Send the ETag you have as `If-Match`, so that nothing another window has changed meanwhile is lost.
    """
    async with transaction(platform) as work:
        return _tagged(await profile.change(work, caller, data, if_match))


@put("/me/profile/photo", tags=TAGS, opt={**needs(Permission.OWN), "cost": Cost.UPLOAD})
async def set_photo(
    request: Request[Any, Any, Any], platform: NamedDependency[Platform], caller: NamedDependency[Member]
) -> Response[Profile]:
    """Your photo: a file of a kind that uploads may be, as the body, at most 12 MB. Its middle is kept as a small square, and nothing of
    where or when it was taken.
    """
    return _tagged(await profile.keep_photo(platform, caller, await request.body()))


@delete("/me/profile/photo", tags=TAGS, status_code=200, opt=needs(Permission.OWN))
async def remove_photo(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Response[Profile]:
    """Take your photo away."""
    return _tagged(await profile.remove_photo(platform, caller))


@get("/me/profile/photo", tags=TAGS, media_type="image/webp", opt=needs(Permission.OWN))
async def get_photo(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Response[bytes]:
    """Your photo, to you alone."""
    found = await profile.photo(platform.database, caller)
    headers = {"ETag": f'"{found.photo_digest}"', "Cache-Control": "private, max-age=3600"}
    return Response(found.photo, media_type="image/webp", headers=headers)


ROUTES = [get_profile, change_profile, set_photo, remove_photo, get_photo]
