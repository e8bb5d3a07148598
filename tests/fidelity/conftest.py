import pytest

from realstaging.synthetic.staged.drawing import Drawing
from realstaging.synthetic.staged.rooms import room

ROOM = 117


@pytest.fixture(scope="session")
def scene():
    return room(ROOM)


@pytest.fixture(scope="session")
def drawing(scene):
    return Drawing(scene)


@pytest.fixture(scope="session")
def furnished(drawing):
    return drawing.furnished()


@pytest.fixture(scope="session")
def pair(drawing, furnished):
    """The empty photo, the faithful staging, and where furniture is."""
    return drawing.empty(), drawing.staged(furnished), furnished.mask


@pytest.fixture
def rebuilt(drawing, furnished):
    """The staging of the same room with other surfaces."""
    return lambda scene: drawing.staged(furnished, scene)
