"""Files that strangers send, read in the small processes that are made for them."""

from types import SimpleNamespace

import pytest

from realstaging.domains.photos.preparation import prepare
from realstaging.domains.photos.uploads import read
from realstaging.imaging import decode
from realstaging.kit.children import Allowance
from realstaging.kit.errors import BadPhoto
from realstaging.runtime.processes import Processes
from realstaging.wiring import DECODING
from tests.imaging.files import room, saved
from tests.runtime import stuck


@pytest.fixture
def decoders():
    pool = Processes(1, DECODING)
    yield pool
    pool.close()


async def test_the_process_that_decodes_loads_what_decoding_needs(decoders, tmp_path):
    """Every format through one process, which then has Pillow, NumPy and pillow-heif, and none of the service."""
    for kind in ("JPEG", "PNG", "WEBP", "HEIF"):
        (tmp_path / kind).write_bytes(saved(room().resize((1024, 768)), kind))
        prepared = await decoders.run(prepare, tmp_path / kind)
        assert (prepared.width, prepared.height) == (1024, 768)
        assert decode.inspect(prepared.thumb) == decode.PhotoInfo("image/webp", 640, 480)
    loaded = set(await decoders.run(stuck.modules))
    assert {"PIL", "numpy", "pillow_heif"} <= loaded
    assert not loaded & {
        "cv2",
        "scipy",
        "onnxruntime",
        "litestar",
        "asyncpg",
        "redis",
        "obstore",
        "cryptography",
        "rich",
    }


async def test_a_bad_photo_costs_no_process(decoders, tmp_path):
    path = tmp_path / "bad"
    path.write_bytes(saved(room(), "JPEG")[:-500])
    first = await decoders.run(stuck.pid)
    with pytest.raises(BadPhoto):
        await decoders.run(prepare, path)
    assert await decoders.run(stuck.pid) == first


@pytest.mark.parametrize(
    ("allowance", "says"),
    [(Allowance(processor_seconds=0.05), "longer"), (Allowance(resident=20_000_000), "more memory")],
)
async def test_a_photo_that_takes_more_than_a_photo_may_is_refused_with_the_reason(allowance, says, tmp_path):
    path = tmp_path / "large"
    path.write_bytes(saved(room().resize((3000, 2000)), "PNG"))
    pool = Processes(1, allowance)
    with pytest.raises(BadPhoto, match=says):
        await read(SimpleNamespace(decoders=pool), path)
    pool.close()
