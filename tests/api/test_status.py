"""The status page: what people see of what works and what happened."""

from datetime import timedelta

import aiohttp
import pytest

from harness.service import service as run_service
from realstaging.api import status
from realstaging.api.status import State, Status
from realstaging.kit.clock import utc_now
from realstaging.runtime import heartbeats

INCIDENTS = """
[[incident]]
title = "Pictures <b>were</b> slow"
text = \"\"\"Our provider was slow.

It is quick again.\"\"\"
began = {recent}
ended = {recent}

[[incident]]
title = "Uploads fail"
text = "We are at it."
began = {old}

[[incident]]
title = "Long ago"
text = "Nobody remembers."
began = {old}
ended = {old}
"""


async def shown(service):
    async with aiohttp.ClientSession() as anybody, anybody.get(f"{service.url}/status") as answer:
        assert answer.status == 200
        return answer.headers, await answer.text()


async def test_people_see_what_works_and_what_happened(tmp_path, database_url, redis_url):
    file, now = tmp_path / "incidents.toml", utc_now()
    file.write_text(
        INCIDENTS.format(recent=(now - timedelta(days=2)).isoformat(), old=(now - timedelta(days=200)).isoformat())
    )
    async with run_service(tmp_path, database_url, redis_url, status_incidents=str(file)) as service:
        await heartbeats.beat(service.platform, "worker")
        headers, page = await shown(service)
        assert "Everything works." in page
        assert page.count("<strong>Works</strong>") == 4
        assert headers["Cache-Control"] == "public, max-age=15"
        assert "script" not in page
        assert "'none'" in headers["Content-Security-Policy"]
        # What goes on comes first; what is long over is not told, and text is text.
        assert page.index("Uploads fail") < page.index("Pictures &lt;b&gt;were&lt;/b&gt; slow")
        assert "Long ago" not in page
        # What was found out is believed for some seconds: the parts are not asked for everybody who looks.
        await service.platform.database.execute("delete from heartbeats")
        assert "Everything works." in (await shown(service))[1]
        board = Status(service.platform, str(file))
        assert state(await board.board(), "Staging") is State.FAILS
        assert "Something does not work" in status.page(await board.board())


async def test_stagings_that_wait_and_parts_that_are_away_are_told(service, ada):
    platform = service.platform
    await heartbeats.beat(platform, "worker")
    await ada.stage(await ada.photo(await ada.project()))
    assert state(await Status(platform, "").board(), "Staging") is State.WORKS
    await platform.database.execute(
        "update jobs set run_at = now() - interval '6 minutes' where kind = 'staging.stage'"
    )
    assert state(await Status(platform, "").board(), "Staging") is State.SLOW
    await platform.database.close()
    board = await Status(platform, "").board()
    assert state(board, "Staging") is state(board, "Web app and API") is State.FAILS
    assert state(board, "Live updates") is State.WORKS


def state(board, name):
    [found] = [one.state for one in board.components if one.name == name]
    return found


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[[incident]]\ntitle = 'x'", "text"),
        ("[[incident]]\ntitle = 'x'\ntext = ''\nbegan = 2026-11-26T10:00:00", "need their zone"),
        ("not toml", "Expected"),
        ("#" * 300_000, "larger than"),
    ],
)
async def test_a_file_that_cannot_be_read_says_why_and_takes_no_page_away(service, tmp_path, text, wrong):
    file = tmp_path / "incidents.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match=wrong):
        status.read_incidents(file)
    assert (await Status(service.platform, str(file)).board()).incidents == []
