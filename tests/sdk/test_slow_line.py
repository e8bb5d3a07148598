"""The Python SDK on a line that carries little: its timeout is for silence, not for how long a file takes."""

import time

import numpy as np
import pytest
from PIL import Image
from realstaging_sdk import AsyncRealStaging, RealStaging

from tests.sdk.conftest import Told
from tests.sdk.proxy import slow_line

TIMEOUT = 1.0


@pytest.fixture
def large_file(tmp_path):
    """A photo of 3.5 MB: noise, which no format makes smaller."""
    path = tmp_path / "large.png"
    Image.fromarray(np.random.default_rng(1).integers(0, 256, (900, 1300, 3), np.uint8)).save(path)
    return path


# The one that blocks measures its time piece by piece of its own accord.
@pytest.mark.parametrize("kind", [AsyncRealStaging, pytest.param(RealStaging, marks=pytest.mark.long)])
async def test_a_large_photo_may_take_longer_than_the_timeout_and_is_sent_again_whole(
    service, through, large_file, kind
):
    through.meets = lambda request: request.method == "PUT"
    through.troubles = ["lost"]
    async with slow_line(through) as url:
        client = Told(kind(url, token=service.token, timeout=TIMEOUT))
        try:
            project = await client.create_project("12 Elm Street")
            began = time.monotonic()
            photo = await client.upload(project.id, large_file)
        finally:
            await client.close()
    assert time.monotonic() - began > 4 * TIMEOUT
    sent = [headers for method, _, headers in through.seen if method == "PUT"]
    assert [one["Content-Length"] for one in sent] == [str(large_file.stat().st_size)] * 2
    assert all("Transfer-Encoding" not in one for one in sent)
    assert (photo.width, photo.height) == (1300, 900)
