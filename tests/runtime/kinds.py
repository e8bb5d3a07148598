"""Kinds of events that only tests know."""

import msgspec

from realstaging.runtime.work import Event


class Count(msgspec.Struct, frozen=True):
    number: int


class Counted(Event, frozen=True, tag="counted"):
    data: Count


class Name(msgspec.Struct, frozen=True):
    name: str


class Greeted(Event, frozen=True, tag="greeted"):
    data: Name
