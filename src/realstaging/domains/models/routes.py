"""HTTP of the models, for operators alone."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.models import service
from realstaging.domains.models.schemas import ModelChecked, ModelsChange, ModelsInForce
from realstaging.kit import bounds
from realstaging.runtime.deprecation import deprecated
from realstaging.runtime.platform import Platform
from realstaging.runtime.work import transaction

TAGS = ["operator"]
# The second address is the one of releases before 0.2; gone with 0.3.
ADDRESSES = ["/operator/models", "/admin/models"]
SOON_GONE = deprecated(since=date(2026, 11, 26), sunset=date(2027, 6, 1), below="/api/v1/admin/")


@get(ADDRESSES, tags=TAGS, opt={**SOON_GONE, **needs(Permission.OPERATE)})
async def get_models(
    platform: NamedDependency[Platform],
    operator: NamedDependency[Member],  # noqa: ARG001 - being one is enough
) -> ModelsInForce:
    """The models asked, and how each is set up. 403 for who is no operator."""
    return await service.in_force(platform)


@put(ADDRESSES, tags=TAGS, opt={**SOON_GONE, **needs(Permission.OPERATE, fresh=True)})
async def put_models(
    platform: NamedDependency[Platform], operator: NamedDependency[Member], data: JSONBody[ModelsChange]
) -> ModelsInForce:
    """Choose and set up models for stagings requested from now on; kept with your name and the date."""
    async with transaction(platform) as work:
        await service.change(work, data, operator.email or str(operator.id))
    return await service.in_force(platform)


@get("/operator/models/check", tags=TAGS, opt=needs(Permission.OPERATE))
async def check_model(
    platform: NamedDependency[Platform],
    model: Annotated[str, QueryParameter(min_length=1, max_length=bounds.LONGEST_WORD, pattern=bounds.LINE)],
) -> ModelChecked:
    """Hold what a provider publishes of a model against what we know of it."""
    return await service.check(platform, model)


ROUTES = [get_models, put_models, check_model]
