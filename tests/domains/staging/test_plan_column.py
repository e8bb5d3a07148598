"""`stagings.plan` holds plans alone: what stands where. How a paid engine's picture was made is in a column of its own."""

from uuid import UUID

import asyncpg
import msgspec

from realstaging.engines.local.planned import Plan
from realstaging.kit.ids import new_id
from realstaging.runtime import migrations

MADE_BY = {"model": "qwen/qwen-image-edit-plus", "attempt": 1, "prompt_version": "3"}
PLAN = {"room_type": "bedroom", "style": "modern", "seed": 1, "score": 1.0, "pieces": []}


async def test_a_plan_is_answered_as_it_was_kept(service, ada):
    [staging] = await ada.stage(await ada.photo(await ada.project()))
    async with service.working():
        await ada.until(staging, "ready")
    answered = await ada.ask("GET", f"stagings/{staging['id']}/plan")
    kept = await service.platform.database.fetchval("select plan from stagings where id = $1", UUID(staging["id"]))
    assert answered == kept
    assert msgspec.convert(answered, Plan).pieces[0].piece == "sofa"


async def test_what_a_worker_of_the_release_before_wrote_there_is_no_plan(service, ada):
    """While a release is rolled out such a worker may still end a paid staging."""
    [staging] = await ada.stage(await ada.photo(await ada.project()))
    await service.platform.database.execute(
        "update stagings set state = 'ready', result_key = 'results/x', plan = $2 where id = $1",
        UUID(staging["id"]),
        MADE_BY,
    )
    answer = await ada.ask("GET", f"stagings/{staging['id']}/plan", 409)
    assert answer["detail"] == "This staging has no plan."


async def test_what_was_kept_there_before_is_moved(database_url):
    await migrations.downgrade(database_url, "0015")
    connection = await asyncpg.connect(database_url)
    try:
        account, project, original, photo, paid, local = (new_id() for _ in range(6))
        await connection.execute("insert into accounts (id, name) values ($1, 'Ada')", account)
        await connection.execute("insert into projects (id, account_id, name) values ($1, $2, 'Elm')", project, account)
        await connection.execute(
            """insert into originals (id, account_id, sha256, key, mime, size, width, height)
               values ($1, $2, 'a', 'a', 'image/jpeg', 1, 4, 3)""",
            original,
            account,
        )
        await connection.execute(
            "insert into photos (id, project_id, original_id, name) values ($1, $2, $3, 'a')", photo, project, original
        )
        for staging, plan in ((paid, MADE_BY), (local, PLAN)):
            await connection.execute(
                """insert into stagings (id, project_id, photo_id, room_type, style, seed, engine, state, plan)
                   values ($1, $2, $3, 'bedroom', 'modern', 1, 'any', 'ready', $4)""",
                staging,
                project,
                photo,
                msgspec.json.encode(plan).decode(),
            )
        await migrations.upgrade(database_url)
        assert await columns(connection, paid) == (None, MADE_BY)
        assert await columns(connection, local) == (PLAN, None)
        await migrations.downgrade(database_url, "0015")
        assert (
            msgspec.json.decode(await connection.fetchval("select plan from stagings where id = $1", paid)) == MADE_BY
        )
    finally:
        await connection.close()


async def columns(connection, staging):
    row = await connection.fetchrow("select plan, made_by from stagings where id = $1", staging)
    return tuple(value and msgspec.json.decode(value) for value in row)
