"""Two hosts with an API and a worker each, the servers on a third: one is killed, the other is cut off."""

import subprocess

import msgspec
import pytest

from harness import hosts
from tests.faults.three_hosts import Outcome


@pytest.mark.long  # Some minutes: silence has to be noticed.
def test_one_host_is_killed_and_one_is_cut_off_during_a_batch(tmp_path):
    if why := hosts.why_not():
        pytest.skip(f"this machine makes no networks for it: {why}")
    file = tmp_path / "outcome.json"
    command = hosts.module("tests.faults.three_hosts", "60", "--json", str(file))
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    assert file.exists(), done.stderr[-5000:]
    outcome = msgspec.json.decode(file.read_bytes(), type=Outcome)
    assert outcome.violated == []
    assert done.returncode == 0
    assert outcome.counts["ready"] == 60 + 4
    # It was worth doing: something was under way on the hosts when they went.
    assert sum(count for times, count in outcome.runs.items() if int(times) > 1)
    assert outcome.streams[0] == "one"
    assert "two" in outcome.streams
