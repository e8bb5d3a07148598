import asyncio

import asyncpg

from realstaging.runtime import migrations


async def tables(url):
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        return {row["tablename"] for row in rows}
    finally:
        await connection.close()


async def test_every_migration_goes_down_and_up_again(database_url):
    full = await tables(database_url)
    assert {"accounts", "projects", "photos", "stagings", "jobs", "events"} <= full
    await migrations.downgrade(database_url, "base")
    assert await tables(database_url) == {"alembic_version"}
    await migrations.upgrade(database_url)
    assert await tables(database_url) == full


async def test_several_processes_may_migrate_at_once(database_url):
    await migrations.downgrade(database_url, "base")
    await asyncio.gather(*(migrations.upgrade(database_url) for _ in range(4)))
    assert "stagings" in await tables(database_url)


async def test_rows_of_the_release_before_and_of_this_one_have_both_names(database_url):
    """0017: whichever name a release writes, the other reads it under its own."""
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            """with account as (insert into accounts (id, name) values (gen_random_uuid(), 'Ada') returning id),
                 project as (insert into projects (id, account_id, name) select gen_random_uuid(), id, 'Elm' from account returning id),
                 original as (insert into originals (id, account_id, sha256, key, mime, size, width, height)
                   select gen_random_uuid(), id, '', '', '', 1, 1, 1 from account returning id)
               insert into photos (id, project_id, original_id, name)
               select gen_random_uuid(), project.id, original.id, 'a' from project, original"""
        )
        rows = {}
        for name, value in (("wishes", "of the release before"), ("instructions", "of this one")):
            rows[name] = await connection.fetchrow(
                f"""insert into stagings (id, project_id, photo_id, room_type, style, seed, engine, {name})
                    select gen_random_uuid(), project_id, id, 'bedroom', 'modern', 1, 'local', $1 from photos
                    returning wishes, instructions""",
                value,
            )
            assert tuple(rows[name]) == (value, value)
        for number, name in enumerate(("wish", "request_key")):
            row = await connection.fetchrow(
                f"""insert into attempts (token, {name}, staging_id, number, model, prompt_version, price)
                    select $1, 'a:b', id, $2, 'a/model', '1', 0 from stagings limit 1 returning wish, request_key""",
                name,
                number,
            )
            assert tuple(row) == ("a:b", "a:b")
            await connection.execute("update attempts set verdict = 'lost'")
    finally:
        await connection.close()
