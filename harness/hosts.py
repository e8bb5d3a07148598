"""Hosts of their own on one machine: each has a network namespace, and a wire to a switch that can be cut (namespaces(7), ip-link(8)).

Switch and wires are made in a network of this process's own, which `isolated` gives it: nobody else sees them, and nothing of them is
left when its processes are gone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

OURS = "10.77.0.1"
"""Where this process is reached by the hosts."""
MASK = 24
SWITCH = "switch"
PATIENCE = 5.0


def isolated(command: Sequence[str]) -> list[str]:
    """The command, run in a network of its own: there is nothing in it yet, not even a loopback interface that is up."""
    if os.geteuid() == 0:
        return ["unshare", "--net", "--", *command]
    return ["unshare", "--user", "--map-current-user", "--keep-caps", "--net", "--", *command]


def why_not() -> str:
    """Why there can be no such networks here: what failed, and what it said; empty where there can."""
    for command in (
        isolated(["ip", "link", "add", SWITCH, "type", "bridge"]),
        isolated(["ip", "link", "add", "one", "type", "veth", "peer", "name", "other"]),
    ):
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        except OSError as error:
            return f"{command[0]}: {error.strerror}"
        if done.returncode:
            return f"{' '.join(command)}: {done.stderr.strip() or done.returncode}"
    return ""


def ip(*arguments: str) -> None:
    """One change by ip(8); RuntimeError with what it said."""
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False)
    if done.returncode:
        raise RuntimeError(f"ip {' '.join(arguments)}: {done.stderr.strip()}")


class Host:
    """A host, for as long as the process that holds its network lives."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.address = f"{OURS.rpartition('.')[0]}.{number}"
        self._port = f"to-{name}"
        # Whatever way we end, `cat` reads the end of our pipe, and the network is gone with it.
        self._holder = subprocess.Popen(["unshare", "--net", "--", "cat"], stdin=subprocess.PIPE)
        self._wait_for_network()
        ip("link", "add", self._port, "type", "veth", "peer", "name", "eth0", "netns", str(self._holder.pid))
        ip("link", "set", self._port, "master", SWITCH, "up")
        for line in ("link set lo up", f"address add {self.address}/{MASK} dev eth0", "link set eth0 up"):
            subprocess.run(self.command(["ip", *line.split()]), check=True)

    def command(self, command: Sequence[str]) -> list[str]:
        """The command, run on this host."""
        return ["nsenter", f"--net=/proc/{self._holder.pid}/ns/net", "--", *command]

    def cut(self) -> None:
        """Cut its wire at the switch: what either side sends is lost without a word."""
        ip("link", "set", self._port, "down")

    def mend(self) -> None:
        """Put the wire back."""
        ip("link", "set", self._port, "up")

    def close(self) -> None:
        """Its network is gone. End its processes before."""
        self._holder.kill()
        self._holder.wait()

    def _wait_for_network(self) -> None:
        ours, theirs = Path("/proc/self/ns/net"), Path(f"/proc/{self._holder.pid}/ns/net")
        deadline = time.monotonic() + PATIENCE
        while theirs.readlink() == ours.readlink():
            if time.monotonic() > deadline or self._holder.poll() is not None:
                raise RuntimeError("unshare --net made no network")
            time.sleep(0.005)


@contextmanager
def wired(*names: str) -> Iterator[list[Host]]:
    """Hosts of these names on one switch, at which we are reached as `OURS`. Only within `isolated`: it makes our network another."""
    # In a network that is somebody's, the loopback interface is up long since.
    lo = subprocess.run(["ip", "-brief", "link", "show", "lo"], capture_output=True, text=True, check=True)
    if "LOWER_UP" in lo.stdout:
        raise RuntimeError("This network is somebody's. Start what wires hosts by `isolated`.")
    ip("link", "set", "lo", "up")
    ip("link", "add", SWITCH, "type", "bridge")
    ip("address", "add", f"{OURS}/{MASK}", "dev", SWITCH)
    ip("link", "set", SWITCH, "up")
    hosts: list[Host] = []
    try:
        for number, name in enumerate(names, 11):
            hosts.append(Host(name, number))
        yield hosts
    finally:
        for host in hosts:
            host.close()
        ip("link", "delete", SWITCH)


def module(name: str, *arguments: str) -> list[str]:
    """A module of ours as a command."""
    return [sys.executable, "-m", name, *arguments]
