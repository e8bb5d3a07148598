"""Work that a pool's process may be given, good and bad."""

import os
import sys
import time
from pathlib import Path


def pid():
    return os.getpid()


def together():
    """Long enough that two of them are two processes' work."""
    time.sleep(0.2)
    return os.getpid()


def forever():
    while True:
        time.sleep(0.01)


def spin():
    while True:
        pass


def swallow():
    taken = []
    while True:
        taken.append(bytearray(b"x") * 5_000_000)


def wait_for(path):
    while not Path(path).exists():
        time.sleep(0.01)
    return os.getpid()


class Awkward(Exception):
    def __init__(self, one, two):
        super().__init__(one)


def awkward():
    raise Awkward(1, 2)


def modules():
    return sorted({name.partition(".")[0] for name in sys.modules})
