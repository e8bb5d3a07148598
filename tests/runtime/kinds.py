"""Kinds of jobs and events that only tests know."""

import msgspec

from realstaging.runtime.work import Event, Payload


class Count(msgspec.Struct, frozen=True):
    number: int


class Counted(Event, frozen=True, tag="counted"):
    data: Count


class Name(msgspec.Struct, frozen=True):
    name: str


class Greeted(Event, frozen=True, tag="greeted"):
    data: Name


class Greet(Payload, frozen=True, tag="greet"):
    name: str = ""
    odd: bool = False


class GreetAnew(Payload, frozen=True, tag="greet.anew"):
    pass


class GreetOfOld(Payload, frozen=True, tag="greet.of.old"):
    pass


class Note(Payload, frozen=True, tag="note"):
    number: int


class Render(Payload, frozen=True, tag="render"):
    pass
