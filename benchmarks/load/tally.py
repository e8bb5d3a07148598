"""What was answered, how soon, and what was not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

import msgspec

from benchmarks.figures import quantile

QUANTILES: Final = (0.5, 0.95, 0.99)
STORAGE: Final = "bucket:"
"""Begins what the bucket answers, and not the API."""


class Line(msgspec.Struct, frozen=True):
    """A route, how often it was asked, milliseconds by `QUANTILES`, refusals as too many (429), and errors of every other kind."""

    route: str
    asked: int
    milliseconds: tuple[float, ...]
    refused: int
    errors: int


class Tally:
    """Of one step."""

    def __init__(self) -> None:
        self._took: defaultdict[str, list[float]] = defaultdict(list)
        self._refused: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        """Of errors: the status or the exception."""

    def answered(self, route: str, status: int, milliseconds: float) -> None:
        """An answer came."""
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self._refused[route] += 1
        elif status >= HTTPStatus.BAD_REQUEST:
            self.failed(route, str(status))
        else:
            self._took[route].append(milliseconds)

    def failed(self, route: str, why: str) -> None:
        """None came, or one that is an error."""
        self._errors[route] += 1
        self.kinds[f"{route}: {why}"] += 1

    def lines(self) -> Iterator[Line]:
        """The routes, those of the bucket last."""
        routes = {*self._took, *self._refused, *self._errors}
        for route in sorted(routes, key=lambda name: (name.startswith(STORAGE), name)):
            yield self._line(route, self._took[route])

    def of_api(self) -> Line:
        """All routes of the API together."""
        ours = [route for route in {*self._took, *self._refused, *self._errors} if not route.startswith(STORAGE)]
        took = [value for route in ours for value in self._took[route]]
        refused, errors = (sum(counted[route] for route in ours) for counted in (self._refused, self._errors))
        return Line("all of the API", len(took) + refused + errors, _quantiles(took), refused, errors)

    def _line(self, route: str, took: list[float]) -> Line:
        refused, errors = self._refused[route], self._errors[route]
        return Line(route, len(took) + refused + errors, _quantiles(took), refused, errors)


def _quantiles(took: list[float]) -> tuple[float, ...]:
    return tuple(quantile(took, share) if len(took) > 1 else sum(took) for share in QUANTILES)
