import time
from concurrent.futures import ThreadPoolExecutor

from realstaging.kit.ids import new_id


def test_later_ids_sort_later():
    made = [new_id() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_threads_never_share_one():
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: new_id(), range(5_000)))
    assert len(set(made)) == len(made)


def test_they_are_of_version_7_and_tell_the_time():
    made = new_id()
    assert made.version == 7
    assert abs((made.int >> 80) / 1000 - time.time()) < 5
