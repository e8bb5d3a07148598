import pytest

from benchmarks.fidelity import rooms


@pytest.fixture(scope="session")
def scene():
    return rooms.room(3)


@pytest.fixture(scope="session")
def pair(scene):
    """The empty photo, the faithful staging, and where furniture is."""
    empty, _ = rooms.render(scene, furnished=False)
    staged, mask = rooms.render(scene, furnished=True, noise=1)
    return empty, staged, mask
