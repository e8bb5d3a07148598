"""Whatever is kept of somebody belongs to a domain that hands it out and erases it."""

import asyncpg

from realstaging.runtime.database import LOCK_ORDER
from realstaging.wiring.account_data import ACCOUNT_DATA

# Tables of no account and no person, and why that is so.
OF_NOBODY = {
    "alembic_version": "which migrations have run",
    "heartbeats": "which processes of the service live; forgotten after an hour",
    "last_done": "when a backup, its rehearsal, a probe and an inventory were last done",
    "ended_sessions": "which sessions are ended, by an id that says nothing of whose; forgotten when no token of theirs can be left",
    "switches": "which parts of the service operators have closed; their authors are operators",
    "incidents": "what people were told that happened to the service",
    "incident_reports": "the same, and by which operator",
    "model_settings": "how operators set paid models up",
    "model_configurations": "which models are in force; its author is an operator",
    "notices": "what providers told, by the token of an attempt; forgotten after seven days",
    "reconciliations": "what differed between Stripe's list and ours, by ids of Stripe's; forgotten after 400 days",
    "stripe_events": "what Stripe told, by ids of its own; forgotten after 40 days",
    "unpaid_days": "the days on which the platform's cap on unpaid work was reached",
}


async def rows(database_url, query, *arguments):
    connection = await asyncpg.connect(database_url)
    try:
        return await connection.fetch(query, *arguments)
    finally:
        await connection.close()


async def test_every_table_is_some_domains_or_nobodys(database_url):
    found = await rows(database_url, "select tablename from pg_tables where schemaname = 'public'")
    listed = [table for data in ACCOUNT_DATA for table in data.tables]
    assert len(listed) == len(set(listed)), "a table is one domain's"
    assert {row["tablename"] for row in found} == set(listed) | OF_NOBODY.keys()


async def test_what_is_nobodys_names_nobody(database_url):
    named = await rows(
        database_url,
        """select table_name, column_name from information_schema.columns where table_name = any($1)
             and column_name = any('{account_id,person_id,member_id,project_id,photo_id,staging_id,email,issuer,subject}')""",
        list(OF_NOBODY),
    )
    assert [tuple(row) for row in named] == []


async def test_who_is_referred_to_is_erased_after_those_that_refer_to_it(database_url):
    """Erasures go from the end of the list to its beginning: a row goes before the one that it names."""
    place = {table: number for number, data in enumerate(ACCOUNT_DATA) for table in data.tables}
    found = await rows(
        database_url,
        """select conrelid::regclass::text as of, confrelid::regclass::text as to from pg_constraint where contype = 'f'""",
    )
    found = [row for row in found if row["of"] not in OF_NOBODY]
    wrong = {(row["of"], row["to"]) for row in found if place[row["of"]] < place[row["to"]] and row["to"] != "accounts"}
    # Of an account the row stays: the ledger's entries belong to it.
    assert wrong == set()
    assert len(found) > 20


def test_what_keeps_rows_of_an_account_erases_them_or_says_why_not():
    for data in ACCOUNT_DATA:
        assert data.erase or data.forget or data.kept, data.tables
        assert (
            data.of_account or data.of_person or data.tables <= {"jobs", "lane_turns", "events", "idempotency_keys"}
        ), data.tables
    assert {"erasures", "exports", "accounts"} <= set(LOCK_ORDER)
