"""One benchmark in a process of its own: what others left in memory is no part of its figures."""

from __future__ import annotations

import importlib
import math
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import uvloop
from msgspec.structs import replace

from benchmarks import yardstick
from benchmarks.figures import Figure
from realstaging.runtime import logs


def measured(name: str) -> list[Figure]:
    """Its figures, with how slow the machine was meanwhile."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(_measured, name).result()


def _measured(name: str) -> list[Figure]:
    logs.configure("warning", as_json=False)
    before = yardstick.slowness()
    found: list[Figure] = uvloop.run(importlib.import_module(f"benchmarks.{name}").measure())
    slowness = math.sqrt(before * yardstick.slowness())
    return [replace(figure, slowness=slowness) for figure in found]
