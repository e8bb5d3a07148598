"""What the production checklist looks at of payments: whether Stripe lets us in, and has what is offered."""

from __future__ import annotations

from typing import Final

from realstaging.doctor.examination import IllError
from realstaging.doctor.looks import Look
from realstaging.domains.billing import at_stripe
from realstaging.domains.billing.offers import OFFERS
from realstaging.stripe.errors import NotAllowedThere
from realstaging.stripe.keys import is_restricted

HOW_TO: Final = "docs/how-to/stripe.md"


async def payments(look: Look) -> str:
    """The settings, then Stripe as the key may see it."""
    stripe = look.settings.payments
    if stripe is None:
        return "not used: there is no STRIPE_SECRET_KEY, and nobody can pay"
    try:
        if stripe.webhooks is None:
            raise IllError(
                "STRIPE_WEBHOOK_SECRET is not set: there is no address for Stripe to tell anything to",
                "`realstaging operate stripe sync` makes the endpoint and tells the secret.",
            )
        found = await at_stripe.differences(stripe, OFFERS, look.settings.public_url)
    except NotAllowedThere as refused:
        raise IllError(
            f"the key may not look at what is set up ({refused.reason})",
            f"Give it read permission for Products, Prices, Customer portal and Webhook Endpoints ({HOW_TO}).",
        ) from refused
    finally:
        await stripe.close()
    if found:
        raise IllError("; ".join(one.told for one in found), "Run `realstaging operate stripe sync`.")
    key = "a restricted key" if is_restricted(look.settings.stripe_secret_key) else "a key that may do everything"
    return f"{'live' if stripe.live else 'test mode'}, {key}; products, prices, portal and webhook are as offered"
