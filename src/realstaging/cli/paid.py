"""Commands about paid models and money: what there is, what Replicate says of it, what is asked, who has credit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from realstaging import settings
from realstaging.fail_closed import require
from realstaging.kit import money
from realstaging.kit.errors import InvalidInput

if TYPE_CHECKING:
    from realstaging.domains.models.service import ModelsChange, ModelsInForce
    from realstaging.runtime.platform import Platform

models = typer.Typer(help="Models of the engine replicate.", no_args_is_help=True)
ledger = typer.Typer(help="The ledger: what accounts were given, hold and spent.", no_args_is_help=True)


def add_to(operate: typer.Typer) -> None:
    """Put these commands below ``operate``."""
    operate.add_typer(models, name="models")
    operate.add_typer(ledger, name="ledger")
    operate.command()(grant)
    operate.command()(plan)
    operate.command()(costs)
    operate.command("credit-backs")(credit_backs)


@models.command("list")
def list_models() -> None:
    """List every model we know, with its price and where that is from."""
    from realstaging.engines.replicate.models import catalogue  # noqa: PLC0415 - only this command pays for loading it

    table = Table(box=None)
    for head in ("model", "US$", "price is", "seed", "size"):
        table.add_column(head, no_wrap=True)
    for model in catalogue().values():
        price, size = model.price, model.size
        ratios = "as the photo" if size.matches_input else " ".join(size.ratios)
        table.add_row(
            model.id,
            str(price.usd),
            price.confidence.replace("_", "-"),
            "yes" if model.does.seed else "no",
            f"{size.megapixels:g} MP, {ratios}",
        )
    Console().print(table)


@models.command("check")
def check_models(names: Annotated[list[str] | None, typer.Argument(help="Only these models.")] = None) -> None:
    """Compare what Replicate publishes of each model with what we know. Needs REPLICATE_API_TOKEN."""
    found = asyncio.run(_differences(names or []))
    for name, differences in found.items():
        typer.echo(f"{name}: {'as we know it' if not differences else ''}".rstrip())
        for difference in differences:
            typer.echo(f"  {difference}")
    if any(found.values()):
        raise typer.Exit(1)


async def _differences(names: list[str]) -> dict[str, list[str]]:
    from realstaging.engines.replicate.checking import compare  # noqa: PLC0415
    from realstaging.engines.replicate.models import catalogue, find  # noqa: PLC0415
    from realstaging.wiring import paid  # noqa: PLC0415

    chosen = settings.read()
    if not chosen.replicate_api_token:
        raise settings.BadSettings(["REPLICATE_API_TOKEN is missing."])
    client = paid.client(chosen)
    try:
        wanted = [find(name) for name in names] or list(catalogue().values())
        return {model.id: await compare(client, model) for model in wanted}
    finally:
        await client.close()


Author = Annotated[str, typer.Option(help="Who decides this; kept with the date.")]


@models.command("default")
def default_models(
    names: Annotated[list[str], typer.Argument(help="Models in the order they are asked.")], author: Author
) -> None:
    """Choose the models for all stagings requested from now on: the first is asked, the others where it does not serve."""
    from realstaging.domains.models.service import ModelsChange  # noqa: PLC0415

    asyncio.run(_change(ModelsChange(chain=names), author))
    typer.echo(f"From now on: {', then '.join(names)}.")


@models.command("set")
def set_model(
    name: Annotated[str, typer.Argument(help="The model.")],
    author: Author,
    values: Annotated[
        list[str] | None,
        typer.Argument(help="name=value, where value is JSON or plain text. They replace what was set."),
    ] = None,
    secret: Annotated[
        list[str] | None, typer.Option(help="Name of a value that is asked for, unseen; empty takes it away.")
    ] = None,
) -> None:
    """Set a model up for all stagings requested from now on. Secrets not named are kept."""
    from realstaging.domains.models.service import ModelsChange  # noqa: PLC0415
    from realstaging.engines.replicate.models import find  # noqa: PLC0415

    given = dict(_pair(value) for value in values or [])
    unseen = sorted(find(name).secrets & given.keys())
    if unseen:
        raise InvalidInput(f"Do not write secrets into a command: use --secret {unseen[0]}.")
    typed = {key: typer.prompt(key, hide_input=True, default="", show_default=False) or None for key in secret or []}
    change = msgspec.convert({"configurations": {name: given | typed}}, ModelsChange)
    asyncio.run(_change(change, author))
    typer.echo(f"{name} is set up.")


def _pair(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InvalidInput(f"{text} is not name=value.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


async def _change(asked: ModelsChange, author: str) -> None:
    from realstaging.domains.models import service  # noqa: PLC0415
    from realstaging.runtime.work import transaction  # noqa: PLC0415

    async with _running() as platform, transaction(platform) as work:
        await service.change(work, asked, author)


@models.command("show")
def show_models(
    names: Annotated[list[str] | None, typer.Argument(help="Only these models, with what each accepts.")] = None,
) -> None:
    """Show which models are asked, and what is set for each; of secrets only the names. JSON."""
    from realstaging.domains.models import service  # noqa: PLC0415
    from realstaging.engines.replicate.models import find  # noqa: PLC0415
    from realstaging.wiring import paid  # noqa: PLC0415

    wanted = {find(name).id for name in names or []}

    async def found() -> ModelsInForce:
        async with _running() as platform:
            return await service.in_force(platform, paid.chain(settings.read()))

    shown = asyncio.run(found())
    of_interest = wanted or {model.id for model in shown.models if model.author} | set(shown.chain.models)
    models = [msgspec.to_builtins(model, str_keys=True) for model in shown.models if model.id in of_interest]
    if not wanted:
        for model in models:
            del model["accepts"]
    told = {"chain": msgspec.to_builtins(shown.chain), "models": models}
    typer.echo(json.dumps(told, indent=2, ensure_ascii=False))


@asynccontextmanager
async def _running() -> AsyncIterator[Platform]:
    from realstaging import wiring  # noqa: PLC0415
    from realstaging.runtime import acting  # noqa: PLC0415

    acting.at_the_command_line()
    async with wiring.platform(require(settings.read()), engines={}) as platform:
        yield platform


def grant(
    account: UUID,
    dollars: str,
    reference: Annotated[str, typer.Option(help="Names this grant: the same one is given once.")],
    note: str = "",
) -> None:
    """Give an account credit."""
    from realstaging.domains.billing import service as billing  # noqa: PLC0415
    from realstaging.runtime.work import transaction  # noqa: PLC0415

    try:
        amount = money.micro(Decimal(dollars))
    except ArithmeticError as error:
        raise InvalidInput(f"{dollars} is not an amount of dollars.") from error

    async def give() -> bool:
        async with _running() as platform, transaction(platform) as work:
            return await billing.grant(work, account, amount, reference, note)

    typer.echo("Given." if asyncio.run(give()) else "This was given before; nothing changed.")


def plan(account: UUID, name: Annotated[str, typer.Argument(help="free, pro or business.")]) -> None:
    """Change an account's plan: what it is granted from next month on."""
    from realstaging.domains.billing import service as billing  # noqa: PLC0415
    from realstaging.runtime.work import transaction  # noqa: PLC0415

    async def change() -> None:
        async with _running() as platform, transaction(platform) as work:
            await billing.set_plan(work, account, name, given=True)

    asyncio.run(change())
    typer.echo(f"The plan is {name}.")


