"""docs/reference/errors.md: every error that the API answers with, read from its classes."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import realstaging.domains
import realstaging.engines
from realstaging import api
from realstaging.api.errors import CODES
from realstaging.kit.errors import AppError

LOADED = api
"""With it, what routes raise."""
INSIDE = ("realstaging.settings", "realstaging.dev", "realstaging.cli", "realstaging.sandbox")
"""Errors of commands, which no request meets."""


def page() -> str:
    return "\n".join([*_head(), *_rows()]) + "\n"


def errors() -> list[type[AppError]]:
    """Every class of ours, once for each code, status and sentence, sorted by code."""
    for package in (realstaging.domains, realstaging.engines):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if info.name.rpartition(".")[2] in {"errors", "service", "rules", "store", "contract"}:
                importlib.import_module(info.name)
    found = {
        (one.code, one.status, _sentence(one)): one for one in _below(AppError) if not one.__module__.startswith(INSIDE)
    }
    return [found[key] for key in sorted(found)]


def _below(kind: type[AppError]) -> Iterator[type[AppError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _below(below)


def _sentence(kind: type[AppError]) -> str:
    return " ".join((inspect.cleandoc(kind.__doc__) if kind.__doc__ else "").split())


def _head() -> Iterator[str]:
    yield "# Errors\n"
    yield (
        "Every failure is a problem document (RFC 9457, `application/problem+json`): `status`, a stable `code`, and `detail`, a sentence for a person that says what to "
        "do; with `errors` where fields were wrong, `details` where more can be said, and the header `Retry-After` where time heals. Items of one request for several fail each with its own "
        "`code` and `message`. Programs decide by `code`. Written from the code by `make fix`.\n"
    )
    yield ("Codes of HTTP itself: " + ", ".join(f"{status} `{code}`" for status, code in sorted(CODES.items())) + ".\n")
    yield "| code | status | sentence, where none more exact is given | healed by time |\n|---|---|---|---|"


def _rows() -> Iterator[str]:
    told: set[str] = set()
    for one in errors():
        # The first of a code is where addresses that name it lead.
        anchor = "" if one.code in told else f'<a id="{one.code}"></a>'
        told.add(one.code)
        heals = "" if one.retry_after is None else f"after {one.retry_after:g} s"
        yield f"| {anchor}`{one.code}` | {one.status} | {_sentence(one)} | {heals} |"
