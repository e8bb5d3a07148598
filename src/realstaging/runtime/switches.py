"""Switches that close a part of the service for everybody: declared here, set by operators, known to every process (decision 117).

Every process of the API has them in memory (`rows_in_memory`). A switch that nobody has set is on. What a worker does is asked of the row
(`require_row`), in the transaction that would do it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

import msgspec

from realstaging.kit.errors import Forbidden
from realstaging.runtime.database import Connection, one, struct_of, structs_of
from realstaging.runtime.rows_in_memory import LOOK, RowsInMemory
from realstaging.runtime.wake_ups import EventMessage

if TYPE_CHECKING:
    import asyncpg

KIND: Final = "switch.changed"


class Switch(StrEnum):
    """What can be closed."""

    SIGN_UPS = "sign_ups"
    UPLOADS = "uploads"
    UPLOAD_LINKS = "upload_links"
    STAGINGS = "stagings"
    PAID_ENGINE = "paid_engine"
    PAYMENTS = "payments"


ABOUT: Final[Mapping[Switch, str]] = {
    Switch.SIGN_UPS: "People who were never here get an account. Off: who has one signs in as ever.",
    Switch.UPLOADS: "New photos are announced, by people and by upload links. Off: what was announced is still taken.",
    Switch.UPLOAD_LINKS: "Whoever has an upload link sends photos, and new links are made.",
    Switch.STAGINGS: "Stagings are asked for, and asked for again. Off: those that were asked for are made.",
    Switch.PAID_ENGINE: "Providers are asked for pictures. Off: at once for stagings that wait, too; nobody is charged for them.",
    Switch.PAYMENTS: "Plans and packs are bought and changed. Off: ending a plan is still possible.",
}
CLOSED: Final[Mapping[Switch, str]] = {
    Switch.SIGN_UPS: "New accounts are not opened at the moment. Try again later; who has an account signs in as ever.",
    Switch.UPLOADS: "New photos are not taken at the moment. What you have is safe. Try again later.",
    Switch.UPLOAD_LINKS: "Upload links are switched off at the moment. Try again later; nothing that was sent is lost.",
    Switch.STAGINGS: "New stagings are not taken at the moment. Those you asked for are made. Nothing was charged; try again later.",
    Switch.PAID_ENGINE: "AI models are switched off at the moment. Nothing was charged. Use another engine, or try again later.",
    Switch.PAYMENTS: "Payments are switched off at the moment. Nothing was charged; try again later.",
}


class SwitchedOff(Forbidden):
    """Who runs this service has switched this part of it off for now. Nothing was done and nothing was charged; try again later."""

    code = "switched_off"


class Setting(msgspec.Struct, frozen=True):
    """How a switch was set, by whom and when. ``words``: what people are told while it is off; empty for ours."""

    name: str
    is_on: bool
    words: str
    author: str
    set_at: datetime


def refusal(switch: Switch, words: str) -> SwitchedOff:
    """What who meets a closed switch is told."""
    return SwitchedOff(words or CLOSED[switch], switch=str(switch))


def closed_by(*switches: Switch) -> dict[str, Any]:
    """The options of a route that is closed while one of these is off: ``opt={**needs(…), **closed_by(Switch.UPLOADS)}``; looked at in
    `api.access`.
    """
    return {"switches": switches}


class Switches(RowsInMemory):
    """What one process knows of them: nothing without a database."""

    def __init__(self, database: asyncpg.Pool | None = None, *, look: float = LOOK) -> None:
        super().__init__(look)
        self._database = database
        self._off: dict[str, Setting] = {}
        self._set_at: dict[str, datetime] = {}

    def refusal_of(self, switch: Switch) -> SwitchedOff | None:
        """What is told to who meets it; None while it is on."""
        found = self._off.get(switch)
        return refusal(switch, found.words) if found else None

    def require(self, switch: Switch) -> None:
        """SwitchedOff unless it is on."""
        if refused := self.refusal_of(switch):
            raise refused

    def heard(self, event: EventMessage) -> None:
        """A message has come: if it is of a switch, it is so from now on."""
        if event.kind == KIND:
            self._take(msgspec.json.decode(event.data, type=Setting))

    def _take(self, told: Setting) -> None:
        # Messages come in any order: what was set before is not put over what was set after.
        if (known := self._set_at.get(told.name)) and known > told.set_at:
            return
        self._set_at[told.name] = told.set_at
        self._off.pop(told.name, None)
        if not told.is_on:
            self._off[told.name] = told

    async def load(self) -> None:
        """Read them all."""
        if self._database is not None:
            for row in await all_of_them(self._database):
                self._take(row)


async def all_of_them(connection: Connection) -> list[Setting]:
    """Those that were ever set."""
    return structs_of(Setting, await connection.fetch("select name, is_on, words, author, set_at from switches"))


async def require_row(connection: Connection, switch: Switch) -> None:
    """SwitchedOff unless it is on at this moment, by its row."""
    row = await connection.fetchrow(
        "select name, is_on, words, author, set_at from switches where name = $1 and not is_on", switch
    )
    if found := struct_of(Setting, row):
        raise refusal(switch, found.words)


async def put(connection: Connection, setting: Setting) -> Setting:
    """Set a switch. Of two at once the later one counts, whatever their clocks say. Who does it tells it on (`KIND`)."""
    row = await connection.fetchrow(
        """insert into switches (name, is_on, words, author, set_at) values ($1, $2, $3, $4, $5)
           on conflict (name) do update set is_on = excluded.is_on, words = excluded.words, author = excluded.author,
             set_at = greatest(excluded.set_at, switches.set_at + interval '1 microsecond')
           returning name, is_on, words, author, set_at""",
        setting.name,
        setting.is_on,
        setting.words,
        setting.author,
        setting.set_at,
    )
    return struct_of(Setting, one(row))
