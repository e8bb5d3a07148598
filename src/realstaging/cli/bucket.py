"""`realstaging operate bucket`: a bucket set up for this service."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated

import typer

from realstaging import settings
from realstaging.kit import addresses
from realstaging.kit.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from realstaging.storage.bucket import Bucket

bucket = typer.Typer(help="The bucket that pictures are kept in.", no_args_is_help=True)


def add_to(operate: typer.Typer) -> None:
    """Put these commands below ``operate``."""
    operate.add_typer(bucket, name="bucket")


@bucket.callback()
def _subject() -> None:
    """Keep the name of the only command there is."""


@bucket.command()
def prepare(
    create: Annotated[bool, typer.Option("--create", help="Make the bucket first, unless it is there.")] = False,
) -> None:
    """Let pages of PUBLIC_URL send files to the bucket of STORAGE_URL, and let it end hidden versions and broken uploads after a day.

    Rules that the bucket had are replaced. What its key may not set is told, and how to set it otherwise; exit code 1 then.
    """
    chosen = settings.read()
    if not asyncio.run(_prepare(chosen, create=create)):
        raise typer.Exit(1)


async def _prepare(chosen: settings.Settings, *, create: bool) -> bool:
    from realstaging.storage import open_storage  # noqa: PLC0415 - only this command pays for loading it
    from realstaging.storage.s3 import S3Storage  # noqa: PLC0415

    storage = open_storage(chosen.storage_url, public_url=chosen.public_url, keys=chosen.keys)
    if not isinstance(storage, S3Storage):
        raise InvalidInput("STORAGE_URL is no bucket: a folder needs no preparing.")
    origin = addresses.origin(chosen.public_url)
    steps: list[tuple[str, Awaitable[None], str]] = []
    if create:
        steps.append(("the bucket is there", _created(storage.bucket), "Make it with the provider's own tool."))
    cors = f"its CORS rules let pages of {origin} send and show pictures"
    steps.append((cors, storage.bucket.allow_origin(origin), _by_hand(origin)))
    steps.append(
        (
            "its lifecycle rule ends hidden versions and broken uploads after a day",
            storage.bucket.end_hidden(),
            _by_hand(origin),
        )
    )
    return all([await _told(*step) for step in steps])


async def _created(there: Bucket) -> None:
    """A server that has just been started may need a moment."""
    from realstaging.storage import StorageUnavailable  # noqa: PLC0415
    from realstaging.storage.bucket import Refused  # noqa: PLC0415

    for left in reversed(range(10)):
        try:
            await there.create()
            return
        except Refused:
            raise
        except StorageUnavailable:
            if not left:
                raise
            await asyncio.sleep(1)


async def _told(what: str, step: Awaitable[None], otherwise: str) -> bool:
    from realstaging.storage.bucket import Refused  # noqa: PLC0415

    try:
        await step
    except Refused as refused:
        if refused.status == HTTPStatus.NOT_IMPLEMENTED:
            typer.echo(f"well  {what}: this server has no such rules, `doctor --production` says whether it needs them")
            return True
        typer.echo(
            f"ill   not set, the key may not or the server cannot ({refused.status} {refused.said}): {what}\n      {otherwise}"
        )
        return False
    typer.echo(f"well  {what}")
    return True


def _by_hand(origin: str) -> str:
    return (
        "Use a key that may write the bucket's settings (B2: writeBuckets), once, or set it with the provider's tool: allow origin "
        f"{origin}, methods GET, HEAD, PUT, header content-type; end noncurrent versions and unfinished uploads after a day."
    )
