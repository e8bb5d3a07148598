"""`realstaging operate stripe`: what is sold, set up at Stripe."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from realstaging import fail_closed, settings

stripe = typer.Typer(help="Plans and packs at Stripe.", no_args_is_help=True)


def add_to(operate: typer.Typer) -> None:
    """Put these commands below ``operate``."""
    operate.add_typer(stripe, name="stripe")


@stripe.callback()
def _subject() -> None:
    """Keep the name of the only command there is."""


@stripe.command()
def sync(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what differs; exit code 1 where anything does.")
    ] = False,
) -> None:
    """Make products, prices, the portal's configuration and the webhook endpoint at Stripe as the table of offers says.

    Needs STRIPE_SECRET_KEY and PUBLIC_URL. Safe to repeat: what is well stays. An amount is never changed: the new one becomes a new price, which
    takes the lookup key; who subscribed at the old one keeps it.
    """
    if not asyncio.run(_sync(settings.read(), dry_run=dry_run)):
        raise typer.Exit(1)


async def _sync(chosen: settings.Settings, *, dry_run: bool) -> bool:
    """Whether all is well at the end."""
    from realstaging.domains.billing import at_stripe  # noqa: PLC0415 - only this command pays for loading it
    from realstaging.domains.billing.offers import OFFERS  # noqa: PLC0415

    if problems := [one for one in fail_closed.problems(chosen) if "STRIPE_" in one]:
        raise settings.BadSettings(problems)
    service = chosen.payments
    if service is None:
        raise settings.BadSettings(
            ["STRIPE_SECRET_KEY is missing (docs/how-to/stripe.md says which permissions it needs)."]
        )
    try:
        found = await at_stripe.differences(service, OFFERS, chosen.public_url)
        left = 0
        for one in found:
            if dry_run or one.mend is None:
                typer.echo(one.told)
                left += 1
                continue
            more = await one.mend()
            typer.echo(f"{one.told}: mended{f'; {more}' if more else ''}")
    finally:
        await service.close()
    if not found:
        typer.echo("Stripe has everything as the offers say.")
    return not left
