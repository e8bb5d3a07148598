"""Payments, by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realstaging.settings import Settings

if TYPE_CHECKING:
    from realstaging.stripe.client import Stripe


def of(settings: Settings) -> Stripe | None:
    """Stripe, where a key for it is set; it connects to nothing yet."""
    if not settings.stripe_secret_key:
        return None
    from realstaging.stripe.client import Stripe  # noqa: PLC0415 - the SDK is loaded where people can pay

    return Stripe(
        settings.stripe_secret_key,
        settings.stripe_webhook_secret,
        settings.stripe_url,
        tax=settings.stripe_tax == "automatic",
    )
