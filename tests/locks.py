"""Which tables a transaction locks rows of, in which order: read from the statements that a process sends."""

import re
from contextlib import asynccontextmanager
from functools import partial

from realstaging.runtime.database import LOCK_ORDER, MONEY

STRENGTH = r"\bfor (?:no key update|update|key share|share)\b"
LOCKS_NAMED = re.compile(STRENGTH + r" of (\w+)")
LOCKS_ALL = re.compile(STRENGTH + r"(?! of\b)")
READ = re.compile(r"\b(?:from|join) (\w+)")
# An insert waits for whoever writes the same key; without "on conflict" it makes a row that nobody else knows.
WRITTEN = re.compile(r"\b(?:lock table |update (?=\w+ set\b)|delete from |insert into (?=.*\bon conflict\b))(\w+)")
INNERMOST = re.compile(r"\(([^()]*)\)")
# What a lock without a row stands for. A key that is not named here would stand for nothing, and so is a mistake.
ADVISORY = {
    "newest_event(": "events",
    "hashtextextended($1, 1)": "people",
    "hashtextextended($1, 2)": "quotas",
    "hashtextextended('batches:' || batch_id::text, 0)": "staging_batches",
    "hashtextextended('api_keys:' || $1::uuid::text, 0)": "api_keys",
    "hashtextextended('upload_links:' || $1::uuid::text, 0)": "upload_links",
    "hashtextextended(lower($1), 3)": "invitations",
    "hashtextextended(encode(digest, 'hex'), 4)": "free_grants",
    "hashtextextended('archives:' || $1::uuid::text, 0)": "archives",
    "hashtextextended('exports:' || $1::uuid::text, 0)": "exports",
    "hashtextextended('webhook_endpoints:' || $1::uuid::text, 0)": "webhook_endpoints",
    "hashtextextended('webhook_completions:' || $1::uuid::text, 0)": "webhook_completions",
}


def locked(statement):
    """The tables whose rows this statement locks, in the order in which it does: subselects first, what it writes last."""
    text = " ".join(statement.lower().split())
    tables = [table for lock, table in ADVISORY.items() if lock in text]
    if "pg_advisory" in text and not tables:
        tables = ["an advisory lock without a name"]
    while inner := INNERMOST.search(text):
        tables += _of_one_level(inner[1])
        text = text[: inner.start()] + " " + text[inner.end() :]
    return tables + _of_one_level(text)


def _of_one_level(text):
    named = LOCKS_NAMED.findall(text)
    return [*(READ.findall(text) if LOCKS_ALL.search(text) and not named else named), *WRITTEN.findall(text)]


def out_of_order(tables):
    """The first table that is locked after one that comes later, and that one; None where all is in order."""
    furthest = -1
    for table in tables:
        if table in MONEY and "ledger_accounts" in tables[: tables.index(table)]:
            continue
        if table not in LOCK_ORDER:
            return table, "it has no place"
        place = LOCK_ORDER.index(table)
        if place < furthest:
            return table, LOCK_ORDER[furthest]
        furthest = max(furthest, place)
    return None


class Recorder:
    """Every transaction of a pool: the tables it locked, each at its first lock."""

    def __init__(self):
        self.transactions = []
        self._open = {}

    def note(self, connection, query):
        text = query.query.strip().rstrip(";").lower()
        if text.startswith("begin"):
            self._open[connection] = {}
        elif text.startswith(("commit", "rollback")):
            self._close(self._open.pop(connection, {}))
        elif connection in self._open:
            self._open[connection].update(dict.fromkeys(locked(text)))
        else:
            self._close(dict.fromkeys(locked(text)))

    def _close(self, tables):
        if tables:
            self.transactions.append(tuple(tables))

    def violations(self):
        return sorted({(tables, found) for tables in self.transactions if (found := out_of_order(tables))})

    def pairs(self):
        """Every two tables that were locked in one transaction."""
        return {
            (first, second) for tables in self.transactions for first in tables for second in tables if first != second
        }


@asynccontextmanager
async def recorded(pool):
    """Record the transactions of every connection the pool may have."""
    recorder = Recorder()
    connections = [await pool.acquire() for _ in range(pool.get_max_size())]
    for number, connection in enumerate(connections):
        connection.add_query_logger(partial(recorder.note, number))
    for connection in connections:
        await pool.release(connection)
    yield recorder
