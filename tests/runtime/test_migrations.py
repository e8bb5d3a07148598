import asyncio
from pathlib import Path

import asyncpg

from realstaging.runtime import migrations, schema

ROOT = Path(__file__).parents[2]


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


async def test_an_address_may_say_all_that_the_driver_reads(database_url):
    """As hosts write theirs, and the doctor advises."""
    await migrations.downgrade(database_url, "base")
    await migrations.upgrade(f"{database_url}?sslmode=prefer&application_name=migrating")
    assert "stagings" in await tables(database_url)


def test_the_first_change_of_a_contributor_comes_after_the_newest():
    page = (ROOT / "CONTRIBUTING.md").read_text()
    # Whoever follows the page has made it already.
    made = {path.name[:4] for path in schema.VERSIONS.glob("*_reference.py")}
    newest = f"{max(int(revision) for revision in schema.revisions() if revision not in made):04}"
    following = f"{int(newest) + 1:04}"
    assert f"With `{newest}` as the newest, `{following}_reference.py` is:" in page
    assert f"Revision ID: {following}\n" in page
    assert f'revision = "{following}"\ndown_revision = "{newest}"\n' in page


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


async def test_who_signed_in_before_owns_their_account_and_so_does_who_the_release_before_lets_in(database_url):
    """0022: the release before knows members alone, by issuer and subject."""
    old = "insert into members (id, account_id, issuer, subject, email, name) select gen_random_uuid(), id, 'i', $1, 'e', 'n' from accounts"
    await migrations.downgrade(database_url, "0021")
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute("insert into accounts (id, name) values (gen_random_uuid(), 'Ada')")
        await connection.execute(old, "before")
        await migrations.upgrade(database_url)
        await connection.execute(old, "beside")
        rows = await connection.fetch(
            """select people.subject, role, members.suspended_at, members.removed_at, kind
               from members join people on people.id = person_id and people.issuer = members.issuer
                 join accounts on accounts.id = account_id order by 1"""
        )
        assert [tuple(row) for row in rows] == [(name, "owner", None, None, "person") for name in ("before", "beside")]
        # And who comes into a further account is not found by it: it would not know which is meant.
        await connection.execute(
            """with office as (insert into accounts (id, name) values (gen_random_uuid(), 'Office') returning id)
               insert into members (id, account_id, person_id, role) select gen_random_uuid(), office.id, people.id, 'viewer'
               from office, people where subject = 'before'"""
        )
        assert await connection.fetchval("select count(*) from members where issuer = 'i' and subject = 'before'") == 1
        await migrations.downgrade(database_url, "0021")
        assert await connection.fetchval("select count(*) from members") == 2
    finally:
        await connection.close()


async def test_a_second_plan_of_before_is_found_to_be_one_too_many(database_url):
    """0039: accounts that were let keep two."""
    await migrations.downgrade(database_url, "0038")
    connection = await asyncpg.connect(database_url)
    try:
        for name, subscriptions in (
            ("two", [("first", "active", 2), ("later", "past_due", 1), ("ended", "canceled", 0)]),
            ("one", [("alone", "active", 0), ("unpaid for", "incomplete", 1)]),
        ):
            account = await connection.fetchval(
                "insert into accounts (id, name) values (gen_random_uuid(), $1) returning id", name
            )
            await connection.executemany(
                """insert into subscriptions (id, account_id, status, plan, every, seats, currency, item_id, anchor, period_start, period_end,
                     created_at, ticket)
                   values ($1, $2, $3, 'pro', 'month', 1, 'usd', 'si', now(), now(), now(), now() - $4 * interval '1 day', 1)""",
                [(of, account, status, days) for of, status, days in subscriptions],
            )
        await migrations.upgrade(database_url)
        rows = await connection.fetch("select id from subscriptions where extra_at is not null")
        assert [row["id"] for row in rows] == ["later"]
    finally:
        await connection.close()
