import subprocess
import sys

import pytest

from realstaging.dev.child import Child
from realstaging.dev.errors import CannotStart


@pytest.mark.parametrize("trouble", [CannotStart("The port is taken."), OSError(24, "Too many open files")])
def test_a_part_that_does_not_come_back_is_tried_again_and_the_others_stay(trouble):
    troubles = [trouble]

    def start():
        if len(started) == 1 and troubles:
            raise troubles.pop()
        started.append(subprocess.Popen([sys.executable, "-c", ""]))
        return started[-1]

    started = []
    child = Child("worker", start, lambda: "nothing")
    child.begin(0)
    started[0].wait()
    assert "ended" in child.tend(1)
    assert "did not come back" in child.tend(2)
    assert "started again" in child.tend(5)
    started[1].wait()