@ledger.command("check")
def check_ledger() -> None:
    """Ask every invariant of money (docs/explanation/money.md) whether it holds. Ends with 1 where one does not."""
    from realstaging.domains.billing import service as billing  # noqa: PLC0415

    async def found() -> list[billing.Checked]:
        async with _running() as platform, platform.database.acquire() as connection:
            return await billing.check(connection)

    checked = asyncio.run(found())
    for one in checked:
        typer.echo(f"{one.invariant}: {'holds' if not one.times else f'violated {one.times} times'}")
        for told in one.told:
            typer.echo(f"  {told}")
    if any(one.times for one in checked):
        raise typer.Exit(1)


def costs(days: Annotated[int, typer.Option(min=1, help="How far to look back.")] = 30) -> None:
    """What providers charged us for each project, and what it earned; what is spent without a result today."""
    from realstaging.domains.attempts import service as attempts  # noqa: PLC0415
    from realstaging.domains.billing import unpaid  # noqa: PLC0415

    async def found() -> tuple[list[attempts.Cost], str]:
        async with _running() as platform, platform.database.acquire() as connection:
            today = await unpaid.today(connection, platform.caps, platform.clock())
            return await attempts.costs(platform, platform.clock() - timedelta(days=days)), today

    table = Table("account", "project", "attempts", "paid", "cost US$", "earned US$", box=None)
    rows, today = asyncio.run(found())
    for row in rows:
        amounts = (str(money.dollars(amount)) for amount in (row.cost, row.earned))
        table.add_row(row.account, row.project, str(row.attempts), str(row.paid), *amounts)
    Console().print(table)
    typer.echo(today)


def credit_backs(days: Annotated[int, typer.Option(min=1, max=366, help="How far to look back.")] = 30) -> None:
    """What pictures were given back, by what made them, and what people wrote of the last."""
    from realstaging.domains.staging import credit_backs as given  # noqa: PLC0415

    async def found() -> given.CreditBacks:
        async with _running() as platform, platform.database.acquire() as connection:
            return await given.report(connection, platform.clock() - timedelta(days=days))

    report = asyncio.run(found())
    reasons = list(given.CreditBackReason)
    table = Table("engine", "model", "prompts", "pictures", "given back", *reasons, "US$", box=None)
    for row in report.by_model:
        counts = (str(count) for count in (row.pictures, row.given_back, *(row.reasons[one] for one in reasons)))
        table.add_row(row.engine, row.model or "-", row.prompt_version or "-", *counts, str(row.given_back_usd))
    Console().print(table)
    for one in report.recent:
        typer.echo(f"{one.created_at:%Y-%m-%d} {one.staging_id} {one.reason}: {one.words or '-'}")
