"""Addresses that are answered, with the parameters that each takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from realstaging.sandbox.stripe.books import Thing
from realstaging.sandbox.stripe.errors import Refusal

Given = dict[str, Any]
Answering = Callable[..., Thing]
PAGING: Final = frozenset({"limit", "starting_after", "ending_before", "created"})


class Route(msgspec.Struct, frozen=True):
    """``params``: those it takes; ``needed``: without which it refuses."""

    method: str
    pattern: re.Pattern[str]
    answer: Answering
    params: frozenset[str]
    needed: tuple[str, ...] = ()


def route(what: str, answer: Answering, params: str = "", *, needed: str = "") -> Route:
    method, _, path = what.partition(" ")
    pattern = re.compile("/v1/" + path.replace("{}", "([A-Za-z0-9_]+)"))
    known = frozenset(params.split()) | (PAGING if method == "GET" and not path.endswith("{}") else frozenset())
    return Route(method, pattern, answer, known, tuple(needed.split()))


def check(given: Mapping[str, Any], asked: Route) -> None:
    for name in given:
        if name not in asked.params:
            raise Refusal(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)
    for name in asked.needed:
        if given.get(name) in {None, ""} if not isinstance(given.get(name), dict | list) else False:
            raise Refusal(f"Missing required param: {name}.", code="parameter_missing", param=name)
