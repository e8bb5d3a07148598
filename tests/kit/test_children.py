"""A child never outlives us, takes no more than it may, and is ended with all it started."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from realstaging.kit.children import Allowance, ChildProcess, completed

# An owner that has a child call a function without end, and says which process that is.
OWNER = """
import sys, threading
from realstaging.kit import calls
from realstaging.kit.children import Allowance
from tests.runtime import stuck
child = calls.CallProcess()
print(child.call(calls.written(stuck.pid, (), {}), Allowance()), flush=True)
child.call(calls.written(stuck.forever, (), {}), Allowance())
"""


def is_gone(pid, patience=20):
    """Whether a process ends in that time. Whose parent is gone is waited for by somebody else."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.02)
    return False


def test_what_a_child_started_is_ended_with_it():
    child = ChildProcess(["sh", "-c", "sleep 300 & echo $!; wait"], stdout=subprocess.PIPE)
    grandchild = int(child.stdout.readline())
    child.kill()
    child.kill()
    assert child.returncode == -signal.SIGKILL
    assert is_gone(grandchild)
    child.stdout.close()


def test_a_function_called_elsewhere_ends_with_its_caller():
    caller = ChildProcess(
        [sys.executable, "-c", OWNER], stdout=subprocess.PIPE, env={"PYTHONPATH": os.pathsep.join(sys.path)}
    )
    pid = int(caller.stdout.readline())
    os.kill(caller.pid, signal.SIGKILL)
    caller.wait()
    assert is_gone(pid)
    caller.stdout.close()


def test_a_program_has_a_deadline():
    assert completed(["sh", "-c", "echo out; echo err >&2; exit 3"], within=20) == (3, "out\nerr")
    with pytest.raises(TimeoutError, match="sleep"):
        completed(["sleep", "300"], within=0.2)


def test_what_a_child_takes_is_seen():
    child = ChildProcess([sys.executable, "-c", "while True: pass"])
    taken = child.watch()
    while not taken().too_long(Allowance(processor_seconds=0.05)):
        time.sleep(0.01)
    assert not taken().too_much(Allowance())
    assert taken().too_much(Allowance(resident=1_000_000))
    assert child.resident() > 1_000_000
    child.kill()
    assert child.resident() == 0
