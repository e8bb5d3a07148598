"""HTTP of stagings."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Redirect

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.staging import credit_backs, lifecycle, reading, requests
from realstaging.domains.staging.schemas import (
    CreditBacks,
    FidelityReport,
    Gallery,
    Links,
    Move,
    NewCreditBack,
    NewStagings,
    Quote,
    RequestedStagings,
    Staging,
)
from realstaging.kit import bounds
from realstaging.kit.errors import AppError
from realstaging.runtime.idempotency import Answer, Asked, Key, once
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost
from realstaging.runtime.switches import Switch, closed_by
from realstaging.runtime.work import Work, transaction

TAGS = ["stagings"]


@post(
    "/stagings",
    tags=TAGS,
    opt={"cost": Cost.STAGE, **needs(Permission.STAGE), **closed_by(Switch.STAGINGS)},
    responses={207: ResponseSpec(RequestedStagings, description="Some were refused.", generate_examples=False)},
)
async def create_stagings(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[NewStagings],
    idempotency_key: Key = None,
) -> Response[RequestedStagings]:
    """Stage 1–50 photos, each in one or more styles. 201 when all were accepted, 207 when some were not."""

    async def create(work: Work) -> Answer:
        answer = await requests.request(work, caller, data)
        return Answer(answer, 207 if any(item.error for item in answer.items) else 201)

    asked = Asked("POST /stagings", caller.account.id, idempotency_key, data, data.as_before())
    return await once(platform, asked, create)


@post("/stagings/quote", tags=TAGS, status_code=200, opt=needs(Permission.STAGE))
async def quote_stagings(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[NewStagings]
) -> Quote:
    """What the same request would cost, and what of it would be refused: nothing is asked for and nothing is held."""
    return await requests.quote(platform, caller, data)


@post("/photos/moves", tags=["photos"], status_code=204, opt=needs(Permission.EDIT))
async def move_photos(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[Move]
) -> None:
    """Move up to 500 photos with their stagings into another project: all of them, or none where one is not there. Safe to repeat."""
    async with transaction(platform) as work:
        await lifecycle.move(work, caller, data.photo_ids, data.project_id)


@get("/projects/{project_id:uuid}/gallery", tags=TAGS, opt=needs(Permission.READ))
async def get_gallery(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], project_id: FromPath[UUID]
) -> Gallery:
    """A project's photos with all their stagings and addresses, in one request."""
    return await reading.gallery(platform, caller, project_id)


@get("/stagings/{staging_id:uuid}", tags=TAGS, opt=needs(Permission.READ))
async def get_staging(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], staging_id: FromPath[UUID]
) -> Staging:
    return await reading.get(platform, caller, staging_id)


@post(
    "/stagings/{staging_id:uuid}/retry",
    tags=TAGS,
    status_code=200,
    opt={"cost": Cost.STAGE, **needs(Permission.STAGE), **closed_by(Switch.STAGINGS)},
)
async def retry_staging(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    staging_id: FromPath[UUID],
    idempotency_key: Key = None,
) -> Response[Staging]:
    """Try a failed or canceled staging again."""

    async def restart(work: Work) -> Answer | AppError:
        staging = await requests.retry(work, caller, staging_id)
        return staging if isinstance(staging, AppError) else Answer(staging, 200)

    return await once(
        platform, Asked(f"POST /stagings/{staging_id}/retry", caller.account.id, idempotency_key), restart
    )


@post("/stagings/{staging_id:uuid}/cancel", tags=TAGS, status_code=200, opt=needs(Permission.STAGE))
async def cancel_staging(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], staging_id: FromPath[UUID]
) -> Staging:
    async with transaction(platform) as work:
        return await lifecycle.cancel(work, caller, staging_id)


@delete("/stagings/{staging_id:uuid}", tags=TAGS, opt=needs(Permission.EDIT))
async def delete_staging(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], staging_id: FromPath[UUID]
) -> None:
    async with transaction(platform) as work:
        await lifecycle.delete(work, caller, staging_id)


@get("/stagings/{staging_id:uuid}/links", tags=TAGS, opt=needs(Permission.DOWNLOAD))
async def get_links(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    staging_id: FromPath[UUID],
    mls_profile: FromQuery[bounds.WordInAddress | None] = None,
) -> Links:
    """Addresses that download the result as a file. ``mls_profile``: the listing service that the MLS file is for (`mls_profiles` of the
    catalog); without it, the one that you prefer.
    """
    return await reading.links(platform, caller, staging_id, mls_profile)


@get("/stagings/{staging_id:uuid}/download", tags=TAGS, status_code=302, opt=needs(Permission.DOWNLOAD))
async def download(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    staging_id: FromPath[UUID],
    image_format: Annotated[Literal["jpg", "png", "mls"], QueryParameter(name="format")] = "jpg",
    mls_profile: FromQuery[bounds.WordInAddress | None] = None,
) -> Redirect:
    """Go straight to the file."""
    links = await reading.links(platform, caller, staging_id, mls_profile)
    return Redirect(getattr(links, image_format))


@get("/stagings/{staging_id:uuid}/fidelity", tags=TAGS, opt=needs(Permission.READ))
async def get_fidelity(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], staging_id: FromPath[UUID]
) -> FidelityReport:
    """The proof that the house is unchanged: what was checked, what was kept, what was put back."""
    return await reading.fidelity(platform, caller, staging_id)


@get("/stagings/{staging_id:uuid}/plan", tags=TAGS, opt=needs(Permission.READ))
async def get_plan(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], staging_id: FromPath[UUID]
) -> Response[dict[str, Any]]:
    """What stands where, in metres: to be kept, edited, and given to a new staging of this photo."""
    answer: Response[Any] = Response(await reading.plan(platform, caller, staging_id))
    return answer


@post(
    "/stagings/{staging_id:uuid}/credit-back",
    tags=TAGS,
    status_code=200,
    opt=needs(Permission.STAGE),
)
async def credit_staging_back(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    staging_id: FromPath[UUID],
    data: JSONBody[NewCreditBack],
) -> Staging:
    """Give a paid picture back for its price: it is withdrawn, and nobody can download it any more. Safe to repeat."""
    async with transaction(platform) as work:
        return await credit_backs.give_back(work, caller, staging_id, data)


@get("/operator/credit-backs", tags=["operator"], opt=needs(Permission.OPERATE))
async def get_credit_backs(
    platform: NamedDependency[Platform],
    days: Annotated[int, QueryParameter(ge=1, le=366)] = 30,
) -> CreditBacks:
    """Pictures that were given back in the last days, by engine, model and version of our prompts."""
    async with platform.database.acquire() as connection:
        return await credit_backs.report(connection, platform.clock() - timedelta(days=days))


ROUTES = [
    credit_staging_back,
    get_credit_backs,
    create_stagings,
    quote_stagings,
    move_photos,
    get_gallery,
    get_staging,
    retry_staging,
    cancel_staging,
    delete_staging,
    get_links,
    download,
    get_fidelity,
    get_plan,
]
