"""HTTP of the models, for admins alone."""

from __future__ import annotations

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from realstaging.domains.accounts.service import Member
from realstaging.domains.models import service
from realstaging.domains.models.schemas import ModelsChange, ModelsInForce
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

TAGS = ["admin"]


@get("/admin/models", tags=TAGS)
async def get_models(
    platform: NamedDependency[Platform],
    admin: NamedDependency[Member],  # noqa: ARG001 - being one is enough
) -> ModelsInForce:
    """The models asked, and how each is set up. 403 for who is no admin."""
    return await service.in_force(platform)


@put("/admin/models", tags=TAGS)
async def put_models(
    platform: NamedDependency[Platform], admin: NamedDependency[Member], data: JSONBody[ModelsChange]
) -> ModelsInForce:
    """Choose and set up models for stagings requested from now on; kept with your name and the date."""
    async with transaction(platform) as work:
        await service.change(work, data, admin.email or str(admin.id))
    return await service.in_force(platform)


ROUTES = [get_models, put_models]
