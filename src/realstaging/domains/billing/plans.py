"""What each plan may have of everything that is limited, from `offers.toml`; docs/reference/limits.md is written from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from realstaging.domains.billing.offers import OFFERS, PlanLimits
from realstaging.runtime.quotas import Limits, Resource

GB: Final = 1_000_000_000


def _limits(given: PlanLimits) -> Limits:
    return {
        Resource.STORAGE: given.storage_gb * GB,
        Resource.PHOTOS: given.photos,
        Resource.PROJECTS: given.projects,
        Resource.UPLOADS: given.uploads,
        Resource.STAGINGS: given.stagings_in_flight,
        Resource.MEMBERS: given.members,
        Resource.STREAMS: given.event_streams,
        Resource.TOKEN_STREAMS: given.event_streams_per_token,
    }


QUOTAS: Final[Mapping[str, Limits]] = {plan.id: _limits(plan.limits) for plan in OFFERS.plans}
