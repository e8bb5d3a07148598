"""HTTP of letters: what one is written to about, the link at the end of each, and what providers tell."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import MediaType, Request, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter, QueryParameter

from realstaging.domains.accounts.service import Member, Permission, needs
from realstaging.domains.notifications import service
from realstaging.domains.notifications.errors import OldLink
from realstaging.domains.notifications.schemas import ChangedChoices, MailChoices
from realstaging.kit import bounds
from realstaging.kit.errors import NotFound
from realstaging.runtime.platform import Platform
from realstaging.runtime.rate_limits import Cost
from realstaging.runtime.work import transaction

TAGS: Final = ["mail"]
# Of a page that stands alone: its own styles, its own form.
PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
Token = Annotated[str, QueryParameter(max_length=bounds.LONGEST_TOKEN, pattern=bounds.LINE)]


@get("/me/mail", tags=TAGS, opt=needs(Permission.OWN))
async def get_mail_choices(platform: NamedDependency[Platform], caller: NamedDependency[Member]) -> MailChoices:
    """What you are written to about."""
    return await service.choices(platform, caller)


@patch("/me/mail", tags=TAGS, opt=needs(Permission.OWN))
async def change_mail_choices(
    platform: NamedDependency[Platform], caller: NamedDependency[Member], data: JSONBody[ChangedChoices]
) -> MailChoices:
    """Say what you want to be written to about; what you leave out stays as it is. Invitations, sign-ins from new devices, exports and
    webhooks that are switched off are always told.
    """
    async with transaction(platform) as work:
        await service.change(work, caller, data)
    return await service.choices(platform, caller)


@get("/mail/unsubscribe", exclude_from_auth=True, include_in_schema=False)
async def ask_to_unsubscribe(platform: NamedDependency[Platform], token: Token = "") -> Response[str]:
    """A page that asks, and changes nothing: mail programs and scanners follow links by themselves."""
    try:
        title = service.title_of(platform, token)
    except OldLink as old:
        return _page("This link cannot be used", old.message, status=404)
    return _page("Stop these letters?", f"You will not be written to about this any more: {title}.", button="Stop them")


@post("/mail/unsubscribe", exclude_from_auth=True, include_in_schema=False, status_code=200)
async def unsubscribe(platform: NamedDependency[Platform], token: Token = "") -> Response[str]:
    """One click (RFC 8058), by a mail program or on the page: without sign-in, cookies, or anything in the body that matters."""
    try:
        async with transaction(platform) as work:
            title = await service.unsubscribe(work, token)
    except OldLink as old:
        return _page("This link cannot be used", old.message, status=404)
    return _page(
        "Done", f"You will not be written to about this any more: {title}. Your settings can turn it on again."
    )


def _page(title: str, message: str, *, button: str | None = None, status: int = 200) -> Response[str]:
    from realstaging.domains.notifications.rendering import page  # noqa: PLC0415 - the templates' library, for who follows such a link

    headers = {"Content-Security-Policy": PAGE_POLICY}
    return Response(page(title, message, button=button), media_type=MediaType.HTML, status_code=status, headers=headers)


@post(
    "/webhooks/mail/{provider:str}",
    tags=["webhooks"],
    status_code=204,
    exclude_from_auth=True,
    include_in_schema=False,
    opt={"cost": Cost.WEBHOOK},
)
async def mail_webhook(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    provider: Annotated[str, PathParameter(min_length=1, max_length=bounds.LONGEST_WORD, pattern=bounds.LINE)],
) -> None:
    """404 for a provider whose secret is not set; 403 for what is not its own, or old."""
    reader = platform.mail.readers.get(provider)
    if reader is None:
        raise NotFound
    headers = {name.lower(): value for name, value in request.headers.items()}
    notices = await reader.read(await request.body(), headers)
    async with transaction(platform) as work:
        await service.take(work, provider, notices)


ROUTES = [get_mail_choices, change_mail_choices, ask_to_unsubscribe, unsubscribe, mail_webhook]
