"""What each plan may have of everything that is limited. The one table; docs/reference/limits.md is written from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from realstaging.runtime.quotas import Limits, Resource

GB: Final = 1_000_000_000

QUOTAS: Final[Mapping[str, Limits]] = {
    "free": {
        Resource.STORAGE: 20 * GB,
        Resource.PHOTOS: 1_000,
        Resource.PROJECTS: 100,
        Resource.UPLOADS: 500,
        Resource.STAGINGS: 1_000,
        Resource.MEMBERS: 10,
        Resource.STREAMS: 40,
        Resource.TOKEN_STREAMS: 20,
    },
    "pro": {
        Resource.STORAGE: 200 * GB,
        Resource.PHOTOS: 10_000,
        Resource.PROJECTS: 1_000,
        Resource.UPLOADS: 2_000,
        Resource.STAGINGS: 2_000,
        Resource.MEMBERS: 50,
        Resource.STREAMS: 100,
        Resource.TOKEN_STREAMS: 20,
    },
    "business": {
        Resource.STORAGE: 2_000 * GB,
        Resource.PHOTOS: 100_000,
        Resource.PROJECTS: 10_000,
        Resource.UPLOADS: 5_000,
        Resource.STAGINGS: 5_000,
        Resource.MEMBERS: 500,
        Resource.STREAMS: 400,
        Resource.TOKEN_STREAMS: 20,
    },
}
