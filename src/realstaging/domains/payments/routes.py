"""HTTP of payments: buying, changing and ending a plan, what was paid, and what Stripe tells."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.payments import checkout, hooks, reading, subscriptions
from realstaging.domains.payments.schemas import (
    Billing,
    Cancellation,
    ChangePreview,
    Checkout,
    CheckoutState,
    InvoicedStagings,
    Invoices,
    NewCheckout,
    Pause,
    PlanChange,
    PlanChoice,
    Portal,
)
from realstaging.kit import bounds
from realstaging.kit.cursors import LARGEST_PAGE
from realstaging.runtime.idempotency import Answer, Asked, Key, once_in_steps
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost
from realstaging.runtime.switches import Switch, closed_by

TAGS: Final = ["billing"]
MAY: Final = needs(Permission.BILLING)
# What can charge a card that is known at Stripe, or change which one that is.
MAY_FRESH: Final = needs(Permission.BILLING, fresh=True)
Limit = Annotated[int, QueryParameter(ge=1, le=LARGEST_PAGE)]


@get("/billing", tags=TAGS, opt=MAY)
async def get_billing(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Billing:
    """Your plan, when it is paid next, and what credit you have of which kind."""
    return await reading.of(platform, caller)


@post("/billing/checkout", tags=TAGS, opt={**MAY, "cost": Cost.CHECKOUT, **closed_by(Switch.PAYMENTS)})
async def create_checkout(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[NewCheckout],
    idempotency_key: Key = None,
) -> Response[Checkout]:
    """Buy a plan or a pack: a page at Stripe on which it is paid. Promotion codes, tax ids and addresses are asked for there."""

    async def create() -> Answer:
        return Answer(await checkout.open_page(platform, caller, data))

    return await once_in_steps(
        platform, Asked("POST /billing/checkout", caller.account.id, idempotency_key, data), create
    )


@get("/billing/checkout/{checkout_id:uuid}", tags=TAGS, opt=MAY)
async def get_checkout(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], checkout_id: FromPath[UUID]
) -> CheckoutState:
    """What has become of a page: whoever comes back from it is told at once."""
    return await checkout.look(platform, caller, checkout_id)


@post("/billing/portal", tags=TAGS, status_code=200, opt={**MAY_FRESH, "cost": Cost.CHECKOUT})
async def open_portal(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> Portal:
    """A page at Stripe for your cards, addresses, tax ids and invoices. You must have signed in within the last ten minutes."""
    return await checkout.portal(platform, caller)


@post("/billing/subscription/preview", tags=TAGS, status_code=200, opt=MAY)
async def preview_change(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[PlanChoice]
) -> ChangePreview:
    """What another plan, term or number of seats would do: what is charged now, from when on, and who loses access."""
    return await subscriptions.preview(platform, caller, data)


@put("/billing/subscription", tags=TAGS, opt={**MAY_FRESH, "cost": Cost.CHECKOUT, **closed_by(Switch.PAYMENTS)})
async def change_subscription(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    data: JSONBody[PlanChange],
    idempotency_key: Key = None,
) -> Response[Billing]:
    """Another plan, term or number of seats. More is had at once and the difference is charged now; less, or for shorter, when the
    period ends. You must have signed in within the last ten minutes.
    """

    async def change() -> Answer:
        await subscriptions.change(platform, caller, data, idempotency_key)
        return Answer(await reading.of(platform, caller), HTTPStatus.OK)

    return await once_in_steps(
        platform, Asked("PUT /billing/subscription", caller.account.id, idempotency_key, data), change
    )


@post("/billing/subscription/cancel", tags=TAGS, status_code=200, opt=MAY)
async def cancel_subscription(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[Cancellation]
) -> Billing:
    """End the plan when what is paid is over. Packs stay yours."""
    await subscriptions.cancel(platform, caller, losing_access=data.losing_access)
    return await reading.of(platform, caller)


@post("/billing/subscription/resume", tags=TAGS, status_code=200, opt=MAY)
async def resume_subscription(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], fresh: NamedDependency[bool]
) -> Billing:
    """Go on after all: takes back an end, a change that waits for the period's end, or a pause. Where the period it is in was not paid, as the
    plan rested when it began, a new one begins and is charged now, for which you must have signed in within the last ten minutes.
    """
    await subscriptions.resume(platform, caller, fresh=fresh)
    return await reading.of(platform, caller)


@post("/billing/subscription/pause", tags=TAGS, status_code=200, opt=MAY)
async def pause_subscription(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[Pause]
) -> Billing:
    """Rest for some months once what is paid is over: nothing is charged, and the account is on the free plan meanwhile. A plan by the year
    cannot.
    """
    await subscriptions.pause(platform, caller, data.months)
    return await reading.of(platform, caller)


@get("/billing/invoices", tags=TAGS, opt=MAY)
async def list_invoices(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    cursor: FromQuery[bounds.Cursor | None] = None,
    limit: Limit = 20,
) -> Invoices:
    """What was paid or is due, newest first, with Stripe's documents, and what was staged in that time: charged, or not and why."""
    return await reading.invoices(platform, caller, cursor, limit)


@get("/billing/invoices/{invoice_id:uuid}/stagings", tags=TAGS, opt=MAY)
async def list_invoiced_stagings(
    platform: NamedDependency[Platform],
    caller: NamedDependency[Member],
    invoice_id: FromPath[UUID],
    cursor: FromQuery[bounds.Cursor | None] = None,
    limit: Limit = 100,
) -> InvoicedStagings:
    """The stagings in the time of an invoice, one by one: what each was charged, or why it was not."""
    return await reading.staged(platform, caller, invoice_id, cursor, limit)


@post(
    "/webhooks/stripe",
    tags=["webhooks"],
    status_code=204,
    exclude_from_auth=True,
    include_in_schema=False,
    opt={"cost": Cost.WEBHOOK},
)
async def stripe_hook(request: Request[Any, Any, Any], platform: NamedDependency[Platform]) -> None:
    """404 where no secret is set; 403 for what is not Stripe's, or old; 400 for what is of another version or mode."""
    await hooks.take(platform, await request.body(), request.headers.get("stripe-signature", ""))


ROUTES: Final = [
    get_billing,
    create_checkout,
    get_checkout,
    open_portal,
    preview_change,
    change_subscription,
    cancel_subscription,
    resume_subscription,
    pause_subscription,
    list_invoices,
    list_invoiced_stagings,
    stripe_hook,
]
