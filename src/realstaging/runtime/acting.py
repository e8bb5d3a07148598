"""Who acts, and from where: bound once at the edge, and read where something is written down (`Work.record`).

    a request          the door begins it with address and device; whoever resolves the caller says who that is
    a job              acts as the service, for whom its row names
    the command line   an operator, by the name they have on that machine
    everything else    the service itself: chores, sweeps

A request of which nobody was made out cannot record anything: that is a mistake of ours, and fails.
"""

from __future__ import annotations

import os
import pwd
import socket
from contextvars import ContextVar
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

# Of a User-Agent so much is kept: browsers' have some 120 characters.
LONGEST_DEVICE: Final = 200


class ActorKind(StrEnum):
    """What kind of caller acts."""

    PERSON = "person"
    KEY = "key"
    LINK = "upload_link"
    OPERATOR = "operator"
    """Who runs the platform: signed in, or at the command line."""
    SERVICE = "service"
    """Nobody now: a job goes on with what somebody asked for."""


class Actor(msgspec.Struct, frozen=True):
    """Who acts. ``id``: the person's, the key's, the link's; of the service, the one it acts for."""

    kind: ActorKind
    id: UUID | None = None
    name: str = ""
    """As they were called at that moment."""


SERVICE: Final = Actor(ActorKind.SERVICE)


class Acting(msgspec.Struct):
    """Who acts in this request, job or command. One for all tasks of a request: whoever makes out the caller fills it."""

    actor: Actor | None = None
    address: str = ""
    device: str = ""


class NobodyActs(LookupError):
    """Something was to be written down in a request whose caller nobody has made out."""


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def current() -> Acting:
    """Who acts here."""
    return _acting.get() or Acting(SERVICE)


def actor() -> Actor:
    """Who acts here; NobodyActs where a request has no caller."""
    if (found := current().actor) is None:
        raise NobodyActs
    return found


def begin(address: str, user_agent: str) -> None:
    """A request has come; of whom, is not known yet."""
    device = "".join(letter if letter.isprintable() else " " for letter in user_agent[:LONGEST_DEVICE])
    _acting.set(Acting(None, address, device))


def by(who: Actor) -> None:
    """This is who acts, until this request ends."""
    if (here := _acting.get()) is None:
        _acting.set(Acting(who))
    else:
        here.actor = who


def on_behalf_of(asker: UUID | None) -> None:
    """The service acts now, for somebody who asked for it."""
    _acting.set(Acting(Actor(ActorKind.SERVICE, asker)))


def at_the_command_line() -> None:
    """An operator acts: who is logged in on this machine. Not what their environment calls them."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = f"user {os.getuid()}"
    _acting.set(Acting(Actor(ActorKind.OPERATOR, None, name), socket.gethostname(), "command line"))
