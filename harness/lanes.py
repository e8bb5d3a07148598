"""A worker's places in tests: every lane that somebody waits for has some, so that nothing is left where no worker looks."""

from realstaging.runtime.wake_ups import LANES


def places(each=20, **given):
    """``each`` for all lanes but `spare`, whose jobs take a core for seconds and nobody waits for; some lanes as ``given``."""
    return {lane: each for lane in LANES if lane != "spare"} | given
