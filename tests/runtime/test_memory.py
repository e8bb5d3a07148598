import gc

import pytest

from realstaging.runtime import memory


@pytest.fixture
def collector():
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@pytest.mark.usefixtures("collector")
def test_what_is_loaded_is_not_looked_through_again():
    memory.freeze()
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold()[0] == memory.YOUNGEST
    garbage: list[object] = []
    garbage.append(garbage)
    del garbage
    assert gc.collect() >= 1
