"""Virtual staging from Python: upload a photo, have it furnished, download the picture."""

from realstaging_sdk import models, webhooks
from realstaging_sdk._async import AsyncRealStaging
from realstaging_sdk._sync import RealStaging
from realstaging_sdk.errors import (
    ApiError,
    BudgetReached,
    Conflict,
    Forbidden,
    InvalidInput,
    InvalidSignature,
    NotFound,
    NotReached,
    PaymentRequired,
    PhotoRefused,
    QuotaReached,
    RealStagingError,
    ServiceError,
    StagingFailed,
    TookTooLong,
    TooManyRequests,
    Unauthenticated,
)

__all__ = [
    "ApiError",
    "AsyncRealStaging",
    "BudgetReached",
    "Conflict",
    "Forbidden",
    "InvalidInput",
    "InvalidSignature",
    "NotFound",
    "NotReached",
    "PaymentRequired",
    "PhotoRefused",
    "QuotaReached",
    "RealStaging",
    "RealStagingError",
    "ServiceError",
    "StagingFailed",
    "TooManyRequests",
    "TookTooLong",
    "Unauthenticated",
    "models",
    "webhooks",
]
