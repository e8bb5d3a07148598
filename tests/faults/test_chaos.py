"""A chaos hour is only as good as what it sees: what is told is stretched as it should be, and its shortest troubles are gone through."""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.faults.chaos import series as told
from tests.faults.chaos.deployment import deployment
from tests.faults.chaos.faults import PARTS, TROUBLES
from tests.faults.chaos.hour import through
from tests.observability.test_dashboards_and_alerts import alerts


def scraped(series, step, text):
    """What the API told at a step."""
    for (name, labels), value in series._read(text, told.asked_for()).items():
        key = (name, tuple(sorted({**dict(labels), "job": "realstaging-api", "instance": "api"}.items())))
        series.told.setdefault(key, {})[step] = value
    series.last = step


def test_alerts_go_off_by_stretched_time_and_end(tmp_path):
    """A minute without Valkey is ten to the rules; what goes on well, and what is done once a day, goes off in none of it."""
    series = told.Series({})
    for step in range(60):
        now = series.at + step * told.STEP
        lines = {
            'realstaging_part_up{part="redis"}': 0 if 20 <= step < 40 else 1,
            'realstaging_part_up{part="database"}': 1,
            'realstaging_processes{process="worker"}': 1,
            'realstaging_chore_last_success_timestamp_seconds{chore="beat"}': now - 8,
            'realstaging_chore_last_success_timestamp_seconds{chore="sweep_jobs"}': now
            if not 25 <= step < 45
            else series.at + 75,
            'realstaging_oldest_waiting_job_seconds{lane="wait"}': 70 if step < 30 else 0,
            'realstaging_last_done_timestamp_seconds{what="backup"}': series.at,
            'realstaging_last_done_timestamp_seconds{what="restore_rehearsal"}': series.at,
            'http_server_request_duration_seconds_count{http_request_method="GET",http_route="/api/v1/me",http_response_status_code="200"}': step
            * 9,
            'http_server_request_duration_seconds_count{http_request_method="GET",http_route="/api/v1/me",http_response_status_code="503"}': 5
            * min(max(step - 20, 0), 20),
        }
        scraped(series, step, "".join(f"{name} {value}\n" for name, value in lines.items()))
    found = told.firing(series, tmp_path)
    assert found.keys() == {
        "PartDown redis",
        "ChoreStuck sweep_jobs",
        "JobsWaitLong wait",
        "ErrorsBurnFast",
        "ErrorsBurnSlow",
    }
    began, ended = 20 * told.TICK / 60, 40 * told.TICK / 60
    assert began + 2 <= found["PartDown redis"][0] <= began + 3
    assert found["PartDown redis"][-1] < ended + 0.5
    # Six hours are looked back for a ticket, of which half an hour has to be well: longer than was told.
    last = (series.last + told.TOLD_AGAIN) * told.TICK / 60
    assert ended < found["ErrorsBurnFast"][-1] < ended + 10
    assert ended + 20 < found["ErrorsBurnSlow"][-1] < last
    assert found["ChoreStuck sweep_jobs"][-1] < ended + 5


def test_every_trouble_has_alerts_that_there_are():
    named = {name.partition(" ")[0] for trouble in TROUBLES for name in trouble.tells | trouble.besides}
    assert named <= alerts().keys()
    assert set(PARTS) == {"database", "valkey", "bucket", "clock", "disk", "worker", "provider"}
    assert not any(trouble.tells & trouble.besides for trouble in TROUBLES)


@pytest.mark.long
@pytest.mark.parametrize("name", ["database killed, and started again", "worker killed four times in half a minute"])
async def test_the_shortest_troubles(name):
    [trouble] = [one for one in TROUBLES if f"{one.part} {one.name}" == name]
    folder = Path(tempfile.mkdtemp(prefix="realstaging-chaos-"))
    folder.chmod(0o711)
    try:
        async with deployment(folder) as running:
            outcome = await through(running, trouble)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    assert outcome.complaints == []
